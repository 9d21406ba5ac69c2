/** Machines, mistakes, and people who write in two places. */
export const special = `
= chat-then-mail-en | en | orders | chat | weight 3
subject: Order {order}
> [[Hi, my parcel {order} is marked as delivered, but I have nothing.|Parcel {order} says "left with neighbour", and no neighbour has it.]]
< Hello {first}, I have asked the carrier for the signature. Can you look whether a card is in the letter box?
> No card. I have to leave now, I will write by mail.
@switch email
+ 5h
> Hello again, it is about parcel {order} from the chat this morning. Still no card and no parcel. What happens now?

{name}
< Hello {first}, I have the chat in front of me, no need to tell it again. The signature is not yours, so we send a second parcel today and sort it out with the carrier ourselves.

{agent}
> That is how it should be. Thank you!
@resolved

= chat-dann-mail-de | de | orders | chat | weight 3
subject: Bestellung {order}
> [[Mein Paket {order} ist angeblich zugestellt, hier ist aber nichts.|Laut Nachricht liegt {order} beim Nachbarn, der weiß von nichts.]]
< Hallo {first}, ich frage den Paketdienst nach der Unterschrift. Liegt eine Karte im Briefkasten?
> Nein. Ich muss los, ich schreibe später per Mail.
@switch email
+ 6h
> Guten Abend, es geht noch einmal um {order} aus dem Chat. Keine Karte, kein Paket. Wie geht es weiter?

{name}
< Guten Tag {first}, der Chat liegt vor mir, Sie müssen nichts wiederholen. Die Unterschrift ist nicht Ihre, also schicken wir heute neu und klären den Rest selbst.

{agent}
> So wünscht man sich das. Danke!
@resolved

= mail-puis-chat | fr | workshop | email | weight 2
subject: Rendez-vous atelier
> Bonjour, je voudrais un rendez-vous pour la révision de mon {bike}, plutôt en fin de journée.
< Bonjour {first}, {weekday+4} à 17 h ?

{agent}
@switch chat
+ 20h
> Bonjour, je vous ai écrit hier pour la révision. {weekday+4} à 17 h, c'est parfait.
< C'est noté, {first}. À {weekday+4} !
@resolved

= correo-y-chat | es | orders | email
subject: Pedido {order}
> Hola, ¿se puede añadir una segunda batería al pedido {order}?
@switch chat
+ 4h
> Hola, he preguntado por correo si se puede añadir una batería al pedido {order}. ¿Llegó el mensaje?
< Sí, {first}, lo tengo delante. Se puede: 549 €, en el mismo envío.
> Adelante, gracias.
@resolved

= market-question-en | en | orders | market | stranger
subject: {bike} on Radmarkt
> Hi, is the demo {bike} you offer on Radmarkt still available? [[Is the price negotiable?|How many kilometres has it done?]]
< Hello {first}, yes, it is. 640 km, two small scratches, €{eur:2900-3600}, full warranty. You can try it in Ghent.
> [[Reserved for Saturday? I would come with my wife.|Too far for me, sorry. Thanks for the honest description.]]
@resolved

= market-frage-de | de | orders | market | stranger
subject: Vorführrad {bike}
> Ist das Vorführrad ({bike}) auf Radmarkt noch zu haben? [[Geht am Preis noch etwas?|Wie alt ist der Akku?]]
< Hallo {first}, ja. 640 km, Akku 96 %, {eur:2900-3600} € mit voller Garantie, zu sehen in Freiburg.
> [[Dann komme ich Samstag vorbei.|Danke, ich überlege es mir.]]
@resolved

= market-fr | fr | orders | market | stranger
subject: {bike} d'occasion
> Bonjour, le {bike} d'exposition est-il toujours disponible ?
< Bonjour {first}, oui, à Gand, {eur:2900-3600} € avec la garantie complète.

= anonymous-chat-en | en | orders | chat | weight 2, stranger
subject: Question
> [[Are you open today?|Do you also repair other brands?|Is there parking in front of the Ghent workshop?]]
< [[Hello! We are open until 18:00.|Hello! We look at every bike; parts of other makes may take a few days.]] Anything else I can do?
> No, thank you.
@resolved

= anonymer-chat-de | de | orders | chat | weight 2, stranger
subject: Frage
> [[Habt ihr heute offen?|Repariert ihr auch andere Marken?|Was kostet ein Reifenwechsel hinten?]]
< [[Hallo! Bis 18 Uhr.|Hallo! Ja, wir sehen uns jedes Rad an.|Hallo! Hinten am Lastenrad 35 €, dauert eine halbe Stunde.]]
> Alles klar, danke.
@resolved

= wants-a-person | en | orders | chat | weight 2, stranger
subject: Talk to somebody
> I want to talk to a real person please, not a bot.
< Hello, {agent} here, a real person. What can I do for you?
> Good. My neighbour's {bike} is so quiet that I want one as well, but I am 71. Is there one with a low step?
< The Brise has the lowest step of all, 38 cm. Come and sit on it, there is coffee too.
> That is kind. I will come on {weekday+2}.
@resolved

= out-of-office | en | orders | email | weight 2, machine
subject: Automatic reply: I am away until {date+9}
%auto I am out of the office until {date+9} and read mail only now and then. For urgent matters please write to my colleagues.

= abwesenheit | de | billing | email | weight 2, machine
subject: Abwesenheitsnotiz
%auto Vielen Dank für Ihre Nachricht. Ich bin bis {date+11} nicht im Haus; Ihre Mail wird nicht weitergeleitet.

= newsletter | en | orders | email | weight 2, machine
subject: [[What is new in urban logistics, issue {eur:31-58}|Six ideas for the last mile]]
%list This month: loading zones in three cities, a trial with parcel lockers on cobbles, and why short boxes win. You get this because you signed up at a fair.

= carrier-status | en | orders | email | weight 2, machine
subject: Shipment {code}: status
%auto Shipment {code} was handed over to the driver at {city} and will be delivered between 9:00 and 13:00.

= spam-en | en | orders | email | weight 2, stranger
subject: Grow your visitors by 300 % in ten days
> Dear owner, we saw your web site and can bring it to page one of all search engines. Special price until tomorrow only, answer now!
@spam

= spam-invoice | de | billing | email | stranger
subject: Ihre offene Rechnung
> Sehr geehrte Damen und Herren, anbei unsere Rechnung. Überweisen Sie den Betrag bitte auf unser neues Konto in Übersee.
! Kein Lieferant von uns.
@spam

= bounced-reply | en | orders | email | stranger
subject: Catalogue
> Hello, please send me the printed catalogue and the price list for the {bike}.
@file invoice
< Hello {first}, the price list is attached, the catalogue is in the post.

{agent}
@bounce 550 5.2.2 mailbox full

= answered-from-phone | de | workshop | email | weight 2
subject: Kurze Frage zur Kette
> Welche Kette kommt auf mein {bike}, und wie oft wechseln?
<o Hallo {first}, 11-fach mit 138 Gliedern, alle 4.000 km. Gruß vom Messestand, {agent}
@resolved

= thanks-only | en | orders | email chat
subject: Order {order}
> Everything arrived. The children already sleep in the box. Thank you all!
@noanswer Thanks only
@resolved

= draft-waiting | en | orders | email
subject: Return of order {order}
> Hello, the pannier bags of order {order} do not fit my rack. How do I return them, and can I have the larger ones instead?
@draft Hi {first}, the label is on its way to you; the larger ones

= interview | en | orders | email | stranger
subject: Press: cargo bikes in old towns
> Good afternoon, I write for a city magazine about cargo bikes in old towns and would like to talk to somebody at Velowerk, 20 minutes, before {date+6}. Who would that be?
@tag press
@priority high
! Ruth does press. @Ruth can you take it?

= careers | de | workshop | email | stranger
subject: Bewerbung als Zweiradmechatroniker
@file list
> Guten Tag, ich bin Zweiradmechatroniker im dritten Lehrjahr und suche ab Sommer eine Stelle in Freiburg. Meine Unterlagen hängen an. Ich würde mich sehr freuen.
< Hallo {first}, danke für die Unterlagen, die haben wir gern gelesen. Wir melden uns bis zum {date+12}.

{agent}
@snooze 8

= privacy-request | de | orders | email
subject: Auskunft über gespeicherte Daten
> Bitte teilen Sie mir mit, welche Daten Sie über mich gespeichert haben, und löschen Sie die alte Anschrift.
@priority high
@tag datenschutz
! Frist ein Monat. Ruth fragen.
< Hallo {first}, die Auskunft bekommen Sie bis zum {date+14}. Die alte Anschrift ist gelöscht.

{agent}
@snooze 9

= review-warning | en | orders | chat email
subject: Before I write a review
> Before I write a review: is it really your policy that a {bike} for four thousand euros comes without a bell? The law asks for one.
< Hello {first}, no, every bike leaves with a bell. It was missing from yours, and one is in today's post, with an apology.
> Fair enough. Then the review will be a good one.
@resolved
`;
