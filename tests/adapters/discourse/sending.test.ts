import { expect } from 'chai';
import type { Account, DeliveryTools, Outbound } from '../../../src/adapters/contract.js';
import { createDiscourseAdapter } from '../../../src/adapters/discourse/index.js';
import { outcomeOfAnswer } from '../../../src/adapters/discourse/outcome.js';
import { createGuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';
import { startDiscourse } from '../../support/fakes/discourse.js';

const ines = { id: 'ines-kern', name: 'Ines Kern' };
const context = { threadKey: 'topic:900', to: { identityId: 'discourse:x:100', externalUserId: '100' } };

function outbound(more: Partial<Outbound>): Outbound {
  return {
    messageId: 'm1', conversationId: 'k1', seq: 2, attempt: 1, text: 'Gern, wir schauen es an.', author: { type: 'agent', name: 'Jana' }, isAutomatic: false, attachments: [], to: { identityId: 'discourse:x:100', externalUserId: '100' },
    threadKey: 'topic:900', handle: { postNumber: 1 }, sentParts: [], companyName: 'Velowerk', ...more,
  };
}

async function open(options: { privateMessages?: boolean } = {}) {
  const site = await startDiscourse(options);
  const fetch = createGuardedFetch({ allow: site.allow });
  const adapter = createDiscourseAdapter({ fetch, clock: Date.now });
  const account = { channel: { _id: 'chan1' }, settings: adapter.settings.parse({ ...site.settings, ...site.secrets }) } as Account;
  const tools: DeliveryTools = { partSent: () => Promise.resolve(), readFile: () => Promise.resolve(Buffer.from('%PDF')) };
  return { site, adapter, account, tools, close: async () => { await fetch.close(); await site.stop(); } };
}

describe('what goes out to a Discourse community', () => {
  let world: Awaited<ReturnType<typeof open>> | undefined;
  const start = async (options?: { privateMessages?: boolean }) => (world = await open(options));
  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  it('an answer stands under the post it answers; the same message twice is one post, the same words again are refused', async () => {
    const { site, adapter, account, tools } = await start();
    const said = await site.says({ conversation: 'c1', from: ines, text: 'Die Kette springt.' });
    const first = await adapter.deliver(outbound({}), account, tools);
    expect(site.received()[0]).to.include({ conversation: 'c1', answers: said.externalId });
    expect(await adapter.deliver(outbound({ attempt: 2 }), account, tools)).to.deep.equal(first);
    expect(site.received().length).to.equal(1);
    expect(await adapter.deliver(outbound({ messageId: 'm2' }), account, tools)).to.deep.include({ result: 'rejected', because: 'invalid' }).and.have.property('reason').that.contains('too similar');
  });

  it('files stand below the text, pictures as pictures', async () => {
    const { site, adapter, account, tools } = await start();
    await site.says({ conversation: 'c1', from: ines, text: 'Habt ihr einen Plan?' });
    await adapter.deliver(outbound({ attachments: [{ id: 'a', name: 'plan [1].pdf', mime: 'application/pdf', size: 4, kind: 'file' }, { id: 'b', name: 'foto.png', mime: 'image/png', size: 4, kind: 'image' }] }), account, tools);
    expect(site.received()[0]?.text).to.equal('Gern, wir schauen es an.\n\n[plan  1 .pdf|attachment](upload://up1.pdf)\n![foto.png](upload://up2.png)');
    expect(site.received()[0]?.files).to.deep.equal([{ name: 'plan [1].pdf', bytes: 4 }, { name: 'foto.png', bytes: 4 }]);
  });

  it('changes, deletes and likes, twice as well as once', async () => {
    const { site, adapter, account } = await start();
    const said = await site.says({ conversation: 'c1', from: ines, text: 'Danke euch!' });
    const like = (on: boolean) => adapter.act({ type: 'react', target: said.externalId, emoji: '❤️', on }, context, account);
    for (const on of [true, true]) expect(await like(on)).to.deep.equal({ result: 'sent' });
    expect(site.likes.size).to.equal(1);
    for (const on of [false, false]) expect(await like(on)).to.deep.equal({ result: 'sent' });
    expect(site.likes.size).to.equal(0);
    expect(await adapter.act({ type: 'edit', target: said.externalId, text: '**neu**' }, context, account)).to.deep.equal({ result: 'sent' });
    expect(site.posts.get(Number(said.externalId))?.raw).to.equal('**neu**');
    for (let turn = 0; turn < 2; turn += 1) expect(await adapter.act({ type: 'delete', target: said.externalId }, context, account)).to.deep.equal({ result: 'sent' });
    expect(await adapter.act({ type: 'edit', target: said.externalId, text: 'weg' }, context, account)).to.include({ result: 'rejected', because: 'not_found' });
    expect(await adapter.act({ type: 'react', target: said.externalId, emoji: '👍', on: true }, context, account)).to.include({ result: 'rejected' });
  });

  it('tells a dead key from a closed topic, and a limit’s time from its body or header', () => {
    const of = (status: number, body: unknown, headers: Record<string, string> = {}) => outcomeOfAnswer({ status, headers, body }, 0);
    expect(of(403, { errors: ['You are not permitted to view the requested resource. The API username or key is invalid.'] })).to.include({ because: 'auth', channelBroken: true });
    expect(of(403, { errors: ['You are not permitted to view the requested resource.'] })).to.include({ because: 'blocked' }).and.not.to.have.property('channelBroken');
    expect(of(429, { extras: { wait_seconds: 17 } }, { 'retry-after': '3' })).to.include({ result: 'retry', afterMs: 17_000 });
    expect(of(429, 'Slow down', { 'retry-after': '3' })).to.include({ result: 'retry', afterMs: 3_000 });
    expect(of(502, undefined)).to.include({ result: 'unknown' });
  });

  it('fills in what was missed, public and private, the oldest first; private only where it is wanted', async () => {
    for (const privateMessages of [true, false]) {
      const { site, adapter, account } = await start({ privateMessages });
      for (let n = 1; n <= 52; n += 1) await site.says({ conversation: 'c1', from: ines, text: `Beitrag ${n}` });
      await site.says({ conversation: 'pm-1', from: ines, text: 'Nur für euch' });
      const events: InboundEvent[] = [];
      const result = await adapter.backFill(Date.now() - 60_000, account, (list) => { events.push(...list); return Promise.resolve(); });
      expect(result).to.deep.equal({ found: privateMessages ? 53 : 52, complete: true });
      expect(events.slice(0, 2).map((event) => event.type === 'message' && event.text)).to.deep.equal(['Beitrag 1', 'Beitrag 2']);
      if (privateMessages) expect(events.at(-1)).to.have.nested.property('thread.audience', 'private');
      await world?.close();
      world = undefined;
    }
  });

  it('fetches an upload from where the site keeps it, and shows our key to nobody but the site', async () => {
    const { site, adapter, account } = await start();
    site.uploads.set('aB3.pdf', { name: 'x.pdf', bytes: Buffer.from('%PDF') });
    expect(await adapter.fetchFile({ upload: 'aB3.pdf' }, account, { maxBytes: 100 })).to.deep.include({ bytes: Buffer.from('%PDF') });
    expect(site.leaks).to.deep.equal([]);
    expect(await adapter.fetchFile({ upload: 'zzz.pdf' }, account, { maxBytes: 100 })).to.have.property('gone');
    expect(await adapter.fetchFile({ upload: '../../admin' }, account, { maxBytes: 100 })).to.have.property('gone');
  });

  it('tests the connection step by step', async () => {
    const { site, adapter } = await start();
    const settings = (more: object) => adapter.settings.parse({ ...site.settings, ...site.secrets, ...more });
    expect((await adapter.test(settings({}))).steps.map((step) => [step.name, step.ok])).to.deep.equal([['Community answers', true], ['API key', true], ['May read posts', true]]);
    expect((await adapter.test(settings({ apiUsername: '@jonas_w' }))).steps.find((step) => !step.ok)).to.include({ name: 'API key', detail: 'It writes as VelowerkSupport, the settings say jonas_w.' });
    const wrong = await adapter.test(settings({ apiKey: 'wrong' }));
    expect(wrong.ok).to.equal(false);
    expect(wrong.steps.map((step) => step.ok)).to.deep.equal([true, false, false]);
  });

  it('says what is wrong with the settings', () => {
    const adapter = createDiscourseAdapter({ fetch: () => Promise.reject(new Error('not asked')), clock: Date.now });
    const good = { baseUrl: 'https://community.velowerk.example/', apiUsername: '@Support', apiKey: 'k', webhookSecret: 'twelve characters' };
    expect(adapter.settings.parse({ ...good, staff: '@Jonas_W, mia' })).to.deep.include({ baseUrl: 'https://community.velowerk.example', apiUsername: 'support', staff: ['jonas_w', 'mia'] });
    expect(adapter.settings.safeParse({ ...good, webhookSecret: 'short' }).success).to.equal(false);
    expect(adapter.settings.safeParse({ ...good, baseUrl: 'ftp://community.velowerk.example' }).success).to.equal(false);
  });
});
