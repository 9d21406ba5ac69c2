export const billingDe = `
= doppelt-abgebucht | de | billing | email chat | weight 2
subject: Doppelt abgebucht, {order}
@file receipt
> Für die Bestellung {order} wurden {eur:120-480} € zweimal abgebucht, am {date-4} und am {date-3}. Auszug anbei. Bitte einmal zurück.
@tag erstattung
< Hallo {first}, stimmt: die erste Zahlung lief bei uns ins Leere und wurde trotzdem eingezogen. Ich habe sie heute erstattet, Zeichen {code}.

{agent}, Buchhaltung
+ 3d
> [[Geld ist da, danke.|Angekommen, vielen Dank für die schnelle Antwort.]]
@resolved

= rechnung-firma | de | billing | email | weight 2
subject: Rechnung {invoice}, Firmenanschrift
> Guten Tag, die Rechnung {invoice} lautet auf mich statt auf die Firma. Für die Steuer brauche ich sie mit Firmennamen und Umsatzsteuernummer.
@file invoice
< Hallo {first}, hier die berichtigte Rechnung, die alte ist storniert.

{agent}
> Wunderbar, danke.
@resolved

= erstattung-fehlt | de | billing | email chat | weight 2
subject: Erstattung zu {order} fehlt
> Am {date-20} habe ich den Helm zurückgeschickt, am {date-15} schrieben Sie, die {eur:49-119} € seien unterwegs. Nichts da. Wie lange dauert das noch?
< Hallo {first}, Entschuldigung: in der Kontonummer war ein Zahlendreher, der Betrag kam zurück. Heute neu angewiesen, Sie haben ihn bis {weekday+3}.

{agent}
@tag erstattung
+ 4d
> [[Heute eingegangen. Danke.|Immer noch nichts. Langsam fehlt mir das Verständnis.]]

= leasing-de | de | billing | email
subject: Dienstrad-Leasing
let firma = die Uniklinik | ein Ingenieurbüro | die Stadtwerke
> Mein Arbeitgeber ({firma}) bietet Leasing an. Was brauchen Sie von mir für ein {bike}?
< Hallo {first}, nur die Angebotsnummer aus dem Portal. Den Rest klären wir mit dem Arbeitgeber, etwa zehn Tage.

{agent}
+ 5d
> Hier ist sie: L-{code}. Ein Kollege überlegt auch, darf er sich direkt melden?
< Sehr gern. Ihre Bestellung ist bestätigt.
@tag leasing
@resolved

= mahnung-falsch | de | billing | email
subject: Mahnung trotz Zahlung
> Heute kam eine Mahnung zu {invoice}. Bezahlt habe ich am {date-12}. Das ist ärgerlich, bitte vorher prüfen.
@file receipt
>> Beleg vergessen, hier.
< Hallo {first}, ich bitte um Entschuldigung: die Zahlung kam ohne Nummer und lag falsch. Jetzt ist sie zugeordnet, die Mahnung ist hinfällig.

{agent}
@resolved

= raten-de | de | billing | chat email
subject: Ratenzahlung
> Kann ich das {bike} in Raten zahlen? Zwölf Monate wären ideal, ich bin noch in der Ausbildung.
< Ja, {first}: 6, 12 oder 24 Monate, bis 12 Monate ohne Zinsen. Auswählen können Sie es im letzten Schritt der Bestellung.
> Super, dann bestelle ich diese Woche.
@resolved

= foerderung | de | billing | email chat
subject: Förderung der Stadt {city}
> Die Stadt {city} fördert Lastenräder mit 25 %. Dafür brauche ich ein Angebot mit Rahmennummer, noch vor dem Kauf. Geht das?
@file list
< Hallo {first}, das machen wir oft. Das Angebot hängt an; die Rahmennummer ist reserviert, sie gilt vier Wochen.

{agent}
> Genau so wollten sie es haben. Vielen Dank!
@tag foerderung
@resolved
`;
