/** The same places in the other languages. */
export const placesOther = `
= whatsapp-reifen | de | workshop | whatsapp telegram messenger
subject: Platten
@file wheel
> Hallo, ich stehe mit einem Platten am {bike} an der Dreisam 🙈 Habt ihr heute noch Zeit?
< Hallo {first}, ja, bis 18 Uhr. Schaffst du es zu uns, oder sollen wir das Rad holen?
> Ich schiebe, halbe Stunde
< Bis gleich, der Schlauch liegt bereit.
@react 🙏
+ 3h
> Rollt wieder. Ihr seid die Besten!
@resolved

= vom-handy-beantwortet | de | orders | whatsapp instagram messenger
subject: Öffnungszeiten
> Habt ihr am {weekday+2} auf? Ich käme von weit her 🚆
<o Ja, bis 18 Uhr, {first}! Antworte schnell vom Handy, bis dann. {agent}
@react 👍
> Perfekt, bis {weekday+2}
@resolved

= whatsapp-termin | de | workshop | whatsapp sms xmpp
subject: Termin
> Guten Tag, ich möchte den Termin am {weekday+2} verschieben, geht auch {weekday+5}? Gruß {name}
~ Guten Tag, ich möchte den Termin am {weekday+2} verschieben, geht auch {weekday+5} nachmittags? Gruß {name}
< Hallo {first}, {weekday+5} um 15:30 ist eingetragen.
@react 👍
> Prima, danke
@resolved

= telegram-akku | de | workshop | telegram instagram messenger
subject: Akku
> Moin, der Akku vom {bike} blinkt rot und lädt nicht. Kaputt?
< Moin {first}, meist nur tiefentladen. Bitte 10 Minuten am Ladegerät lassen, dann die Taste 5 Sekunden drücken.
> Jetzt lädt er! Danke 🎉
@react 🎉
@tag akku
@resolved

= instagram-lieferzeit | de | orders | instagram messenger whatsapp
subject: Lieferzeit
> Hi, wie lange wartet man gerade auf ein {bike} in Grün? 💚
< Hi {first}, etwa drei Wochen, in Grau eine. Ein grünes steht zum Probefahren in Freiburg.
> Dann komme ich am {weekday+3} mal vorbei
@react ❤️
@resolved

= discord-umbau | de | workshop | discord discourse
subject: Nabendynamo nachrüsten
> Hat jemand am {bike} einen Nabendynamo nachgerüstet? Passt die Einbaubreite von 110 mm?
@file photo
> So sieht es bei mir vorne aus.
< Hallo {first}, passt, aber nur mit der Steckachse ab diesem Frühjahr. Deine ist es, man sieht es am roten Ring.
> Super, bestellt!
@react 👍
@resolved

= mastodon-radweg | de | orders | mastodon bluesky x
subject: Radweg
> @velowerk passt das {bike} durch die neuen Drängelgitter in {city}? 85 cm, sagt die Stadt.
< Gerade so, {first}: 78 cm an der breitesten Stelle. Mit Packtaschen wird es eng.
> Dann ohne Packtaschen. Danke für die ehrliche Antwort!
@react ⭐
@resolved

= mastodon-leise | de | workshop | mastodon discourse
subject: Motor singt
> @velowerk der Motor meines {bike} singt seit dem Update ein hohes A. Schön, aber laut.
< Das ist der neue Anfahrmodus, {first}. Im Menü unter „Sanft" wird er wieder leise.
> Leise. Fast schade.
@tag firmware
@resolved

= forum-kinder | de | orders | discourse discord
subject: Drittes Kind im {bike}?
> Wie macht ihr das mit drei Kindern? Die Bank im {bike} hat zwei Gurte.
< Hallo {first}, für das Family gibt es eine dritte Bank mit eigenen Gurten, bis 22 kg. In den anderen bitte nicht.
> Dann wird es wohl ein Family. Danke!
@react ❤️
@resolved

= slack-flotte-de | de | workshop | slack botframework xmpp
subject: Wartung Flotte
> Hallo zusammen, bei uns sind im {bike}-Pool fünf Räder zur Durchsicht fällig. Kommt ihr wieder mit dem Bus?
< Hallo {first}, gern: {weekday+6} ab 8 Uhr, bringt bitte die Akkus geladen mit.
@react 🚐
> Geladen und nummeriert. Kaffee steht bereit.
@tag flotte
@resolved

= sms-abholung | de | workshop | sms
subject: Abholung
> Hallo, wann kann ich mein {bike} abholen? {name}
< Hallo {first}, ab 16 Uhr, 74 EUR. Velowerk Freiburg
> ok bis dann
@resolved

= irc-speichen | de | workshop | irc
subject: Speichen
> velowerk: welche Speichenlänge hat das Hinterrad vom {bike}?
< {first}: 238 mm links, 236 rechts, 2,34er.
> velowerk: merci
@noanswer Nur Dank
@resolved

= bluesky-farbe | de | orders | bluesky x
subject: Farbe
> @velowerk gibt es das {bike} irgendwann auch in Orange? Ich frage für mich.
< Im Frühjahr, {first}. Du hast es zuerst hier gelesen.
@react ❤️
> 🧡
@noanswer Nur Dank
@resolved

= whatsapp-panne-fr | fr | workshop | whatsapp messenger telegram
subject: Panne
@file crack
> Bonjour, je vois une fissure sur le garde-boue de mon {bike}, c'est grave ? 😬
< Bonjour {first}, non, mais il faut le changer. Nous vous envoyons la pièce sous garantie, vis comprises.
> Super rapide, merci 🙏
@react ❤️
@tag garantie
@resolved

= instagram-essai-fr | fr | orders | instagram messenger x
subject: Essai
> Coucou, on peut essayer le {bike} à {city} ? 🚲
< Bonjour {first}, oui, chez notre partenaire, tous les samedis matin. On vous inscrit ?
> Avec plaisir, samedi !
@react 👍
@resolved

= bluesky-fr | fr | orders | bluesky mastodon
subject: Question
> @velowerk la caisse du {bike} tient-elle sous la pluie sans housse ? Ici à {city}, la question se pose souvent.
< Oui, {first} : le fond a des trous d'écoulement. C'est pour les passagers que la housse existe 😉
> Mes passagers confirment. Merci !
@react ❤️
@resolved

= whatsapp-candado-es | es | orders | whatsapp telegram instagram
subject: Candado
> Hola! El candado del pedido {order} venía sin la segunda llave 🔑
< Hola {first}, se la enviamos hoy con seguimiento. Perdón por el despiste.
> Perfecto, gracias 😊
@react 👍
@resolved

= sms-cita-es | es | workshop | sms telegram
subject: Cita
> Hola, soy {name}. Puedo llevar mi {bike} el {weekday+2}?
< Hola {first}, si, a las 10:00. Velowerk
> Gracias!
@resolved

= x-es | es | orders | x bluesky
subject: Pregunta
> @velowerk ¿cuándo hay otra vez {bike} para probar en {city}?
< El {date+10}, {first}, delante del mercado. ¡Traiga a la familia!
> Allí estaremos 🚲
@react ❤️
@resolved
`;
