import { expect } from 'chai';
import { eachEngine } from '../support/engines.js';
import { chatMessage, mail, openTestCore, startOfTests, type TestCore } from '../support/core.js';

const minute = 60_000;

eachEngine((_name, open) => {
  describe('a message that comes in', () => {
    let t: TestCore;
    beforeEach(async () => {
      t = await openTestCore(await open(), { botActions: () => [] });
      await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Web chat' });
      await t.addChannel({ _id: 'mailbox', kind: 'email', name: 'support@velowerk.example', settings: { address: 'support@velowerk.example' } });
    });
    afterEach(() => t.close());

    const conversations = (): ReturnType<typeof t.c.conversations.list> => t.c.conversations.list({ view: 'open', agentId: 'x', limit: 100 });

    it('becomes ledger row, identity, customer, conversation and message', async () => {
      await t.receive(chatMessage('m1', 'Where is my parcel?', { name: 'Ines Bauer' }));
      const [row] = await conversations();
      expect(row).to.include({ customerName: 'Ines Bauer', status: 'open', lastSeq: 1, lastInSeq: 1, channelName: 'Web chat' });
      expect(row?.preview.text).to.equal('Where is my parcel?');
      const page = await t.c.messages.page(row?._id ?? '', { limit: 10 });
      expect(page.map((message) => [message.seq, message.text])).to.deep.equal([[1, 'Where is my parcel?']]);
      expect((await t.c.ledger.get('chat:m1'))?.state).to.equal('applied');
    });

    it('shows once when it is delivered twice, also under two event ids', async () => {
      await t.receive(chatMessage('m1', 'Hello'));
      expect(await t.receive(chatMessage('m1', 'Hello'))).to.equal('duplicate');
      expect(await t.receive({ ...chatMessage('m1', 'Hello'), eventId: 'again' })).to.equal('new');
      const [row, ...more] = await conversations();
      expect(more).to.deep.equal([]);
      expect(row?.lastSeq).to.equal(1);
    });

    it('opens one conversation for a burst of messages of one visitor, in the order they came', async () => {
      await Promise.all(Array.from({ length: 30 }, (_, index) => t.receive(chatMessage(`m${index}`, `line ${index}`))));
      const [row, ...more] = await conversations();
      expect(more).to.deep.equal([]);
      const page = await t.c.messages.page(row?._id ?? '', { limit: 100 });
      expect(page.map((message) => message.text)).to.deep.equal(Array.from({ length: 30 }, (_, index) => `line ${index}`));
      expect(page.map((message) => message.seq)).to.deep.equal(Array.from({ length: 30 }, (_, index) => index + 1));
      expect((await t.c.customers.page({ limit: 10 })).length).to.equal(1);
    });

    it('starts the customer’s clock at the first unanswered message and at no thanks', async () => {
      await t.receive(chatMessage('m1', 'Thank you!'));
      expect((await conversations())[0]?.waitingSince).to.equal(undefined);
      await t.receive(chatMessage('m2', 'And where is my refund?', { receivedAt: startOfTests + minute }));
      await t.receive(chatMessage('m3', 'Hello?', { receivedAt: startOfTests + 2 * minute }));
      expect((await conversations())[0]?.waitingSince).to.equal(startOfTests + minute);
    });

    it('uses the provider’s time where it is plausible and keeps the arrival beside it', async () => {
      await t.receive(mail('early', 'Hello', { occurredAt: startOfTests - 10 * minute }));
      await t.receive(mail('future', 'Hello', { from: 'b@posteo.example', occurredAt: startOfTests + 30 * 24 * 60 * minute }));
      const early = await t.c.messages.get('mailbox:<early@posteo.example>');
      const future = await t.c.messages.get('mailbox:<future@posteo.example>');
      expect([early?.at, early?.receivedAt]).to.deep.equal([startOfTests - 10 * minute, startOfTests]);
      expect(future?.at).to.equal(startOfTests);
    });

    it('finds its conversation by an id it answers, and says so', async () => {
      await t.receive(mail('one', 'The fork is wrong'));
      await t.receive(mail('two', 'Any news?', { repliesTo: ['<one@posteo.example>'], subject: 'Something else' }));
      const rows = await conversations();
      expect(rows.length).to.equal(1);
      expect((await t.c.messages.get('mailbox:<two@posteo.example>'))?.matched).to.equal('answers a message of this conversation');
    });

    it('lets nobody into a conversation who took no part in it: a new, linked one is opened', async () => {
      await t.receive(mail('one', 'The fork is wrong'));
      await t.receive(mail('two', 'I am interested too', { from: 'stranger@elsewhere.example', repliesTo: ['<one@posteo.example>'] }));
      const rows = await conversations();
      expect(rows.length).to.equal(2);
      const linked = rows.find((row) => row.linkedTo !== undefined);
      expect(linked?.linkedTo?.reason).to.contain('took no part');
    });

    it('keeps a forged sender out, whatever ids it knows', async () => {
      await t.receive(mail('one', 'The fork is wrong'));
      const [row] = await conversations();
      await t.receive(mail('forged', 'Send the refund elsewhere', { repliesTo: ['<one@posteo.example>'], token: row?._id ?? '', dmarc: 'fail', proof: 'claimed' }));
      expect((await conversations()).length).to.equal(2);
    });

    it('is put into the same matter by person and subject within a week, and not after', async () => {
      await t.receive(mail('one', 'First', { subject: 'Cargo bike' }));
      await t.receive(mail('two', 'Second', { subject: 'Re: cargo bike' }));
      t.time.now += 8 * 24 * 60 * minute;
      await t.receive(mail('three', 'Third', { subject: 'AW: Cargo bike' }));
      expect((await conversations()).map((row) => row.lastSeq).sort()).to.deep.equal([1, 2]);
    });

    it('reopens what was resolved, but not when software wrote it', async () => {
      const agent = await t.addAgent({ _id: 'lena', role: 'administrator' });
      await t.receive(mail('one', 'The fork is wrong'));
      const id = (await conversations())[0]?._id ?? '';
      await t.actions.setStatus(agent, id, 'resolved');
      await t.receive(mail('auto', 'I am on holiday', { repliesTo: ['<one@posteo.example>'], auto: ['Auto-Submitted: auto-replied'] }));
      expect((await t.c.conversations.get(id))?.status).to.equal('resolved');
      await t.receive(mail('two', 'It is still wrong', { repliesTo: ['<one@posteo.example>'] }));
      expect((await t.c.conversations.get(id))?.status).to.equal('open');
    });

    it('begins a new, linked chat when the old one was resolved more than three days ago', async () => {
      const agent = await t.addAgent({ _id: 'lena', role: 'administrator' });
      await t.receive(chatMessage('m1', 'Where is my parcel?'));
      const old = (await conversations())[0]?._id ?? '';
      await t.actions.setStatus(agent, old, 'resolved');
      t.time.now += 4 * 24 * 60 * minute;
      await t.receive(chatMessage('m2', 'Now another thing', { receivedAt: t.time.now }));
      await t.receive(chatMessage('m3', 'Really', { receivedAt: t.time.now }));
      const [row, ...more] = await conversations();
      expect(more).to.deep.equal([]);
      expect(row?._id).not.to.equal(old);
      expect(row?.linkedTo?.conversationId).to.equal(old);
      expect(row?.lastInSeq).to.equal(3);
    });

    it('that cannot be applied is tried again and set aside after five attempts, with its reason, while others go on', async () => {
      const poison = chatMessage('bad', 'x', { visitor: 'other' });
      await t.receive({ ...poison, sender: { ...poison.sender, aliases: 'broken' as never } });
      await t.receive(chatMessage('m2', 'Hello'));
      expect((await t.c.ledger.get('chat:bad'))?.attempts).to.be.greaterThan(0);
      expect((await t.c.ledger.get('chat:bad'))?.reason).to.be.a('string');
      expect((await conversations()).length).to.equal(1);
    });

    it('written by a colleague outside Rapport stops the clock and silences the bot', async () => {
      await t.receive(mail('one', 'The fork is wrong'));
      await t.receive({
        ...mail('sent', 'A new one is on its way', { repliesTo: ['<one@posteo.example>'], receivedAt: startOfTests + 5 * minute }), direction: 'out',
        sender: { kind: 'email', scope: '*', externalUserId: 'jonas@velowerk.example', displayName: 'Jonas', proof: 'channel', aliases: [] },
        recipient: mail('x', '').sender,
      });
      const [row] = await conversations();
      expect(row).to.include({ ownership: 1, lastSeq: 2 });
      expect(row?.waitingSince).to.equal(undefined);
      const wait = await t.c.waits.get('mailbox:<one@posteo.example>');
      expect(wait).to.include({ state: 'answered', to: startOfTests + 5 * minute });
      expect(wait?.answer?.by).to.equal('outside');
    });
  });
});
