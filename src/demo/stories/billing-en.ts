export const billingEn = `
= double-charge | en | billing | email chat | weight 2
subject: Charged twice for order {order}
@file receipt
> My card was charged twice for order {order}: €{eur:120-480} on {date-4} and the same on {date-3}. Please refund one of them. Statement attached.
@tag refund
< Hello {first}, you are right. The first payment timed out on our side and was taken all the same. I have refunded it today, reference {code}.

{agent}, Velowerk billing
+ 3d
> [[The money is back, thank you.|Received. Thanks for the quick reply.]]
@resolved

= invoice-company | en | billing | email | weight 2
subject: Invoice {invoice}: company name
> Hello, invoice {invoice} is made out to me instead of my company. I need it with the company's name and VAT number for my tax return. Could you change that?
@file invoice
< Hello {first}, here is the corrected invoice; the old one is cancelled.

Kind regards, {agent}
> Perfect, thank you.
@resolved

= refund-late | en | billing | email chat | weight 2
subject: Refund for order {order} still missing
> I returned the helmet on {date-20}, you confirmed on {date-14} that the refund of €{eur:49-119} was on its way. Nothing has arrived. How long does this take?
< Hello {first}, I am sorry. It was sent to an account number with a typing error and came back. I have sent it again today and attach the receipt; you have it by {weekday+3}.

{agent}
@tag refund promise
@file receipt
<< The receipt, as promised.
+ 4d
> [[Arrived today. All good.|Still nothing. I have been patient for a month now and I do not understand what is so hard about it.]]

= instalments | en | billing | email chat
subject: Paying in instalments
> Can I pay the {bike} in instalments? [[I am a student and cannot put down 4,000 at once.|Twelve months would be ideal.]]
< Hello {first}, yes: 6, 12 or 24 months through our bank partner, 0 % up to 12 months. You choose it on the last page of the order.
> Great, then I will order this week.
@resolved

= employer-leasing | en | billing | email
subject: Leasing through my employer
let firm = Hartmann Logistics | the university hospital | a small architects' office
> My employer ({firm}) offers bike leasing. Which documents do you need from me for a {bike}?
< Hello {first}, only the offer number from the leasing portal. We do the rest with your employer; it takes about ten days.

{agent}
+ 5d
> Here it is: L-{code}. My colleague wants one as well, may she write to you directly?
< Of course, we are happy about every colleague. Your order is confirmed.
@tag leasing
@resolved

= reminder-wrong | en | billing | email
subject: Payment reminder for an invoice I paid
> I just got a reminder for invoice {invoice}. I paid it on {date-11}. This is annoying, please check before you send such letters.
@file receipt
>> Forgot the proof, here.
< Hello {first}, I apologise. Your payment came without a number and lay in the wrong place. It is assigned now, and the reminder is void.

{agent}
@resolved

= vat-question | en | billing | chat email
subject: VAT for delivery to Norway
> Do I pay Norwegian or Belgian VAT when you ship to Norway?
< Norwegian, {first}: we deliver without VAT and the carrier collects it at the door. Customs papers are in the parcel.
> Clear, thanks.
@resolved

= chargeback | en | billing | email
subject: I will dispute the payment
> Nobody has answered my two mails about the refund for order {order}. If I do not hear from you by {weekday+2}, my bank takes the money back. I have had enough.
@priority urgent
@tag refund
! Two mails in the spam folder of the old address. Refund authorised by Ruth.
< {first}, your two mails had landed in our junk folder, which is our fault and not yours. €{eur:150-300} are refunded as of this minute, and I attach the bank's confirmation.

{agent}
> Thank you. That is all I wanted. A pity it took a threat.
@resolved
`;
