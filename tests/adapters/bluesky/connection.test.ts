import { expect } from 'chai';
import { createBlueskyAdapter } from '../../../src/adapters/bluesky/index.js';
import { createGuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import { accountOf, answerOf, collectingHost, noteParts } from '../../support/collecting-host.js';
import { startBluesky, startBlueskyChat } from '../../support/fakes/bluesky.js';
import { waitFor } from '../../support/wait-for.js';

const ines = { id: 'ines-kern', name: 'Ines Kern' };

describe('Bluesky: a service on the other side', () => {
  const closing: (() => Promise<void>)[] = [];
  const open = async (chats = false) => {
    const far = await (chats ? startBlueskyChat() : startBluesky());
    const fetch = createGuardedFetch({ allow: far.allow });
    const time = { now: undefined as number | undefined };
    const create = () => createBlueskyAdapter({ fetch, clock: () => time.now ?? Date.now(), pollMs: 10 });
    const adapter = create();
    const account = accountOf('bluesky', adapter.settings.parse({ ...far.settings, ...far.secrets }));
    closing.push(() => fetch.close(), () => far.stop());
    return { far, adapter, account, create, time };
  };
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  it('the session outlives a restart in the cursor, sealed; nobody signs in twice', async () => {
    const { far, adapter, account, create } = await open();
    const { host, state } = collectingHost();
    const first = adapter.open(account, host);
    await far.connected?.();
    await first.stop();
    expect(JSON.stringify(state.cursor)).not.to.match(/access-|refresh-|abcd-efgh/u);
    far.server.calls.length = 0;
    const told = far.says({ conversation: 'c1', from: ines, text: 'While you were away' });
    const second = create().open(account, host);
    await told;
    await waitFor(() => state.events.some((event) => event.type === 'message' && event.text === 'While you were away'));
    await second.stop();
    expect(far.server.signIns).to.equal(1);
    expect(far.server.calls).to.include('com.atproto.server.refreshSession');
  });

  it('a token that ran out is renewed in the middle of an answer', async () => {
    const { far, adapter, account } = await open();
    const post = far.server.post(far.server.profile(ines), { text: 'x' });
    const reference = { uri: post.uri, cid: post.cid };
    const handle = { kind: 'post', root: reference, parent: reference };
    expect((await adapter.deliver(answerOf('One', { handle }), account, noteParts())).result).to.equal('sent');
    far.server.accessJwt = 'over';
    expect((await adapter.deliver(answerOf('Two', { handle, messageId: '0ABCDEFGhijklmnp' }), account, noteParts())).result).to.equal('sent');
    expect(far.server.signIns).to.equal(1);
  });

  it('a refused sign-in breaks the channel and is not tried again for a quarter of an hour', async () => {
    const { far, adapter, account, time } = await open();
    far.server.failSignIn = { status: 401, error: 'AuthenticationRequired', message: 'Invalid identifier or password' };
    const reference = { uri: 'at://did:plc:x/app.bsky.feed.post/3l5root222222', cid: 'x' };
    const answer = answerOf('One', { handle: { kind: 'post', root: reference, parent: reference } });
    for (let n = 0; n < 3; n += 1) expect(await adapter.deliver(answer, account, noteParts())).to.deep.include({ result: 'rejected', because: 'auth', channelBroken: true });
    expect(far.server.signIns).to.equal(1);
    time.now = Date.now() + 16 * 60_000;
    await adapter.deliver(answer, account, noteParts());
    expect(far.server.signIns).to.equal(2);
    const report = await adapter.test(account.settings);
    expect(report.steps).to.have.length(1);
    expect(report.steps[0]?.detail).to.contain('Invalid identifier or password');
  });

  it('a post whose answer was lost is put again under its key, and is one; parts hang on each other', async () => {
    const { far, adapter, account } = await open();
    const post = far.server.post(far.server.profile(ines), { text: 'x' });
    const reference = { uri: post.uri, cid: post.cid };
    const outbound = answerOf('Ein längerer Satz über Fahrräder. '.repeat(15), { handle: { kind: 'post', root: reference, parent: reference } });
    far.failNext('lost_answer');
    const tools = noteParts();
    expect((await adapter.deliver(outbound, account, tools)).result).to.equal('retry');
    expect(await adapter.deliver({ ...outbound, attempt: 2, sentParts: tools.parts }, account, tools)).to.deep.include({ result: 'sent' });
    expect(far.server.posted.length).to.equal(2);
    expect(far.server.posted[0]?.answers).to.equal(post.uri);
    expect(far.server.posted[1]?.answers).to.equal(far.server.posted[0]?.id);
    const resumed = await adapter.deliver({ ...outbound, attempt: 3, sentParts: tools.parts.slice(0, 1) }, account, noteParts());
    expect(resumed.result).to.equal('sent');
    expect(far.server.posted.length).to.equal(2);
  });

  it('an attempt that takes long ends between two parts, and the next one goes on', async () => {
    const { far, adapter, account, time } = await open();
    const post = far.server.post(far.server.profile(ines), { text: 'x' });
    const reference = { uri: post.uri, cid: post.cid };
    const outbound = answerOf('Ein längerer Satz über Fahrräder. '.repeat(15), { handle: { kind: 'post', root: reference, parent: reference } });
    const tools = noteParts();
    const slow = { ...tools, partSent: (id: string) => {
      time.now = Date.now() + 13_000;
      return tools.partSent(id);
    } };
    expect((await adapter.deliver(outbound, account, slow)).result).to.equal('retry');
    expect(tools.parts.length).to.equal(1);
    expect((await adapter.deliver({ ...outbound, attempt: 2, sentParts: [...tools.parts] }, account, tools)).result).to.equal('sent');
    expect(far.server.posted.length).to.equal(2);
  });

  it('a chat message whose answer was lost is looked for before it is said again', async () => {
    const { far, adapter, account } = await open(true);
    far.server.chat('c1', [far.server.profile(ines)]);
    const outbound = answerOf('Nur einmal', { handle: { kind: 'chat', convoId: 'c1' }, answers: { messageId: 'm', externalId: 'e', at: Date.now(), name: 'Ines', text: '' } });
    far.failNext('lost_answer');
    expect((await adapter.deliver(outbound, account, noteParts())).result).to.equal('retry');
    const tools = noteParts();
    expect((await adapter.deliver({ ...outbound, attempt: 2 }, account, tools)).result).to.equal('sent');
    expect(far.server.posted.length).to.equal(1);
    expect(tools.parts).to.deep.equal([far.server.posted[0]?.id]);
  });

  it('a like of our post comes in; likes and deletions go out, and twice is once', async () => {
    const { far, adapter, account } = await open();
    const { host, state } = collectingHost();
    const held = adapter.open(account, host);
    await far.connected?.();
    const ours = far.server.post(far.server.me, { text: 'Danke' });
    const like = far.server.put(far.server.profile(ines), 'app.bsky.feed.like', '3l5like222222', { subject: { uri: ours.uri, cid: ours.cid } });
    far.server.notify('like', like, ours.uri);
    const reaction = await waitFor(() => state.events.find(({ type }) => type === 'reaction'));
    await held.stop();
    expect(reaction).to.deep.include({ target: ours.uri, emoji: '❤️' });
    const about = { threadKey: 'c1', to: { identityId: 'x', externalUserId: 'y' } };
    for (let n = 0; n < 2; n += 1) expect((await adapter.act({ type: 'react', target: ours.uri, emoji: '👍', on: true }, about, account)).result).to.equal('sent');
    expect([...far.server.records.keys()].filter((uri) => uri.includes(far.server.me.did) && uri.includes('like')).length).to.equal(1);
    for (let n = 0; n < 2; n += 1) expect((await adapter.act({ type: 'delete', target: ours.uri }, about, account)).result).to.equal('sent');
    expect(far.server.records.has(ours.uri)).to.equal(false);
    expect((await adapter.act({ type: 'delete', target: 'chat/c1/m1' }, about, account)).result).to.equal('rejected');
  });

  it('an app password without direct messages is told; posts go on', async () => {
    const { far, adapter, account } = await open();
    far.server.chatsRefused = true;
    const { host, state } = collectingHost();
    const held = adapter.open(account, host);
    await waitFor(() => state.health.some((health) => health.state === 'trouble' && health.text?.includes('app password') === true));
    const post = await far.says({ conversation: 'c1', from: ines, text: 'Publicly' });
    await waitFor(() => state.events.some((event) => event.type === 'message' && event.externalId === post.externalId));
    await held.stop();
    expect(state.health.some((health) => health.state === 'broken')).to.equal(false);
    expect(far.server.calls.filter((method) => method.startsWith('chat.')).length, 'not asked again and again').to.be.lessThan(4);
    const outcome = await adapter.deliver(answerOf('x', { handle: { kind: 'chat', convoId: 'c1' } }), account, noteParts());
    expect(outcome).to.deep.include({ result: 'rejected', because: 'auth' }).and.not.to.have.property('channelBroken');
    expect((await adapter.test(account.settings)).steps.at(-1)).to.deep.include({ name: 'Direct messages can be read', ok: false });
  });

  it('one odd notification loses none of its page', async () => {
    const { far, adapter, account } = await open();
    const { host, state } = collectingHost();
    const held = adapter.open(account, host);
    await far.connected?.();
    if (typeof far.batch === 'string') throw new Error(far.batch);
    await far.batch([{ conversation: 'c1', from: ines, text: 'Before' }, { conversation: 'c2', from: ines, text: 'After' }], { broken: true });
    await waitFor(() => state.events.filter(({ type }) => type === 'message').length === 2);
    await held.stop();
    expect(state.events.some((event) => event.type === 'ignored' && event.native !== undefined)).to.equal(true);
  });
});
