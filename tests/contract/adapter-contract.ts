import { expect } from 'chai';
import { embeddedDatabases } from '../support/engines.js';
import { waitFor } from '../support/wait-for.js';
import { answersContract } from './adapter-contract-answers.js';
import { badInputContract } from './adapter-contract-bad-input.js';
import { ines, offered, tarek } from './adapter-contract-tools.js';
import { type AdapterWorld, openAdapterWorld } from './adapter-world.js';
import type { AdapterUnderTest } from './fake-platform.js';

/** What every channel has to keep, with a real core on this side and the platform's fake, or a real server, on the other. */
export function adapterContract(under: AdapterUnderTest): void {
  const databases = embeddedDatabases();
  const state = { world: undefined as AdapterWorld | undefined };
  const world = (): AdapterWorld => {
    if (state.world === undefined) throw new Error('there is no world yet');
    return state.world;
  };
  beforeEach(async function () {
    this.timeout(60_000);
    state.world = await openAdapterWorld(under, await databases.open());
  });
  afterEach(async function () {
    this.timeout(60_000);
    await state.world?.close();
    state.world = undefined;
  });

  inboundContract(under, world);
  changesContract(world);
  answersContract(under, world);
  badInputContract(under, world);
}

function inboundContract(under: AdapterUnderTest, world: () => AdapterWorld): void {
  it('a message comes in complete: who, where, what, and the clock runs', async () => {
    const w = world();
    const post = await w.farEnd.says({ conversation: 'c1', from: ines, text: 'Mein Rad quietscht – was nun? 🚲' });
    const message = await w.arrived(post);
    expect(message.text).to.equal('Mein Rad quietscht – was nun? 🚲');
    expect(message.kind).to.equal('in');
    const conversation = await w.c.conversations.get(message.conversationId);
    expect(conversation?.waitingSince).to.be.a('number');
    expect(conversation?.channelKind).to.equal(under.kind);
    const identity = await w.c.identities.get(conversation?.identityId ?? '');
    expect(identity?.kind).to.equal(under.kind);
    expect(identity?._id.split(':').length, 'kind, scope and user').to.be.greaterThan(2);
    expect(Math.abs(message.at - Date.now())).to.be.lessThan(120_000);
  });

  it('the same delivery once more shows nothing twice', async () => {
    const w = world();
    const post = await w.farEnd.says({ conversation: 'c1', from: ines, text: 'Only once' });
    const { conversationId } = await w.arrived(post);
    await post.again();
    await w.settle();
    expect((await w.talk(conversationId)).map((one) => one.text)).to.deep.equal(['Only once']);
  });

  it('the same post under another delivery id shows nothing twice', async function () {
    const w = world();
    const post = await w.farEnd.says({ conversation: 'c1', from: ines, text: 'Two ids, one post' });
    const { conversationId } = await w.arrived(post);
    const again = offered(this, post.underOtherId ?? 'it delivers a post under one id only', 'the same post under another id');
    await again();
    await w.settle();
    expect((await w.talk(conversationId)).length).to.equal(1);
  });

  it('keeps the order of a conversation, and conversations apart', async () => {
    const w = world();
    const texts = Array.from({ length: 8 }, (_, n) => `Line ${n + 1}`);
    const posts = [];
    for (const text of texts) posts.push(await w.farEnd.says({ conversation: 'c1', from: ines, text }));
    const other = await w.farEnd.says({ conversation: 'c2', from: tarek, text: 'Somebody else' });
    const [first] = posts;
    if (first === undefined) throw new Error('nothing was said');
    for (const post of posts) await w.arrived(post);
    const mine = await w.arrived(first);
    const theirs = await w.arrived(other);
    expect((await w.talk(mine.conversationId)).map((one) => one.text)).to.deep.equal(texts);
    expect(theirs.conversationId).not.to.equal(mine.conversationId);
  });

  it('a batch with one event that nobody understands loses none of the others', async function () {
    const w = world();
    const batch = offered(this, w.farEnd.batch, 'batches');
    const posts = await batch([{ conversation: 'c1', from: ines, text: 'Before' }, { conversation: 'c2', from: tarek, text: 'After' }], { broken: true });
    for (const post of posts) expect((await w.arrived(post)).text).to.be.oneOf(['Before', 'After']);
    const ignored = (await w.ledger()).filter((row) => row.state === 'ignored');
    expect(ignored.length, 'the broken one is in the ledger').to.be.greaterThan(0);
  });

  it('a file that comes with a message is fetched, stored, and then shown', async function () {
    const w = world();
    if (!w.adapter.capabilities.inbound.includes('files')) offered(this, 'the channel carries no files in', 'files');
    const bytes = Buffer.from('%PDF-1.4 an invoice of Velowerk');
    const post = await w.farEnd.says({ conversation: 'c1', from: ines, text: 'See the file', files: [{ name: 'invoice.pdf', mime: 'application/pdf', bytes }] });
    const stored = await waitFor(async () => {
      const file = (await w.message(post))?.attachments?.[0];
      return file !== undefined && file.state === undefined ? file : undefined;
    }, { what: 'the stored file' });
    expect(await w.blobs.get(stored.id)).to.deep.equal(bytes);
    expect(stored.size).to.equal(bytes.length);
  });

  it('an answer that a colleague wrote in the platform’s own app stops the clock', async function () {
    const w = world();
    const outside = offered(this, w.farEnd.outside, 'answers from outside');
    const { conversationId } = await w.arrived(await w.farEnd.says({ conversation: 'c1', from: ines, text: 'Anybody there?' }));
    const theirs = await w.arrived(await outside('c1', 'Yes, from my phone.'));
    expect(theirs.kind).to.equal('out');
    expect(theirs.author.type).to.equal('outside');
    expect(theirs.conversationId).to.equal(conversationId);
    expect((await w.c.conversations.get(conversationId))?.waitingSince).to.equal(undefined);
    expect((await w.c.waits.ofConversation(conversationId)).map((wait) => wait.state)).to.deep.equal(['answered']);
  });

  it('what a bot or the platform itself posts makes nobody wait', async function () {
    const w = world();
    const botSays = offered(this, w.farEnd.botSays, 'bots');
    const { conversationId } = await w.arrived(await w.farEnd.says({ conversation: 'c1', from: ines, text: 'Hello' }));
    await w.answer(conversationId, 'Good day');
    await botSays('c1', 'Beep');
    await waitFor(async () => (await w.ledger()).length >= 2);
    await w.settle();
    expect((await w.c.conversations.get(conversationId))?.waitingSince).to.equal(undefined);
  });

  it('an event of a kind that nobody knows is kept as such', async function () {
    const w = world();
    const unknownKind = offered(this, w.farEnd.unknownKind, 'unknown kinds');
    const name = await unknownKind();
    const row = await waitFor(async () => (await w.ledger()).find((one) => one.state === 'ignored' && (one.reason ?? '').includes(name)), { what: `a ledger row about ${name}` });
    expect(row.event).to.have.property('native');
  });

  it('somebody who types is shown while they do', async function () {
    const w = world();
    const typing = offered(this, w.farEnd.typing, 'typing');
    await w.arrived(await w.farEnd.says({ conversation: 'c1', from: ines, text: 'Wait' }));
    await typing('c1', ines, true);
    await waitFor(() => w.notices.some((notice) => notice.kind === 'typing' && notice.on && notice.who.type === 'customer'), { what: 'the typing sign' });
  });
}

function changesContract(world: () => AdapterWorld): void {
  for (const order of ['after', 'before'] as const) {
    const change = async (w: AdapterWorld, act: (say: () => ReturnType<AdapterWorld['farEnd']['says']>) => Promise<void>): Promise<void> => {
      const say = () => w.farEnd.says({ conversation: 'c1', from: ines, text: 'First words' });
      if (order === 'before') await w.reversed(() => act(say), 2);
      else await act(async () => {
        const post = await say();
        await w.arrived(post);
        return post;
      });
    };

    it(`an edit that comes ${order} its message shows the new words and keeps the old`, async function () {
      const w = world();
      const edits = offered(this, w.farEnd.edits, 'edits');
      let id = '';
      await change(w, async (say) => {
        const post = await say();
        id = post.externalId;
        await edits(post, 'Second words');
      });
      const message = await waitFor(async () => {
        const now = await w.message({ externalId: id });
        return now?.text === 'Second words' ? now : undefined;
      }, { what: 'the new words' });
      expect(message.revisions?.map((one) => one.text)).to.deep.equal(['First words']);
    });

    it(`a deletion that comes ${order} its message marks it, and its words stay`, async function () {
      const w = world();
      const deletes = offered(this, w.farEnd.deletes, 'deletions');
      let id = '';
      await change(w, async (say) => {
        const post = await say();
        id = post.externalId;
        await deletes(post);
      });
      const message = await waitFor(async () => {
        const now = await w.message({ externalId: id });
        return now?.deleted === undefined ? undefined : now;
      }, { what: 'the mark' });
      expect(message.text).to.equal('First words');
      await w.settle();
      expect((await w.c.conversations.get(message.conversationId))?.waitingSince, 'nobody waits for what they took back').to.equal(undefined);
    });

    it(`a reaction that comes ${order} its message stands there, and goes when it is taken back`, async function () {
      const w = world();
      const reacts = offered(this, w.farEnd.reacts, 'reactions');
      let id = '';
      await change(w, async (say) => {
        const post = await say();
        id = post.externalId;
        await reacts(post, ines, '👍', true);
      });
      const message = await waitFor(async () => {
        const now = await w.message({ externalId: id });
        return (now?.reactions?.length ?? 0) > 0 ? now : undefined;
      }, { what: 'the reaction' });
      expect(message.reactions?.length).to.equal(1);
      await reacts({ externalId: id, conversation: 'c1' }, ines, '👍', false);
      await waitFor(async () => (await w.message({ externalId: id }))?.reactions?.length === 0, { what: 'no reaction any more' });
    });
  }
}
