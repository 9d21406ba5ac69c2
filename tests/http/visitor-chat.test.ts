import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { pino } from 'pino';
import { openVisitors } from '../../src/compose/visitors.js';
import { waitFor } from '../support/wait-for.js';
import { openVisitorWorld, TestVisitor, type VisitorWorld } from './visitor-world.js';

describe('Chatting with the company', () => {
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

  it('the visitor hears who answers here, when, and in which language', async () => {
    const visitor = new TestVisitor(world);
    const { body } = await visitor.call('POST', 'session', { language: 'de-CH' });
    expect(body).to.deep.include({ proven: false, hasConversations: false });
    expect(body).to.have.property('config').that.deep.includes({ companyName: 'Velowerk', botName: 'Velowerk\'s assistant', language: 'de', position: 'right', continueByEmail: true, answer: { minutes: 27, measured: false } });
    expect(body).to.have.nested.property('config.opening.openNow', true);
    expect((await visitor.call('GET', 'config?language=tlh')).body).to.have.property('language', 'en');
  });

  it('looking at the bubble stores nothing', async () => {
    const visitor = await newVisitor();
    await visitor.identify({ id: '1', name: 'Only Looking', email: 'looking@posteo.example' });
    await visitor.connect();
    expect((await world.app.reads.people(world.lena, { text: 'Only', limit: 5 })).items).to.deep.equal([]);
  });

  it('a message is acknowledged when it is durable, and comes back in its place', async () => {
    const visitor = await newVisitor();
    await visitor.connect();
    const clientId = visitor.send('Where is my parcel?');
    await visitor.acked(clientId);
    const conversation = await world.conversation((row) => row.preview.text === 'Where is my parcel?');
    expect((await world.app.reads.picture(world.lena, conversation._id, { timeline: false }))?.messages.filter(({ kind }) => kind === 'in')).to.have.length(1);
    const frame = await waitFor(() => visitor.frames.find((candidate) => candidate.type === 'message'));
    expect(frame).to.have.property('message').that.deep.includes({ by: 'you', text: 'Where is my parcel?', clientId, conversationId: conversation._id });
  });

  it('the answer arrives at once, with the first name and nothing more of whoever wrote it', async () => {
    const visitor = await newVisitor();
    await visitor.connect();
    await visitor.acked(visitor.send('A question about brakes'));
    const conversation = await world.conversation((row) => row.preview.text === 'A question about brakes');
    await world.reply(conversation, 'Ask away.');
    const answer = await waitFor(() => visitor.frames.find((frame) => frame.type === 'message' && frame.message.by === 'agent'));
    expect(answer).to.have.property('message').that.includes({ name: 'Lena', text: 'Ask away.' });
    expect(answer).to.have.property('message').that.has.all.keys('conversationId', 'seq', 'by', 'name', 'text', 'at');
    await waitFor(() => visitor.frames.some((frame) => frame.type === 'state' && frame.person?.name === 'Lena'), { what: 'the name of the person who has charge' });
    expect(JSON.stringify(visitor.frames)).to.not.match(/@|agent-lena|Marquardt/);
  });

  it('notes and inner steps never leave the house', async () => {
    const visitor = await newVisitor();
    await visitor.connect();
    await visitor.acked(visitor.send('About my refund'));
    const conversation = await world.conversation((row) => row.preview.text === 'About my refund');
    await world.app.actions.note(world.lena, conversation._id, { text: 'canary: do not pay', attachmentIds: [], clientId: 'note-1', mentions: [] });
    await world.app.actions.setTags(world.lena, conversation._id, ['canary-tag']);
    await world.app.actions.setPriority(world.lena, conversation._id, 'urgent');
    await world.reply(conversation, 'We are looking into it.');
    await waitFor(() => visitor.texts().includes('We are looking into it.'));
    const again = new TestVisitor(world);
    again.token = visitor.token;
    visitors.push(again);
    await again.connect();
    const { body } = await again.call('GET', `messages?before=${conversation._id}:1000`);
    expect(again.texts()).to.deep.equal(['About my refund', 'We are looking into it.']);
    expect(JSON.stringify([visitor.frames, again.frames, body])).to.not.include('canary');
  });

  it('the same message twice, over socket and route, is shown once', async () => {
    const visitor = await newVisitor();
    await visitor.connect();
    const clientId = visitor.send('Only once, please');
    await visitor.acked(clientId);
    visitor.send('Only once, please', { clientId });
    const { status, body } = await visitor.call('POST', 'messages', { type: 'message', clientId, text: 'Only once, please' });
    expect({ status, body }).to.deep.equal({ status: 200, body: { type: 'ack', clientId } });
    await waitFor(() => visitor.frames.filter((frame) => frame.type === 'ack').length === 2);
    const conversation = await world.conversation((row) => row.preview.text === 'Only once, please');
    const messages = (await world.app.reads.picture(world.lena, conversation._id, { timeline: false }))?.messages.filter(({ kind }) => kind === 'in');
    expect(messages).to.have.length(1);
  });

  it('after a lost connection the browser gets exactly what it missed, in order', async () => {
    const visitor = await newVisitor();
    await visitor.connect();
    await visitor.acked(visitor.send('First'));
    const conversation = await world.conversation((row) => row.preview.text === 'First');
    await world.reply(conversation, 'Second');
    await waitFor(() => visitor.texts().length === 2);
    const cursor = visitor.cursor();
    visitor.drop();
    for (let n = 3; n <= 230; n += 1) {
      await world.reply(conversation, `Answer ${n}`);
      if (n % 3 === 0) await world.app.actions.note(world.lena, conversation._id, { text: 'inside', attachmentIds: [], clientId: `gap-${n}`, mentions: [] });
    }
    await visitor.connect(cursor);
    await world.reply(conversation, 'And live again');
    await waitFor(() => visitor.texts().includes('And live again'));
    expect(visitor.texts()).to.deep.equal([...Array.from({ length: 228 }, (_, n) => `Answer ${n + 3}`), 'And live again']);
  });

  it('nothing is lost or doubled when the line breaks again and again in mid-flow', async () => {
    const visitor = await newVisitor();
    await visitor.connect();
    await visitor.acked(visitor.send('Start of the storm'));
    const conversation = await world.conversation((row) => row.preview.text === 'Start of the storm');
    await waitFor(() => visitor.texts().length === 1);
    const seen = new Map<string, number>();
    const remember = (): void => { for (const frame of visitor.frames) if (frame.type === 'message') seen.set(`${frame.message.seq} ${frame.message.text}`, (seen.get(`${frame.message.seq} ${frame.message.text}`) ?? 0) + 1); };
    const answers = (async () => { for (let n = 0; n < 60; n += 1) await world.reply(conversation, `Storm ${n}`); })();
    let cursor = visitor.cursor();
    for (let round = 0; round < 8; round += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      visitor.drop();
      remember();
      cursor = visitor.cursor() || cursor;
      await visitor.connect(cursor);
    }
    await answers;
    await waitFor(() => visitor.texts().includes('Storm 59') || seen.size >= 61);
    remember();
    expect([...seen.values()].every((count) => count === 1), JSON.stringify([...seen])).to.equal(true);
    expect([...seen.keys()].filter((key) => key.includes('Storm'))).to.have.length(60);
  });

  it('somebody who comes back another day sees the newest messages first, and older ones on asking', async () => {
    const visitor = await newVisitor();
    await visitor.connect();
    await visitor.acked(visitor.send('Long story 0'));
    const conversation = await world.conversation((row) => row.preview.text === 'Long story 0');
    for (let n = 1; n < 130; n += 1) await world.reply(conversation, `Long story ${n}`);
    visitor.drop();
    expect(await visitor.begin()).to.include({ hasConversations: true });
    await visitor.connect();
    expect(visitor.texts()).to.deep.equal(Array.from({ length: 50 }, (_, n) => `Long story ${n + 80}`));
    expect(visitor.frames.at(-1)).to.include({ type: 'ready', more: true });
    const seen: string[] = [...visitor.texts()];
    const first = visitor.frames.find((frame) => frame.type === 'message');
    let before = first?.type === 'message' ? `${first.message.conversationId}:${first.message.seq}` : '';
    for (let more = true; more; ) {
      const { body } = await visitor.call('GET', `messages?before=${before}`);
      const page = body as { messages: { conversationId: string; seq: number; text: string; by: string }[]; more: boolean };
      seen.unshift(...page.messages.filter(({ by }) => by !== 'line').map(({ text }) => text));
      before = `${page.messages[0]?.conversationId}:${page.messages[0]?.seq}`;
      more = page.more;
    }
    expect(seen).to.deep.equal(Array.from({ length: 130 }, (_, n) => `Long story ${n}`));
  });

  it('a later conversation follows the earlier one, over both', async () => {
    const visitor = await newVisitor();
    await visitor.connect();
    await visitor.acked(visitor.send('The first matter'));
    const first = await world.conversation((row) => row.preview.text === 'The first matter');
    await world.app.actions.setStatus(world.lena, first._id, 'resolved');
    const cursor = visitor.cursor();
    visitor.drop();
    world.advance(5 * 24 * 60 * 60 * 1000);
    await visitor.connect(cursor);
    await visitor.acked(visitor.send('The second matter'));
    const second = await world.conversation((row) => row.preview.text === 'The second matter');
    expect(second._id).to.not.equal(first._id);
    await waitFor(() => visitor.texts().includes('The second matter'));
    await world.reply(first, 'About the first one again');
    await waitFor(() => visitor.texts().includes('About the first one again'));
    visitor.drop();
    await visitor.connect();
    expect(visitor.texts()).to.deep.equal(['The first matter', 'About the first one again', 'The second matter']);
    const state = visitor.frames.find((frame) => frame.type === 'state');
    expect(state?.type === 'state' && state.conversations.map(({ id }) => id)).to.deep.equal([first._id, second._id]);
  });

  it('two tabs of one visitor see the same', async () => {
    const [one, two] = [await newVisitor(), new TestVisitor(world)];
    visitors.push(two);
    two.token = one.token;
    await Promise.all([one.connect(), two.connect()]);
    const clientId = one.send('From the first tab');
    await one.acked(clientId);
    const conversation = await world.conversation((row) => row.preview.text === 'From the first tab');
    await world.reply(conversation, 'To both');
    await waitFor(() => one.texts().length === 2 && two.texts().length === 2);
    expect(two.texts()).to.deep.equal(['From the first tab', 'To both']);
  });

  it('typing is seen on both sides', async () => {
    const visitor = await newVisitor();
    await visitor.connect();
    await visitor.acked(visitor.send('Typing ahead'));
    const conversation = await world.conversation((row) => row.preview.text === 'Typing ahead');
    await waitFor(() => visitor.texts().length === 1);
    const seen: boolean[] = [];
    const stop = world.app.core.live.subscribe((notice) => {
      if (notice.kind === 'typing' && notice.who.type === 'customer' && notice.conversationId === conversation._id) seen.push(notice.on);
    });
    visitor.say({ type: 'typing', on: true });
    await waitFor(() => seen.length === 1);
    await world.app.actions.setTyping(world.lena, conversation._id, true);
    expect(await waitFor(() => visitor.frames.find((frame) => frame.type === 'typing'))).to.deep.equal({ type: 'typing', name: 'Lena', on: true });
    visitor.drop();
    await waitFor(() => seen.length === 2);
    expect(seen).to.deep.equal([true, false]);
    stop();
  });

  it('delivered and read come by the browser\'s word, never for more than there is', async () => {
    const visitor = await newVisitor();
    await visitor.connect();
    await visitor.acked(visitor.send('Tell me when you have it'));
    const conversation = await world.conversation((row) => row.preview.text === 'Tell me when you have it');
    const answer = await world.reply(conversation, 'I have it');
    const delivery = async (): Promise<string | undefined> => (await world.app.reads.message(world.lena, answer._id))?.delivery?.state;
    await waitFor(async () => (await delivery()) === 'sent', { what: 'sent' });
    visitor.say({ type: 'receipt', state: 'delivered', conversationId: conversation._id, seq: 900_000 });
    await waitFor(async () => (await delivery()) === 'delivered', { what: 'delivered' });
    visitor.say({ type: 'receipt', state: 'read', conversationId: conversation._id, seq: 900_000 });
    await waitFor(async () => (await delivery()) === 'read', { what: 'read' });
    const row = await waitFor(async () => {
      const current = await world.app.reads.conversation(world.lena, conversation._id);
      return current?.customerReadSeq === undefined ? undefined : current;
    });
    expect(row.customerReadSeq).to.be.at.most(row.lastSeq);
    await world.app.actions.markRead(world.lena, conversation._id, row.lastSeq);
    await waitFor(() => visitor.frames.some((frame) => frame.type === 'state' && (frame.conversations[0]?.seenSeq ?? 0) >= row.lastInSeq), { what: 'the mark that somebody has seen it' });
  });

  it('while a browser is connected the house knows, so that no mail is sent beside it', async () => {
    const { app, url } = world;
    const side = openVisitors({ core: app.core, book: app.book, receive: (events) => app.receive(events), sendNotice: () => Promise.resolve(undefined), blobs: app.store.blobs, publicUrl: url, log: pino({ level: 'silent' }) });
    const server = createServer(express().use(side.routes));
    server.on('upgrade', (request, socket, head) => side.handleUpgrade(request, socket, head));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const visitor = new TestVisitor({ url: here, api: () => `${here}/chat/v1/${world.channel._id}` });
    await visitor.begin();
    await visitor.connect();
    await visitor.acked(visitor.send('Am I here?'));
    const { identityId } = await world.conversation((row) => row.preview.text === 'Am I here?');
    expect(side.isPresent(identityId)).to.equal(true);
    visitor.drop();
    await waitFor(() => !side.isPresent(identityId));
    side.close();
    await new Promise((resolve) => server.close(resolve));
  });
});
