import { expect } from 'chai';
import type { ConnectionHost } from '../../../src/adapters/contract/abilities.js';
import type { Health } from '../../../src/adapters/contract.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';
import { startSlack } from '../../support/fakes/slack.js';
import { createSlackAdapter } from '../../../src/adapters/slack/index.js';
import { createGuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import { waitFor } from '../../support/wait-for.js';

async function openWorld(more: Record<string, unknown> = {}, way: 'http' | 'socket' = 'socket') {
  const far = await startSlack({ way, places: 'direct' });
  const fetch = createGuardedFetch({ allow: far.allow });
  const adapter = createSlackAdapter({ fetch, clock: Date.now });
  const events: InboundEvent[] = [];
  const health: Health[] = [];
  const refuse = { next: 0 };
  const host: ConnectionHost = {
    sink: (taken) => {
      if (refuse.next > 0) {
        refuse.next -= 1;
        return Promise.reject(new Error('the store is away'));
      }
      events.push(...taken);
      return Promise.resolve();
    },
    putBlob: () => Promise.reject(new Error('no files here')), getCursor: () => Promise.resolve({}), setCursor: () => Promise.resolve(), report: (state) => void health.push(state),
    typing: () => undefined, clock: Date.now, log: { info: () => undefined, warn: () => undefined },
  };
  const account = { channel: { _id: 'chan1', kind: 'slack' as const, name: 'Slack', state: 'on' as const, settings: {}, secrets: {}, createdAt: 0, changeSeq: 0 }, settings: adapter.settings.parse({ ...far.settings, ...far.secrets, ...more }) };
  const held = adapter.open(account, host);
  const texts = (): string[] => events.flatMap((event) => (event.type === 'message' ? [event.text] : []));
  return {
    far, adapter, account, events, health, refuse, texts, held,
    close: async () => {
      await held.stop();
      await far.stop();
      await fetch.close();
    },
  };
}

const ines = { id: 'ines', name: 'Ines Kern' };

describe('Slack by Socket Mode', () => {
  let w: Awaited<ReturnType<typeof openWorld>>;
  beforeEach(async () => {
    w = await openWorld();
    await w.far.connected?.();
  });
  afterEach(() => w.close());

  it('connects again at once when Slack asks for it, and after the line went dead', async () => {
    for (const end of ['refresh', 'cut'] as const) {
      const before = w.far.slack.socket.state.opened;
      w.far.slack.socket[end]();
      await waitFor(() => w.far.slack.socket.state.opened > before && w.far.slack.socket.standing() === 1, { what: `a connection after ${end}` });
      await w.far.says({ conversation: 'c1', from: ines, text: `after ${end}` });
    }
    expect(w.texts()).to.deep.equal(['after refresh', 'after cut']);
  });

  it('an event that could not be made durable is not acknowledged, and comes again', async () => {
    w.refuse.next = 1;
    await w.far.says({ conversation: 'c1', from: ines, text: 'Do not lose me' });
    expect(w.texts()).to.deep.equal(['Do not lose me']);
  });

  it('envelopes of any shape end neither the connection nor the process', async () => {
    for (const raw of ['', '{', 'null', '[]', '{"type":"events_api"}', '{"type":"events_api","envelope_id":"x1"}', '{"type":"events_api","envelope_id":"x2","payload":{"event":null}}', '{"type":"events_api","envelope_id":"x3","payload":{"event":"close"}}', '{"type":"strange","envelope_id":"x4","payload":7}']) w.far.slack.socket.sendRaw(raw);
    await w.far.slack.socket.push('events_api', { type: 'event_callback', event_id: 'EvBroken', event: null });
    await w.far.says({ conversation: 'c1', from: ines, text: 'Still here' });
    expect(w.texts()).to.deep.equal(['Still here']);
    expect(w.events.filter((event) => event.type === 'ignored').map((event) => event.eventId)).to.include('EvBroken');
  });

  it('a name that Slack did not tell is asked for, and told to the inbox with its address', async () => {
    w.far.slack.users.set('UINES', { name: 'Ines Kern', email: 'Ines@velowerk.example' });
    await w.far.says({ conversation: 'c1', from: { id: 'ines', name: 'Ines Kern' }, text: 'Who am I?' });
    const told = await waitFor(() => w.events.find((event) => event.type === 'identity'));
    expect(told).to.have.nested.property('sender.displayName', 'Ines Kern');
    expect(told.eventId).to.equal('person:UINES:1700000000');
    await w.far.says({ conversation: 'c1', from: ines, text: 'again' });
    expect(w.texts()).to.deep.equal(['Who am I?', 'again']);
    expect(w.events.filter((event) => event.type === 'message').at(-1)).to.have.nested.property('sender.displayName', 'Ines Kern');
    expect(w.far.slack.calls.filter((call) => call.method === 'users.info' && call.args['user'] === 'UINES').length).to.equal(1);
  });

  it('a token that is refused is told as broken, and tried again only when somebody asks', async () => {
    await w.close();
    w = await openWorld({ appToken: 'xapp-1-another' });
    await waitFor(() => w.health.some((state) => state.state === 'broken'), { what: 'a broken channel' });
    expect(w.far.slack.socket.standing()).to.equal(0);
  });

  it('ends with its channel', async () => {
    await w.held.stop();
    await waitFor(() => w.far.slack.socket.standing() === 0, { what: 'no connection' });
  });
});

describe('what Slack knows of the past, and of files', () => {
  let w: Awaited<ReturnType<typeof openWorld>>;
  beforeEach(async () => {
    w = await openWorld({}, 'http');
  });
  afterEach(() => w.close());

  it('posts of a time when nobody listened are read, threads included, and keep their ids', async () => {
    const first = await w.far.says({ conversation: 'c1', from: ines, text: 'First' });
    await w.far.says({ conversation: 'c2', from: ines, text: 'Second' });
    const found: InboundEvent[] = [];
    const done = await w.adapter.backFill(Date.now() - 60_000, w.account, (events) => {
      found.push(...events);
      return Promise.resolve();
    });
    expect(found.map((event) => (event.type === 'message' ? event.text : event.type))).to.deep.equal(['First', 'Second']);
    expect(found[0]).to.include({ externalId: first.externalId, verifiedBy: 'connection' });
    expect(done).to.include({ found: 2 });
  });

  it('a file is got with the token from Slack’s own hosts, and from no other', async () => {
    const bytes = Buffer.from('%PDF-1.4');
    const file = w.far.slack.addFile({ name: 'a.pdf', mime: 'application/pdf', bytes });
    const get = (source: { id: string; url?: string }) => w.adapter.fetchFile(source, w.account, { maxBytes: 1_000 });
    expect(await get({ id: 'F0FILE1', url: String(file['url_private_download']) })).to.deep.equal({ bytes, mime: 'application/pdf' });
    expect(await get({ id: 'F0FILE1' }), 'a shared channel tells only the id').to.deep.equal({ bytes, mime: 'application/pdf' });
    for (const url of ['http://files.slack.com/x', 'https://files.slack.com.evil.example/x', 'https://evil.example/files.slack.com', 'file:///etc/passwd', 'http://127.0.0.1:1/x', 'https://evilslack.com/x']) {
      expect(await get({ id: 'F0FILE1', url }), url).to.deep.equal({ gone: 'its address is not one of Slack' });
    }
    expect(await get({ id: 'F0GONE' })).to.have.property('gone');
    expect(await w.adapter.fetchFile({ id: 'F0FILE1' }, w.account, { maxBytes: 4 })).to.have.property('gone');
  });

  it('the page for signing in is no file', async () => {
    const file = w.far.slack.addFile({ name: 'a.pdf', mime: 'application/pdf', bytes: Buffer.from('x') });
    w.far.slack.state.token = 'xoxb-a-new-one';
    expect(await w.adapter.fetchFile({ id: 'F0FILE1', url: String(file['url_private']) }, w.account, { maxBytes: 1_000 })).to.have.property('gone').that.contains('files:read');
  });
});
