import { expect } from 'chai';
import { createMastodonAdapter } from '../../../src/adapters/mastodon/index.js';
import { createGuardedFetch, type GuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import type { MessageEvent } from '../../../src/inbox/model/event.js';
import { accountOf, answerOf, collectingHost, noteParts } from '../../support/collecting-host.js';
import { startMastodon } from '../../support/fakes/mastodon.js';
import { waitFor } from '../../support/wait-for.js';

const ines = { id: 'ines-kern', name: 'Ines Kern' };

describe('Mastodon: a server on the other side', () => {
  let far: Awaited<ReturnType<typeof startMastodon>>;
  let fetch: GuardedFetch;
  const closing: (() => Promise<void>)[] = [];
  const open = async (options: { visibility?: string } = {}) => {
    far = await startMastodon(options);
    fetch = createGuardedFetch({ allow: far.allow });
    const adapter = createMastodonAdapter({ fetch, clock: Date.now, pollMs: 10 });
    const account = accountOf('mastodon', adapter.settings.parse({ ...far.settings, ...far.secrets }));
    closing.push(() => fetch.close(), () => far.stop());
    return { adapter, account };
  };
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  it('what came while nobody listened is read from the cursor, and nothing that was there before', async () => {
    const { adapter, account } = await open();
    far.server.notify('mention', { account: far.server.account(ines), status: far.server.add({ account: far.server.account(ines), content: '<p>long ago</p>' }) });
    const { host, state } = collectingHost();
    const first = adapter.open(account, host);
    await far.connected?.();
    await first.stop();
    expect(state.events.filter(({ type }) => type === 'message')).to.deep.equal([]);
    const told = far.says({ conversation: 'c1', from: ines, text: 'While you were away' });
    const second = adapter.open(account, host);
    await told;
    await waitFor(() => state.events.some((event) => event.type === 'message' && event.text === 'While you were away'));
    await second.stop();
    expect(JSON.stringify(state.cursor)).not.to.contain(far.server.token);
  });

  it('a direct answer stays direct, names the person and answers the newest post', async () => {
    const { adapter, account } = await open({ visibility: 'direct' });
    const { host, state } = collectingHost();
    const held = adapter.open(account, host);
    await far.connected?.();
    const post = await far.says({ conversation: 'c1', from: ines, text: 'Only between us' });
    const event = await waitFor(() => state.events.find((one): one is MessageEvent => one.type === 'message'));
    const outcome = await adapter.deliver(answerOf('Gladly', { ...(event.thread.handle === undefined ? {} : { handle: event.thread.handle }) }), account, noteParts());
    await held.stop();
    expect(outcome.result).to.equal('sent');
    expect(far.server.posted[0]?.status).to.deep.include({ visibility: 'direct', in_reply_to_id: post.externalId });
    expect(far.server.posted[0]?.plain).to.equal('@ines_kern@rad.example Gladly');
    expect(far.server.posted[0]?.status.mentions.map(({ id }) => id)).to.deep.equal(['acc-ines-kern']);
  });

  it('a favourite of our post is a reaction', async () => {
    const { adapter, account } = await open();
    const { host, state } = collectingHost();
    const held = adapter.open(account, host);
    await far.connected?.();
    const ours = far.server.add({ account: far.server.me, content: '<p>Danke</p>' });
    far.server.notify('favourite', { account: far.server.account(ines), status: ours });
    const reaction = await waitFor(() => state.events.find(({ type }) => type === 'reaction'));
    await held.stop();
    expect(reaction).to.deep.include({ target: ours.id, op: 'add', emoji: '⭐' });
  });

  it('the second attempt of a lost answer posts nothing twice, and goes on behind the parts that were taken', async () => {
    const { adapter, account } = await open();
    const status = far.server.add({ account: far.server.account(ines), content: '<p>x</p>' });
    const handle = { statusId: status.id, visibility: 'public', mention: 'ines_kern@rad.example' };
    far.failNext('lost_answer');
    const long = 'Ein längerer Satz über Fahrräder. '.repeat(20);
    const tools = noteParts();
    expect((await adapter.deliver(answerOf(long, { handle }), account, tools)).result).to.equal('retry');
    expect((await adapter.deliver(answerOf(long, { handle, attempt: 2, sentParts: tools.parts }), account, tools)).result).to.equal('sent');
    expect(far.server.posted.length).to.equal(2);
    expect(far.server.posted[1]?.status.in_reply_to_id).to.equal(far.server.posted[0]?.status.id);
    far.failNext('lost_answer');
    expect((await adapter.deliver(answerOf('Much later', { handle, attempt: 11, messageId: 'another' }), account, noteParts())).result, 'the key may be forgotten by now').to.equal('unknown');
  });

  it('edits keep the files of a post, a deletion twice is one', async () => {
    const { adapter, account } = await open();
    const ours = far.server.add({ account: far.server.me, content: '<p>old</p>', media_attachments: [{ id: '77', type: 'image', url: 'x', meta: {} }] });
    const about = { threadKey: 'c1', handle: { statusId: ours.id, visibility: 'public', mention: 'ines_kern@rad.example' }, to: { identityId: 'x', externalUserId: 'y' } };
    expect((await adapter.act({ type: 'edit', target: ours.id, text: 'new' }, about, account)).result).to.equal('sent');
    expect(far.server.statuses[0]?.content).to.contain('new');
    expect(far.server.edited[0]?.media_ids).to.deep.equal(['77']);
    for (let time = 0; time < 2; time += 1) expect((await adapter.act({ type: 'delete', target: ours.id }, about, account)).result).to.equal('sent');
    expect(far.server.statuses.length).to.equal(0);
  });

  it('files are read from the server’s own hosts only, and without the token', async () => {
    const { adapter, account } = await open();
    far.server.media.set('7', { name: 'rad.jpg', bytes: Buffer.from('a picture') });
    expect(await adapter.fetchFile({ url: `${far.server.url}/files/7/rad.jpg` }, account, { maxBytes: 1_000 })).to.have.property('bytes');
    const before = far.server.calls.length;
    for (const url of ['https://evil.example/x.png', 'http://169.254.169.254/latest', `http://127.0.0.1:1/x`]) expect(await adapter.fetchFile({ url }, account, { maxBytes: 1_000 }), url).to.have.property('gone');
    expect(far.server.calls.length).to.equal(before);
  });

  it('a revoked token breaks the channel; the test of a connection says what to do', async () => {
    const { adapter, account } = await open();
    expect((await adapter.test(account.settings)).ok).to.equal(true);
    far.server.token = 'another';
    const { host, state } = collectingHost();
    const held = adapter.open(account, host);
    await waitFor(() => state.health.some((health) => health.state === 'broken'));
    await held.stop();
    const report = await adapter.test(account.settings);
    expect(report.ok).to.equal(false);
    expect(report.steps[0]?.detail).to.contain('Preferences → Development');
  });

  it('a gap is filled in order, back to its beginning', async () => {
    const { adapter, account } = await open();
    for (let n = 0; n < 90; n += 1) {
      const status = far.server.add({ account: far.server.account(ines), content: `<p>${n}</p>` });
      far.server.notify('mention', { account: status.account, status });
    }
    const { host, state } = collectingHost();
    const result = await adapter.backFill(Date.now() - 60_000, account, host.sink);
    expect(result).to.deep.equal({ found: 90, complete: true });
    expect(state.events.map((event) => (event.type === 'message' ? event.text : ''))).to.deep.equal(Array.from({ length: 90 }, (_, n) => String(n)));
  });
});
