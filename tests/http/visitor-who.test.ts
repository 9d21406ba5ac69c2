import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { waitFor } from '../support/wait-for.js';
import { openVisitorWorld, TestVisitor, type VisitorWorld } from './visitor-world.js';

describe('Chatting', () => {
  let world: VisitorWorld;
  const visitors: TestVisitor[] = [];

  async function newVisitor(): Promise<TestVisitor> {
    const visitor = new TestVisitor(world);
    visitors.push(visitor);
    await visitor.begin();
    return visitor;
  }

  before(async () => { world = await openVisitorWorld(); });
  afterEach(() => { for (const visitor of visitors.splice(0)) visitor.drop(); });
  after(() => world.close());

  describe('without sockets', () => {
    it('the long poll gives the same frames, at once when something was missed', async () => {
      const visitor = await newVisitor();
      const clientId = 'poll-0000001';
      await visitor.call('POST', 'messages', { type: 'message', clientId, text: 'By long poll' });
      const { body } = await visitor.call('GET', 'events');
      const answer = body as { frames: { type: string; message?: { text: string; clientId: string } }[]; cursor: string };
      expect(answer.frames.map(({ type }) => type)).to.deep.equal(['state', 'message', 'ready']);
      expect(answer.frames[1]?.message).to.include({ text: 'By long poll', clientId });
      const conversation = await world.conversation((row) => row.preview.text === 'By long poll');
      await world.reply(conversation, 'Missed');
      const next = (await visitor.call('GET', `events?cursor=${answer.cursor}`)).body as typeof answer;
      expect(next.frames.filter(({ type }) => type === 'message').map(({ message }) => message?.text)).to.deep.equal(['Missed']);
    });

    it('the long poll waits for the next thing and brings it', async () => {
      const visitor = await newVisitor();
      await visitor.call('POST', 'messages', { type: 'message', clientId: 'poll-0000002', text: 'Waiting here' });
      const conversation = await world.conversation((row) => row.preview.text === 'Waiting here');
      const { cursor } = (await visitor.call('GET', 'events')).body as { cursor: string };
      const idle = (await visitor.call('GET', `events?cursor=${cursor}&wait=0`)).body as { frames: { type: string }[] };
      expect(idle.frames.map(({ type }) => type)).to.not.include('message');
      const waiting = visitor.call('GET', `events?cursor=${cursor}`);
      await world.app.actions.setTyping(world.lena, conversation._id, false);
      await world.reply(conversation, 'Here it is');
      const first = (await waiting).body as { frames: { type: string; message?: { text: string } }[]; cursor: string };
      const then = first.frames.some(({ type }) => type === 'message') ? first : (await visitor.call('GET', `events?cursor=${first.cursor}`)).body as typeof first;
      expect(then.frames.filter(({ type }) => type === 'message').map(({ message }) => message?.text)).to.deep.equal(['Here it is']);
    });

    it('typing and receipts go by the route', async () => {
      const visitor = await newVisitor();
      await visitor.call('POST', 'messages', { type: 'message', clientId: 'poll-0000003', text: 'Signals by route' });
      const conversation = await world.conversation((row) => row.preview.text === 'Signals by route');
      const answer = await world.reply(conversation, 'Read this');
      const { status } = await visitor.call('POST', 'signals', { type: 'receipt', state: 'read', conversationId: conversation._id, seq: answer.seq });
      expect(status).to.equal(200);
      await waitFor(async () => (await world.app.reads.conversation(world.lena, conversation._id))?.customerReadSeq === answer.seq);
      expect((await visitor.call('POST', 'signals', { type: 'typing', on: true })).status).to.equal(200);
    });
  });

  describe('as somebody', () => {
    const hash = (text: string): string => createHmac('sha256', 'a-secret-of-the-shop').update(text).digest('hex');

    it('whom the site vouches for: one person with two browsers, each with its own thread', async () => {
      const [phone, laptop] = [await newVisitor(), await newVisitor()];
      const claim = { id: '4711', name: 'Ines Bauer', email: 'ines.bauer@posteo.example', hash: hash('4711\nines.bauer@posteo.example') };
      expect(await phone.identify(claim)).to.deep.include({ proven: true, name: 'Ines Bauer', email: { address: 'ines.bauer@posteo.example', proof: 'channel' } });
      await phone.connect();
      await phone.acked(phone.send('From the phone'));
      await laptop.identify(claim);
      await laptop.connect();
      await waitFor(() => laptop.texts().includes('From the phone'));
      await laptop.acked(laptop.send('From the laptop'));
      await waitFor(() => phone.texts().includes('From the laptop'));
      const row = await world.conversation((candidate) => candidate.preview.text === 'From the phone');
      expect(row).to.include({ customerName: 'Ines Bauer', identityId: `webchat:${world.channel._id}:user:4711` });
    });

    it('who wrote before signing in: the earlier thread stays in view, and the two become one person', async () => {
      const visitor = await newVisitor();
      await visitor.connect();
      await visitor.acked(visitor.send('Before I sign in'));
      const before = await world.conversation((row) => row.preview.text === 'Before I sign in');
      visitor.drop();
      await visitor.identify({ id: '4720', name: 'Jonas Weber', email: 'jonas@posteo.example', hash: hash('4720\njonas@posteo.example') });
      await visitor.connect();
      expect(visitor.texts()).to.include('Before I sign in');
      await visitor.acked(visitor.send('And after'));
      await waitFor(async () => (await world.app.reads.picture(world.lena, before._id, { timeline: false }))?.person.identities.length === 2, { what: 'both identities under one person' });
    });

    it('who signs in after somebody else at the same browser: nothing of the other is seen', async () => {
      const visitor = await newVisitor();
      await visitor.identify({ id: '5001', hash: hash('5001') });
      await visitor.connect();
      await visitor.acked(visitor.send('Private to 5001'));
      visitor.drop();
      await visitor.identify({ id: '5002', hash: hash('5002') });
      await visitor.connect();
      expect(visitor.texts()).to.deep.equal([]);
      await visitor.acked(visitor.send('From 5002'));
      const row = await world.conversation((candidate) => candidate.preview.text === 'From 5002');
      expect(row.identityId).to.equal(`webchat:${world.channel._id}:user:5002`);
    });

    it('without a valid hash: a claim, shown as one, and no way into the history of that id', async () => {
      const victim = await newVisitor();
      await victim.identify({ id: '6001', hash: hash('6001') });
      await victim.connect();
      await victim.acked(victim.send('Only for 6001'));
      for (const wrong of [undefined, hash('6002'), '']) {
        const thief = await newVisitor();
        const session = await thief.identify({ id: '6001', email: 'thief@posteo.example', ...(wrong === undefined ? {} : { hash: wrong }) });
        expect(session).to.deep.include({ proven: false, hasConversations: false, email: { address: 'thief@posteo.example', proof: 'claimed' } });
        await thief.connect();
        expect(thief.texts()).to.deep.equal([]);
      }
    });

    it('who types an address: it arrives with the first message, as a claim', async () => {
      const visitor = await newVisitor();
      expect((await visitor.identify({ email: 'Typed@Posteo.example' })).email).to.deep.equal({ address: 'typed@posteo.example', proof: 'claimed' });
      await visitor.connect();
      await visitor.acked(visitor.send('With an address'));
      const conversation = await world.conversation((row) => row.preview.text === 'With an address');
      const picture = await world.app.reads.picture(world.lena, conversation._id, { timeline: false });
      expect(picture?.person.identities[0]?.aliases).to.deep.equal([{ type: 'email', value: 'typed@posteo.example', proof: 'claimed' }]);
      await visitor.identify({ email: 'better@posteo.example' });
      await waitFor(async () => (await world.app.reads.picture(world.lena, conversation._id, { timeline: false }))?.person.identities[0]?.aliases.some(({ value }) => value === 'better@posteo.example'));
    });

    it('who asks for a code where no mailbox is connected is told so, and wrong codes prove nothing', async () => {
      const visitor = await newVisitor();
      expect((await visitor.call('POST', 'proof/start', {})).status).to.equal(400);
      await visitor.identify({ email: 'prove@posteo.example' });
      expect((await visitor.call('POST', 'proof/start', {})).body).to.deep.equal({ result: 'no_mailbox' });
      const { body } = await visitor.call('POST', 'proof/finish', { code: '000000' });
      expect(body).to.have.property('result').that.is.oneOf(['wrong', 'expired']);
      expect(body).to.have.nested.property('session.email.proof', 'claimed');
      for (const code of ['12345', '1234567', 'abcdef', { $ne: '' }, null]) expect((await visitor.call('POST', 'proof/finish', { code })).status).to.equal(400);
    });
  });
});
