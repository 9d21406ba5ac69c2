export const ordersDe = `
= paket-fehlt | de | orders | email chat | weight 2
subject: [[Bestellung {order}: wo bleibt das Paket?|Paket nicht angekommen|Sendung {order}]]
let teil = den Regenschutz | den Gepäckträger | die Packtaschen | das Sitzkissen
> [[Guten Tag,|Hallo,|Moin,]]

am {date-8} habe ich {teil} bestellt ({order}), drei Werktage waren angekündigt. [[In der Sendungsverfolgung steht seither nur „Etikett erstellt“.|Bis heute ist nichts da.]] Wissen Sie, wo es hängt?

[[Viele Grüße|Mit freundlichen Grüßen]]
{name}
< Hallo {first}, danke für die Nachfrage, und es tut mir leid, dass sie nötig war. Der Paketdienst hat die Sendung nie abgeholt. Ich habe heute neu verschickt, Sie haben sie bis {weekday+2}.

Viele Grüße, {agent}
@tag paket
+ 2d
> [[Ist da, alles heil. Danke für die schnelle Hilfe!|Heute angekommen, besten Dank.]]
@resolved

= falsche-gabel | de | orders | email | weight 2
subject: Lastenrad, Bestellung {order}
let teil = Gabel | Felge | Bremse | Kurbel
@file photo
> Guten Tag, in der Lieferung {order} war die falsche {teil}. Ich habe für das {bike} bestellt, gekommen ist die für das alte Modell. Foto anbei. Ich pendle täglich 22 km und brauche das Rad.
@tag falschlieferung
< Hallo {first}, da haben wir uns vergriffen, Entschuldigung. Die richtige {teil} geht heute raus; ich verspreche Ihnen, dass sie bis zum {date+5} da ist, ohne Wenn und Aber. Den Expressaufschlag von 24,90 € erstatten wir.

{agent}
+ 6d
> Das Paket kam nicht. Sie hatten geschrieben: ohne Wenn und Aber. Ich bin wirklich enttäuscht, jetzt muss ich die Reise absagen.
@priority high
! Steht seit drei Tagen im Zentrum Lahr. Kurier angefragt, Erstattung Express noch offen.
< {first}, Sie haben recht: versprochen und nicht gehalten. Morgen Vormittag bringt ein Kurier die {teil} zu Ihnen. Die 24,90 € habe ich soeben überwiesen.

{agent}
+ 1d
> [[Der Kurier war da, es passt. Danke, dass Sie sich gekümmert haben.|Angekommen. Passt. Beim nächsten Mal bitte gleich so.]]
@resolved

= retoure-de | de | orders | email chat | weight 2
subject: Rücksendung Bestellung {order}
let ding = Der Sattel | Der Helm | Die Regenjacke | Der Kindersitz
> Hallo, {ding} aus der Bestellung {order} passt leider nicht. Kann ich das zurückschicken, obwohl die Verpackung schon weg ist?
< Hallo {first}, kein Problem, die Verpackung brauchen wir nicht. Das Etikett hängt an; das Geld haben Sie fünf Tage nach Eingang.

{agent}
@tag retoure
+ 7d
> [[Laut Post ist es seit Montag bei Ihnen. Wann kommt die Erstattung?|Ist die Rücksendung angekommen?]]
< Gestern angekommen, {eur:39-119} € sind heute raus. Je nach Bank dauert es ein bis drei Tage.
> Prima, vielen Dank!
@resolved

= liefertermin-de | de | orders | email chat | weight 2
subject: Liefertermin {bike}
> [[Guten Morgen,|Hallo zusammen,]] wir haben am {date-35} ein {bike} bestellt (Nr. {order}). Angekündigt waren sechs Wochen. [[Ich habe zwei Kinder und ab {date+10} keinen Kita-Bus mehr, deshalb die Frage:|Unser Auto ist schon verkauft, daher frage ich:]] Gibt es einen Termin?
< Hallo {first}, Ihr {bike} ist lackiert und wird diese Woche aufgebaut. Ab {weekday+8}, dem {date+8}, steht es in Freiburg bereit. Abholen oder liefern?

{agent}
> Wir holen es ab, am liebsten samstags.
< Samstag um elf Uhr ist eingetragen. Bringen Sie bitte eine halbe Stunde mit, wir stellen Sattel und Gurte gemeinsam ein.
@tag abholung
@resolved

= storno-de | de | orders | email chat
subject: Stornierung {order}
let grund, wunsch = wir bekommen Zwillinge und brauchen nun doch das große Rad // Herzlichen Glückwunsch, und melden Sie sich gern zum Probesitzen | ich habe gestern einen neuen Arbeitsplatz ohne Abstellraum bekommen // Viel Erfolg im neuen Büro
> Bitte stornieren Sie die Bestellung {order}: {grund}. Sie ist laut Konto noch nicht verschickt.
< Erledigt, {first}. Der Betrag ist in zwei bis drei Tagen zurück. {wunsch}.

{agent}
@resolved

= umzug-de | de | orders | chat email
subject: Neue Adresse
> Ich bin nach {city} umgezogen, bei Bestellung {order} steht aber noch die alte Anschrift. Neu: Lindenweg 8, Hinterhaus. Können Sie das ändern?
< Geändert, {first}: Lindenweg 8, Hinterhaus. Das Paket geht morgen raus.
> Super, danke!
@resolved

= probefahrt-de | de | orders | chat email | weight 2
subject: Probefahrt mit dem {bike}
let frage, antwort = Ich bin 1,58 m groß, geht das? // Ab 1,50 m passt es gut, der Lenker lässt sich weit verstellen. | Meine Frau und ich möchten beide fahren, geht das? // Natürlich, planen Sie eine Stunde ein.
> Kann man das {bike} in Freiburg Probe fahren? {frage}
< Hallo {first}! Ja, {weekday+3} um 15 Uhr wäre frei. {antwort}
> {weekday+3}, 15 Uhr nehmen wir. [[Wo genau?|Danke!]]
< Habsburgerstraße, im Hof, das grüne Tor. Bis dann!
@tag beratung
@resolved

= gutschein-de | de | orders | email chat
subject: Gutschein wird nicht angenommen
> Mein Gutschein VELO-{code} wird als „abgelaufen“ angezeigt, auf der Karte steht aber Ende des Jahres. Die Lichter sind nur bis {weekday+2} im Angebot.
< Hallo {first}, da war das Datum bei uns falsch eingetragen. Jetzt geht er, und den Angebotspreis halte ich Ihnen eine Woche frei.

{agent}
> [[Hat geklappt, großartig!|Bestellt, danke. Sehr netter Service.]]
@resolved

= kurierdienst | de | orders | email | weight 0.4, business
subject: [[Zwölf Räder für unseren Kurierdienst|Angebot für Flottenräder]]
@file list
> Guten Tag,

wir sind ein Kurierdienst mit 40 Leuten in {city} und brauchen zwölf {bike} mit kurzer Kiste. Wir arbeiten in Schichten, die Räder laufen 16 Stunden am Tag. Die Liste hängt an. Bis {weekday+3} bräuchte ich ein Angebot.

{name}
@tag firma
@priority high
< Guten Tag {first}, das Angebot schicke ich Ihnen bis {weekday+2}. Bei zwölf Rädern ist ein Werkstattbesuch im Quartal dabei.

{agent}
+ 2d
@file invoice
< Anbei das Angebot, gültig 30 Tage. Die ersten sechs Räder könnten am {date+24} da sein.
+ 3d
> Danke, sieht gut aus. Können wir zwei davon vorher eine Woche testen?
! Zwei Leihräder ab {date+6} frei, Pieter fragen.

= transportschaden | de | orders | email chat | weight 2
subject: Transportschaden, Bestellung {order}
@file crack
> Das {bike} kam heute mit einem Riss in der Kiste an. Foto anbei. Der Fahrer war schon weg, bevor ich es auspacken konnte. Bei dem Preis bin ich ziemlich verärgert.
@tag schaden
@team workshop
@priority high
< Hallo {first}, so darf ein neues Rad nicht ankommen, das tut mir leid. Wir tauschen die Kiste bei Ihnen zu Hause: {weekday+4} zwischen neun und zwölf?

{agent}
> [[{weekday+4} passt. Danke, dass ich nichts zurückschicken muss.|Ja, ich bin da.]]
+ 4d
! Kiste getauscht, alte für die Versicherung mitgenommen.
@resolved

= zubehoer-frage | de | orders | chat
subject: Passt das Zubehör?
> Passt das Regenverdeck vom alten Karro auch auf das {bike}?
< Leider nein, {first}: die Kiste ist vier Zentimeter breiter. Wir nehmen das alte für 30 € in Zahlung.
> Fair, danke für die ehrliche Antwort.
@resolved

= schrauben-de | de | orders | email
subject: Bestellung {order} unvollständig
> Beim Kindersitz fehlen zwei Schrauben und die Anleitung. Ich wollte ihn morgen einbauen.
@file list
< Hallo {first}, die Schrauben sind heute in der Post, die Anleitung hängt an. Bitte nicht ohne die beiden Schrauben fahren!

{agent}
> Keine Sorge, ich warte. Danke!
@resolved

= keine-antwort | de | orders | email | weight 2
subject: [[Zweite Anfrage zu {order}|Noch keine Antwort]]
> Guten Tag, auf meine Mail vom {date-7} zur Bestellung {order} habe ich keine Antwort bekommen. Es geht nur darum, ob das {bike} noch vor {date+14} kommt. Ein kurzes Ja oder Nein reicht mir.
`;
