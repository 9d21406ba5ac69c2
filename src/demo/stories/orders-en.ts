export const ordersEn = `
= late-parcel | en | orders | email chat | weight 2
subject: [[Where is order {order}?|Parcel {order} has not arrived|Order {order}, no parcel yet]]
let part = rain cover | front rack | pair of pannier bags | child seat cushion
> [[Hello,|Good morning,|Hi there,]]

I ordered a {part} on {date-9} (order {order}) and was told three working days. [[The tracking page has said "label created" since then.|Nothing came, and the tracking link shows nothing new.]] Can you tell me where it is?

[[Thanks|Kind regards]], {first}
< Hello {first}, thank you for asking, and I am sorry that you had to. The carrier lost the handover from our warehouse; I have sent a second {part} today with a new number. It will be with you by {weekday+2}.

Best, {agent}
@tag parcel
+ 2d
> [[It is here, perfectly packed. Thank you for sorting that so fast.|Arrived this morning. Great, thanks {agent}!]]
@resolved

= parcel-broken-promise | en | orders | email | weight 2
subject: Order {order}: [[still waiting|no parcel, again]]
let part = wheel | suspension fork | display | battery charger
> Hi, my {part} from order {order} should have come last week. I need the bike for work, I commute every day. When does it get here?
< Hello {first}, I checked with the warehouse: it leaves today, and I promise it will be with you by {weekday+2}. If not, we refund the shipping of €9.90.

Best wishes, {agent}
@tag parcel promise
+ 3d
> It is {weekday} and no {part}. You promised. This is really disappointing, I have been taking the bus all week and nobody wrote to me.
@priority high
! The carrier says it sits in the depot in Liège since Tuesday. I asked for a courier from there.
< {first}, you are right to be annoyed, and I am sorry: I promised a day and did not keep it. A courier brings the {part} to you tomorrow before noon, and I have refunded the shipping of €9.90.

{agent}
+ 1d
> The courier was here. [[Thank you for making it good.|OK, thanks. It fits. A word in between would have helped though.]]
@resolved

= wrong-item-en | en | orders | email chat | weight 2
subject: Wrong item in order {order}
let got = a left pedal twice | the 20 inch mudguards | a bell instead of a light | the grey cover
let wanted = one left and one right pedal | the 26 inch ones | the rear light | the green one
@file photo
> I unpacked order {order} and found {got}. I had ordered {wanted}. Photo attached. [[How do we swap this?|Could you send the right one, and do I have to send this back?]]
< Hi {first}, thank you for the photo, that makes it easy: our mistake. Today we send {wanted}, at our cost. Please keep the wrong piece or give it to somebody who can use it.

{agent}
@tag wrong-item
+ 3d
> Received, all correct now. Thanks a lot.
@resolved

= return-size-en | en | orders | email chat | weight 2
subject: Returning [[a saddle|the helmet]] from order {order}
let thing = saddle | helmet | jacket | handlebar grips
> Hello, the {thing} from order {order} does not suit me, I have used it once around the block. Can I still return it?
< Hello {first}, yes: you have 30 days. I attach the label; drop the parcel at any post office. The money is back within five days of its arrival.

Best, {agent}
@tag return
+ 6d
> [[I posted it on {date-5}. Have you received it?|The parcel was delivered to you on Monday according to the post. When can I expect the refund?]]
< It arrived this morning, {first}. I have refunded €{eur:39-89}; depending on your bank it shows in one to three days.
> Lovely, thank you.
@resolved

= delivery-date-bike | en | orders | email chat | weight 2
subject: When will my {bike} be ready?
> [[Hi!|Hello,]] we ordered a {bike} in {city} on {date-30} (order {order}). The mail said four to six weeks. [[We have two children and a holiday on {date+14}; can you say whether it will be here before that?|Is there a date yet?]]
< Hello {first}, your {bike} is being painted this week. It will be ready on {weekday+9}, {date+9}, in our Ghent workshop. Shall we deliver it, or do you come for it?

{agent}
> We will come and fetch it. [[Is Saturday fine?|Saturday morning, around eleven?]]
< Saturday at eleven it is. Please bring the order number and half an hour: we set the saddle and the belts with you.
@tag pick-up
@resolved

= cancel-order | en | orders | email chat
subject: Please cancel order {order}
let why, wish = I found a used bike from a neighbour // Enjoy the neighbour's bike | we are moving abroad and cannot take it with us // All the best for the move
> I would like to cancel order {order}: {why}. It has not been shipped yet as far as I can see.
< Hello {first}, it is cancelled, and €{eur:420-980} go back to your card today. {wish}.

{agent}
> That was quick, thank you.
@resolved

= address-change | en | orders | chat email
subject: Change of address for order {order}
> I moved last week and order {order} still has my old address in {city}. Can you change it? The new one is 14 Mill Lane, first floor.
< Done, {first}. The parcel leaves tomorrow for 14 Mill Lane, first floor. I changed your customer address as well.
> Brilliant. Thanks!
@resolved

= stock-question | en | orders | chat email | weight 2
subject: Is the {bike} in stock?
let colour = moss green | brick red | slate | sand
let reply, answer = Yes please, for Saturday at noon. // Put aside for Saturday. | Not sure yet, I have to talk to my husband. I will come back to you. // Gladly, there is no hurry.
> Do you have the {bike} in {colour}? [[I am 1.62 m tall and would like to try one.|And is there one to try in Ghent?]]
< Hello {first}! In Ghent there is one {bike} in {colour} to try; we are open until 18:00 on weekdays and until 14:00 on Saturdays. Shall I put it aside?
> {reply}
< {answer} Ask for Pieter when you come.
@tag advice
@resolved

= gift-voucher | en | orders | email chat
subject: [[Gift voucher not accepted|Voucher code does not work]]
> I got a voucher for my birthday (VELO-{code}) and the shop says "code unknown". The lights I want are only on offer until {weekday+2}.
< Hello {first}, the code was missing one digit in our system. It works now, and I have held the offer price for you until next week.

{agent}
> [[It worked, thank you so much, you are wonderful!|Just ordered. Many thanks for the offer price!]]
@resolved

= bulk-order | en | orders | email | weight 0.4, business
subject: Twelve {bike} for a courier company
@file list
> Good morning,

we run deliveries in {city} and think of twelve {bike} with your short box, plus spare batteries. The list is attached. Could you quote by {weekday+3}? We work with two suppliers at the moment and want to be with one.

Regards, {name}
@tag business
@priority high
! Twelve at once means two production slots. Asked the workshop for the earliest date.
< Good morning {first}, the quote will be with you by {weekday+2}, with delivery in two lots of six. For twelve bikes there is also a service visit at your place each quarter.

Kind regards, {agent}
+ 2d
@file invoice
< {first}, here is the quote, valid for 30 days. The first six could be with you on {date+28}.
+ 4d
> Thank you, this looks good. My partner is away until Monday; we decide together then.
@snooze 4

= damaged-transport | en | orders | email chat | weight 2
subject: {bike} arrived with a damaged [[box|fender|frame]]
@file crack
> The carrier brought the {bike} today (order {order}) and the front box has a crack across the corner. I attach a photo. The driver had already left. I am quite upset, this was expensive.
@tag damage
@priority high
@team workshop
! Looks like it was dropped on the corner. Box 3B in stock, can be swapped at the customer's place.
< Hello {first}, that is no way for a new bike to arrive, I am sorry. We replace the box at your home: would {weekday+4} between nine and twelve suit you? Until then it is safe to ride without load.

{agent}
> [[{weekday+4} is fine. Thank you for not making me carry it anywhere.|Yes, that works. I will be at home.]]
+ 3d
! Box swapped, old one taken along for the insurance.
@resolved

= missing-parts | en | orders | email
subject: Order {order}: screws missing
> The rain cover is nice, but there are only three of the six screws in the bag. Could you post the other three?
< Of course, {first}: a bag of six is in today's post. Sorry for the wait.

{agent}
@resolved

= silent-customer | en | orders | email chat
subject: Question about order {order}
> Can I add a second battery to order {order}, or is it too late?
< Hello {first}, not too late. The second battery is €549 and would go in the same parcel. Shall I add it?
@pending
+ 9d
@resolved

= owed-answer | en | orders | email | weight 2
subject: [[No answer to my last mail|Second mail about order {order}]]
> Hello, I wrote on {date-6} about order {order} and got no answer. The {bike} was announced for this month. I only need a yes or no: will it come before {date+12}?
`;
