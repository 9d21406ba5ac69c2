/**
 * Told once: a complaint in public, an answer there, the matter itself by mail, and thanks in public again. That the account
 * is the customer's is proved by a word sent to their mailbox that comes back from the account.
 */
export const publicToPrivate = `
= public-to-private | en | orders | x
subject: Order {order}, and my post on X
let word = Spoke-4821 | Saddle-7306 | Mudguard-1954
> @velowerk two weeks, two "tomorrow for sure" and still no {bike}. Is anybody there at all? 😡 #customerservice
~ @velowerk three weeks, two "tomorrow for sure" and still no {bike}. Is anybody there at all? 😡 #customerservice
@file photo
>> This is where it should be standing.
@priority high
@tag delivery public-complaint
< You are right to be annoyed, {first}, and yes, we are here. This needs your order number and address, and neither belongs in public: please write to support@velowerk.example and say that it is you. {agent}
@also email
+ 25m
> Hello, I am the one with the empty parking space on X (@{handle}). The order is {order}, twice promised for "tomorrow". What is going on?

{name}
@priority high
< Hello {first}, thank you for writing, I have your order in front of me. One thing first, so that nobody else can ask about it in your name: please send the word {word} as a direct message from your X account.

{agent}, Velowerk
@also x-dm
+ 12m
> {word}
! That is the word from the mail: @{handle} on X is our mail customer. Joining the two.
@join the word that we sent to their mailbox came back from @{handle} on X
<< That is the word, thank you {first}. Everything else is in your mailbox in a minute.
@resolved
@also email
+ 9m
< {first}, found it: the bike stands in the depot in Lahr with a torn label, scanned five times and moved never. A driver of ours fetches it this afternoon and brings it to you tomorrow between 9 and 11. The assembly (€89) is on us.

{agent}
> Thank you, that is a proper answer. I will be at home.
+ 21h
> It is here, built up and adjusted. Please tell the driver that he was great.
< We will, {first}. And we have changed how such parcels are looked for, so that you were the last one.

{agent}
@resolved
@also x
+ 40m
> Credit where it is due: @velowerk found my {bike}, fetched it themselves and built it up in front of the door. That is how to make up for a mistake. 👏
@react ❤️
< Thank you for the patience that you should not have needed, {first}. Have a good first ride! {agent}
@resolved
`;
