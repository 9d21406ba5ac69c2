export const workshopDe = `
= motor-klackert | de | workshop | email chat | weight 2
subject: Motorgeräusch {bike}
> Seit ein paar Tagen [[klackert|knackt|brummt]] der Motor meines {bike}, sobald es bergauf geht. [[2.800 km gelaufen.|Auf der Ebene höre ich nichts.]] Kann ich so weiterfahren? Ich habe zwei Kinder in der Kiste.
< Hallo {first}, weiterfahren ja, aber bald ansehen lassen: meist ist es der Kettenschutz, selten der Freilauf. {weekday+2} um 9:30 in der Werkstatt?

{agent}
> {weekday+2}, 9:30 Uhr, ich bin da.
@tag service
+ 3d
! Kettenschutz lose, zehn Minuten, ohne Berechnung.
< Es war der Kettenschutz, {first}. Fest, getestet, kostet nichts.
> Einfach top, vielen Dank an die Werkstatt!
@resolved

= bremse-quietscht | de | workshop | chat email
subject: Bremse quietscht
> Die vordere Scheibenbremse quietscht bei Nässe, dass sich die Leute umdrehen. Was kann ich selbst machen?
< Hallo {first}: Scheibe mit Alkohol abwischen, dann zehnmal kräftig aus 20 km/h bremsen. Hilft es nicht, sind die Beläge verglast (18 € das Paar, dauert 20 Minuten).
> [[Zehnmal gebremst, Ruhe. Danke!|Leider quietscht es weiter, ich komme vorbei.]]
@resolved

= akku-schwach | de | workshop | email chat | weight 2
subject: Akku hält nur noch die Hälfte
> Der Akku meines {bike} schafft statt 60 km nur noch 25. Er ist keine zwei Jahre alt. [[Ich bin Hebamme und fahre nachts, liegen bleiben geht nicht.|Das ist doch nicht normal?]]
@tag akku
< Hallo {first}, normal ist das nicht. Kälte kostet ein Fünftel, nicht die Hälfte. Bringen Sie ihn zum Test (40 Minuten); unter 70 % in zwei Jahren tauschen wir auf Garantie.

{agent}
+ 5d
> War am {weekday-1} da, gemessen wurden 61 %. Wie geht es weiter?
< Dann ist es ein Garantiefall. Der neue Akku ist bestellt, ich melde mich spätestens am {weekday+8}.
@snooze 7

= fehler-display | de | workshop | chat
subject: Fehler im Display
let folge, rat = Läuft wieder, tausend Dank! // Sehr gut. Kommen Sie bei Gelegenheit für das Update vorbei. | Nein, der Fehler bleibt. // Dann ist es der Sensor am Hinterrad. Fahren ohne Motor geht; wir machen das sofort, wenn Sie kommen.
> Display zeigt E-24, der Motor ist aus, ich stehe mit den Kindern am Bahnhof in {city}. Was tun?
@priority urgent
< Hallo {first}: Taste zwölf Sekunden halten, Akku heraus, halbe Minute warten, wieder hinein. Weg?
> {folge}
< {rat}
@resolved

= inspektion-de | de | workshop | email chat | weight 2
subject: Erste Inspektion
> Mein {bike} hat 300 km, damit ist die erste Inspektion fällig. Wann haben Sie Zeit? [[Ich würde gern warten.|Ich kann es einen Tag dalassen.]]
< Ja, sie ist im Preis enthalten, {first}. {weekday+4} um 8:30 oder {weekday+6} um 14 Uhr?
> {weekday+4} um 8:30 Uhr bitte.
@file calendar
< Eingetragen, der Termin hängt an. Dauert eine gute Stunde.
+ 5d
> Fährt wie neu. [[Danke an Ana für den Tipp mit dem Sattel.|Sehr freundlich und flott.]]
@resolved

= schluessel-de | de | workshop | email
subject: Akkuschlüssel verloren
> Ich habe beide Schlüssel für das Akkuschloss verloren, Nummer {code}. Können Sie nachmachen?
< Hallo {first}, wir bestellen nach Nummer, 12 €, etwa eine Woche.

{agent}
@pending
+ 8d
< Der Schlüssel ist da. Schicken oder abholen?
> Abholen, ich komme diese Woche vorbei. Danke!
@resolved

= riss-im-rahmen | de | workshop | email
subject: Riss am Rahmen?
@file crack
> Beim Putzen habe ich unter der Kiste eine feine Linie an der Schweißnaht entdeckt, siehe Foto. Lack oder Riss? Ich fahre jeden Tag mit meiner Tochter und mache mir Sorgen.
@priority urgent
@tag sicherheit
! @Lena bitte ansehen, dieselbe Charge wie im Mai?
< Hallo {first}, bitte bis zur Prüfung nicht fahren. Wahrscheinlich nur Lack, aber mit Kind gehen wir sicher: wir holen das Rad morgen ab und stellen Ihnen ein Leihrad hin.

{agent}
> Danke, dass Sie das ernst nehmen. Morgen ab acht.
+ 2d
< Entwarnung, {first}: Farbtest sauber, nur der Lack. Morgen früh ist es zurück.
> Mir fällt ein Stein vom Herzen. Ganz herzlichen Dank!
@resolved

= leihrad-de | de | workshop | chat
subject: Leihrad
> Gibt es ein Leihrad, solange meins in der Werkstatt ist? Ich bringe jeden Morgen zwei Kinder zur Schule.
< Ja, {first}, ein {bike} mit Sitz, kostenlos ab dem zweiten Tag. Bitte zwei Tage vorher anmelden.
> Perfekt, mache ich.
@resolved

= winter-de | de | workshop | chat email
subject: Akku im Winter
> Kann der Akku bei Frost am Rad bleiben? Der Hof ist nicht überdacht.
< Besser nicht, {first}: über 5 °C lagern, bei langen Pausen auf etwa 60 % laden. Kurze Fahrten bei Frost sind kein Problem.
@resolved

= nabe-dritte | de | workshop | email chat | weight 2
subject: Nabe rutscht, zum dritten Mal
> Zum dritten Mal rutscht die Schaltnabe, zum dritten Mal schreibe ich. Repariert wurde am {date-38} und am {date-11}. Mir reicht es. Entweder richtig oder ich will mein Geld zurück.
@priority high
@tag garantie
! Zug im Herbst, Klickbox vor zwei Wochen. Bleibt nur die Nabe selbst.
< {first}, das verstehe ich gut. Wir stellen nicht noch einmal nach: Sie bekommen eine neue Nabe. Den Termin bestätige ich Ihnen bis morgen.

{agent}
+ 3d
> Bis morgen, schrieben Sie am {date-3}. Ich warte immer noch.

= montag-lob | de | workshop | email chat
subject: Lob
> Heute nur ein Lob: Pieter hat am {weekday-2} in zehn Minuten gefunden, was zwei andere Läden nicht gefunden haben. Ihr seid großartig.
< Das hängt jetzt am Schwarzen Brett, {first}. Danke, dass Sie sich die Zeit nehmen!
@tag lob
@resolved
`;
