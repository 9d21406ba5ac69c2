/** Short texts, threads and posts, as people write where they are anyway. */
export const placesEn = `
= slack-fleet-brakes | en | workshop | slack botframework
subject: Brake pads
> Morning! Two of our {bike}s squeal so loudly that the couriers get *looks*. Same pads as in spring?
~ Morning! Three of our {bike}s squeal so loudly that the couriers get *looks*. Same pads as in spring?
< Hi {first}, yes, same pads, and they need bedding in: 20 firm stops from 25 km/h. If that does not help we send the organic ones.
@react 👍
> 20 stops each, I will make it a race 😄
+ 4h
> Silence! Thanks 🎉
@tag brakes
@accept
@resolved

= slack-fleet-order | en | orders | slack botframework
subject: Six more
let count = six | eight | four
> Can you quote {count} more Ponton Pro, long box, delivery to {city} before {date+20}? Finance wants it in writing ^^
@file list
> That is the equipment list from last time.
! Same discount as in March. @Sylvie can you look over the price?
< {first}, the quote comes as a PDF this afternoon: {count} Ponton Pro, long box, same terms as in March. The {date+20} works if we have your OK by {date+4}.
@react ✅
@tag quote
> You have it: **OK**.
@accept
@resolved

= teams-dealer-firmware | en | workshop | botframework slack
subject: Firmware
> Hello, a customer's display shows **E-031** after the update. We have two more bikes waiting. Roll back?
< Hello {first}, do not roll back: unplug the battery for a minute, then start with the walk button held. Does the code come back?
> Worked on all three. Where would I have read that?
< Nowhere yet, and that is our mistake. It is in the dealer notes now: service bulletin {code}.
@react ❤️
@resolved

= discord-squeak | en | workshop | discord irc xmpp
subject: Creak from the steering link
> anybody else have a creak from the steering link on the {bike}? only when turning left, drives me mad
~ anybody else have a creak from the steering link on the {bike}? only when turning left, drives me mad (and yes, it is tight)
< Hi {first}, Velowerk here. Nearly always it is the lower rod end running dry: one drop of oil on the ball joint, move it ten times. \`8 mm\` spanner, no force needed.
> one drop. ONE DROP. six weeks of my life 🤦
@react 😂
< Now everybody here knows it too. Thanks for asking in the open.
@resolved

= discord-battery-winter | en | workshop | discord discourse
subject: Range in winter
> What range do you get below zero? My {bike} went from 60 to 38 km this week. [[Broken or normal?|Is that still normal?]]
< Normal, {first}: about a third less at −5 °C. Keep the battery inside overnight and put it in just before you leave; that brings back half of it.
> 47 km today with the battery from the kitchen shelf. Good tip 👍
@react ❤️
@tag battery
@resolved

= irc-charger | en | workshop | irc
subject: Charger
> velowerk: does the charger of the {bike} work on 110 V? going to Quebec with it
< {first}: yes, 100-240 V, you only need another plug. Airlines will not take the battery though, by ship only.
> velowerk: the battery part I had not thought of. glad I asked
< {first}: there is a rental battery in Montreal, write to support@velowerk.example and we connect you.
> velowerk: will do, thanks
@resolved

= irc-torque | en | workshop | irc
subject: Torque
> velowerk: torque for the front axle of a {bike}?
< {first}: 40 Nm, dry thread. The table is on page 12 of the manual.
> velowerk: ta
@noanswer Thanks only
@resolved

= xmpp-appointment | en | workshop | xmpp whatsapp telegram
subject: Appointment
> Hi, can I bring my {bike} in on {weekday+3}? The gear hub grinds in 3rd.
< Hi {first}, {weekday+3} at 9:00 in Ghent, takes about two hours. There is coffee and a loan bike.
> Loan bike please, coffee also 🙂
~ Loan bike please, coffee also 🙂 (oat milk if there is)
< Noted, oat milk included.
@react 👍
@resolved

= whatsapp-wrong-colour | en | orders | whatsapp messenger instagram
subject: Colour
@file photo
> Hi! Rain cover for order {order} came today but it is grey, I ordered green 😕
< Hi {first}, that is our mistake. Green goes out today, keep the grey one or give it to a neighbour.
> Really? You are great 💚
@react ❤️
+ 2d
> Green is here, perfect!
@tag exchange
@resolved

= whatsapp-where | en | orders | whatsapp sms telegram
subject: Delivery
> Hi, the driver for order {order} was to come between 9 and 12, nobody here yet
< Hi {first}, he stands in a traffic jam behind {city} and is with you within the hour. Sorry for the wait.
> ok, I will wait
> he is here 👋
@resolved

= sms-pickup | en | workshop | sms
subject: Ready?
> Is my {bike} ready? Thx, {name}
< Hello {first}, it is: new chain, brakes set, 86 EUR. We are open until 18:00. Velowerk
> Great, there at 5
@resolved

= sms-running-late | en | workshop | sms
subject: Late
> Running 20 min late for my appointment, sorry! {first}
< No problem, {first}, we keep the slot. Velowerk
> Thanks!!
@noanswer Thanks only
@resolved

= messenger-test-ride | en | orders | messenger instagram telegram
subject: Test ride
> Hello, can we come for a test ride with two kids (3 and 5)? [[Saturday would be best|Any afternoon works]] 🚲
< Hello {first}, gladly: {weekday+4}, helmets in all sizes are here. Bring snacks, the test track is longer than it looks 😄
> They already argue who sits in front
> Mum, can you fetch the cake at four?
@unsend
>> Sorry, that was for my mother 🙈
< We have a bell for each of them, that usually settles it.
@react 😂
@tag test-ride
@resolved

= instagram-photo | en | orders | instagram messenger
subject: Colour of the box
> That blue {bike} in your story 😍 is that a new colour?
< It is, {first}: "harbour", from {date+12} on. The same price as the others.
@react 🔥
> Take my money. Does it also come as Karro Family?
< Karro Family and Karro 2, yes. We send you a word when it is in the shop.
> 🙏
@noanswer Thanks only
@resolved

= telegram-key | en | orders | telegram whatsapp
subject: Spare key
> Hello, I lost the key of my frame lock, number on it was {code}. Can I get a second one?
< Hello {first}, yes, €14 with postage. Please send a photo of the invoice, we do not hand out keys to strangers 😉
@file invoice
> Makes sense. Here it is
< Key is cut and in today's post.
@react 👍
@resolved

= x-praise | en | orders | x mastodon bluesky
subject: Praise
> Eleven months, 4,000 km, two kids, one dog, zero problems. @velowerk, whoever designed the {bike}: thank you.
< That made the round in the workshop, {first}. What is the dog's name?
> Biscuit. Rides in front, of course.
@react ❤️
@noanswer Praise
@resolved

= x-recall-question | en | workshop | x bluesky mastodon
subject: Question in public
> @velowerk is it true that the {bike} stems of last year are being replaced? A neighbour got a letter, I did not.
< Only frames with a number between 8 and 9 million, {first}. Please send us yours privately, not here, then we look at once.
> Sent. Thanks for the quick answer.
@react ❤️
@tag recall
@resolved

= fediverse-repair | en | workshop | mastodon bluesky discourse
subject: Right to repair
> @velowerk do you publish spare part drawings? I would rather print a new latch for my {bike} box than buy a whole lid.
< Good idea, {first}. The latch is on our download page since today, STEP and STL, free to use.
> Printed, fits, closes. This is how it should be everywhere.
~ Printed (PETG), fits, closes. This is how it should be everywhere.
@react ⭐
@tag spare-parts
@resolved

= forum-trailer | en | workshop | discourse discord
subject: Trailer behind a {bike}?
> Has anybody mounted a trailer behind the {bike}? The manual says nothing about the axle.
@file wheel
> This is the axle I mean.
< Hello {first}, it holds: up to 40 kg with the adapter for 12 mm thru axles. We add that to the manual, thank you.
> Wonderful, then the canoe comes along.
@react ❤️
@resolved
`;
