export const workshopEn = `
= wrong-axle | en | workshop | email
subject: Replacement fork has the wrong axle
@file wheel
> The replacement fork for my {bike} has the wrong axle: it is 15 mm, mine needs 12. I need the bike on {weekday+3}. I attach the photo with the number on it.
@tag warranty
@priority high
! One 12 mm fork is in the Ghent workshop, put aside.
< Hello {first}, I am sorry, that is our mistake. The right fork is in our Ghent workshop, and a courier brings it to you tomorrow before noon. We refund the express delivery of €24.90.

{agent}
+ 1d
> It came and it fits! The ride is saved. Thank you.
@resolved

= motor-noise | en | workshop | email chat | weight 2
subject: Noise from the motor of my {bike}
> Since about a week the motor of my {bike} [[rattles|clicks|hums]] when I start uphill with the children in the box. On the flat it is quiet. [[You hear it only live, not on a recording.|It has 2,400 km now.]] Is that dangerous?
< Hello {first}, not dangerous, but it should be looked at: most often it is a loose chain guard, seldom the freewheel. Could you bring it to our workshop? We have time on {weekday+2} at 9:30.

{agent}, workshop
> [[{weekday+2} is perfect.|I can be there at 9:30.]]
@tag service
+ 3d
! Chain guard was loose, 10 minutes, no charge.
< It was the guard, {first}. Tightened, tested with 60 kg in the box, no charge. Have a good ride home.
> You are the best workshop I know. Thank you!
@resolved

= brake-squeal | en | workshop | chat email
subject: Brakes squeal
> My brakes squeal so loudly that people turn round. {bike}, two years old. Can I do something myself?
< Hello {first}! Clean the discs with alcohol (no spray near them!), then brake hard ten times from 20 km/h. If it still squeals, the pads are glazed: €18 a pair, fitted while you wait.
> [[Ten times later: silence. Magic, thanks.|Still squeals. I will come by on Saturday.]]
@resolved

= battery-range | en | workshop | email chat | weight 2
subject: Battery lasts only half as long
> The battery of my {bike} used to last for 60 km and now gives up after 25. It is not even two years old. [[I work as a nurse and ride home at night, I cannot have it die on the way.|That cannot be normal, can it?]]
@tag battery
< Hello {first}, that is not normal. In the cold you lose a fifth, not a half. Please bring it in for a test (40 minutes). Below 70 % within two years we replace it under warranty.

{agent}
+ 5d
> I was there on {weekday-1}; Pieter measured 61 %. What happens now?
< Then it is a warranty case, {first}. The new battery is ordered; I will write as soon as it is here, at the latest on {weekday+7}.
@snooze 7

= firmware | en | workshop | chat email
subject: Display shows error E-{fault}
let fault = 12 | 17 | 24 | 31
let result, then = It works again! Thank you, thank you. // Wonderful. Please come by for the update when you pass; it prevents exactly that. | No. Still there. // Then it is the speed sensor. You can ride without motor. Bring it in whenever you pass, we do it while you wait.
> The display of my {bike} shows error E-{fault} and the motor is off. I am standing at the station in {city}. What can I do?
@priority urgent
< Hello {first}: hold the power button for twelve seconds, take the battery out, wait half a minute, put it back. Does the error go away?
>> Trying
> {result}
< {then}
@resolved

= first-service | en | workshop | email chat | weight 2
subject: First service of my {bike}
> My {bike} has done 300 km, so the first service is due, isn't it? When do you have time? [[I can leave the bike for a day.|I would rather wait for it.]]
< Yes, and it is included in the price, {first}. {weekday+4} at 8:30 or {weekday+6} at 14:00?
> {weekday+4} at 8:30, please.
@file calendar
< Booked. The appointment is attached. It takes about an hour.
+ 4d
> Everything runs like new. [[Special thanks to Ana for the saddle tip.|Very friendly, very quick.]]
@resolved

= spare-key | en | workshop | email chat
subject: Lost key of the battery lock
> I lost the key of my battery lock, number on the lock is {code}. Can you make another?
< Hello {first}, we order it by that number, €12. It takes about a week.

{agent}
@pending
+ 8d
< Your key is here. Shall we post it or keep it for you?
> Please post it, same address. Thanks.
@resolved

= crack-in-frame | en | workshop | email
subject: Crack in the frame?
@file crack
> While cleaning I found a fine line at the weld under the box of my {bike}. Photo attached. Is this paint or a crack? We ride with our twins every day and I am worried.
@priority urgent
@tag safety
! @Lena please look: the weld under the box, third this year of that batch?
< Hello {first}, please do not ride it until we have seen it. From the photo it is most probably the paint, but with children in the box we make sure. We fetch the bike tomorrow, and you get a loan bike for the time.

{agent}
> Thank you for taking this seriously. Tomorrow after 8 is fine.
+ 2d
! Only paint. Dye test clean. Back tomorrow.
< Good news, {first}: dye test clean, only the paint. We have touched it up and bring the bike back tomorrow morning.
> What a relief. Thank you all.
@resolved

= loan-bike | en | workshop | chat email
subject: Loan bike during repair
> Is there a loan bike while mine is in the workshop? I take my daughter to school with it, 8 km each way.
< Hello {first}, yes: a {bike} with child seat, free of charge if the repair takes longer than a day. Please book it two days before.
> Good to know, thanks.
@resolved

= winter-tips | en | workshop | chat
subject: Winter
> [[Quick question:|Hi!]] can the battery stay in the bike outside when it freezes?
< Better not, {first}: above 5 °C is best, and charge it to about 60 % when you leave it for weeks.
@resolved

= tyre-advice | en | workshop | chat email
subject: Tyres for cobbles
> Which tyres would you take for the cobbles in {city}? I dislike phone calls, so please answer here.
< The 55 mm ones with reflex stripe, {first}, at 2.4 bar in front and 2.8 behind. €39 each, fitting €15.
> Ordered. Thanks for the pressure too!
@tag advice
@resolved

= still-broken | en | workshop | email chat | weight 2
subject: Same fault again, third repair
> This is the third time that the gear hub of my {bike} slips, and the third time I write about it. You repaired it on {date-40} and on {date-12}. I am fed up. I want it fixed properly or my money back.
@priority high
@tag warranty
! History: cable changed in October, click box in November. It must be the hub itself.
< {first}, I understand you well, three times is twice too often. We do not adjust it again: you get a new hub. It is reserved with your name; the exchange takes two hours on a day you choose, and I will send you the confirmation by tomorrow.

{agent}
`;
