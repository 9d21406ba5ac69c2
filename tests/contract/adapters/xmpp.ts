import { existsSync, readFileSync, readdirSync } from 'node:fs';
import type { ChannelAdapter } from '../../../src/adapters/contract.js';
import { createXmppAdapter } from '../../../src/adapters/xmpp/index.js';
import { chatId, readPostId } from '../../../src/adapters/xmpp/ids.js';
import { parse, type ParseContext } from '../../../src/adapters/xmpp/parse.js';
import { element, ns, type Stanza } from '../../../src/adapters/xmpp/stanza.js';
import { createGuardedAddress } from '../../../src/http/outbound/guarded-address.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { startLinkBreaker } from '../../support/link-breaker.js';
import { hasProsody, type ProsodyServer, startProsody } from '../../support/prosody.js';
import { waitFor } from '../../support/wait-for.js';
import { contentOf, joinXmpp, type XmppPerson } from '../../support/xmpp-person.js';
import type { AdapterUnderTest, FarEnd, Posted, Received } from '../fake-platform.js';

const support = 'support@localhost';
const password = 'pencil-and-paper';
const fixtures = new URL('../../fixtures/xmpp/', import.meta.url);
const samples = existsSync(fixtures) ? readdirSync(fixtures).sort().map((name) => JSON.parse(readFileSync(new URL(name, fixtures), 'utf8')) as Json) : [];

/** A context as a session gives it; for reading one stanza by itself. */
export const xmppContext: ParseContext = {
  channelId: 'chan1', receivedAt: 1_790_000_000_000, own: 'support@velowerk.example', mark: 'test.1', order: 1, roomMessages: 'addressed',
  nickIn: (room) => (room === 'help@conference.velowerk.example' ? 'support' : undefined),
  occupant: () => undefined, wasSent: () => false, authorOf: () => undefined,
};

export const xmppUnderTest: AdapterUnderTest = {
  kind: 'xmpp',
  peer: { name: 'prosody', isFound: hasProsody },
  create: (deps) => heardBy(createXmppAdapter({ fetch: deps.fetch, addressOf: createGuardedAddress({ allow: ['127.0.0.1'] }), timing: { backoffMinMs: 50 } })),
  start: startFarEnd,
  errors: {
    rate_limited: 'a server slows a session down and refuses nothing',
    server_error: 'a server that takes a stanza has it; faults show as errors of the address',
    window_closed: 'one may write at any time',
    blocked: 'a block looks like an address that is not there (XEP-0191)',
    too_long: 'parts are shorter than every server’s limit',
    not_found: { result: 'rejected', because: 'not_found' },
    token_revoked: 'the session is refused, and the channel marked broken, before anything is sent (see tests/adapters/xmpp)',
    // The session goes on where it broke off, and the server says what it has.
    lost_answer: { result: 'sent' },
  },
  samples,
  parse: (payload) => parse(payload, xmppContext),
};

/** What the server has is on its way to the others; the suite looks as soon as it is sent. */
function heardBy(adapter: ChannelAdapter): ChannelAdapter {
  return {
    ...adapter,
    deliver: async (outbound, account, tools) => {
      const outcome = await adapter.deliver(outbound, account, tools);
      await everybodyHeard();
      return outcome;
    },
  };
}

let everybodyHeard: () => Promise<void> = () => Promise.resolve();

async function startFarEnd(): Promise<FarEnd> {
  const server = await startProsody();
  server.account('support', password);
  const wire = await startLinkBreaker(server.port);
  const people = new Map<string, Promise<XmppPerson>>();
  const conversations = new Map<string, string>();
  const ledger: Received[] = [];
  const taking: Promise<void>[] = [];
  let colleague: Promise<XmppPerson> | undefined;

  const person = (id: string, conversation?: string): Promise<XmppPerson> => {
    const jid = `${id}@localhost`;
    if (conversation !== undefined) conversations.set(jid, conversation);
    let known = people.get(jid);
    if (known === undefined) {
      known = enter(server, id);
      people.set(jid, known);
      void known.then((one) => one.onMessage((stanza) => void taking.push(take(ledger, { stanza, jid, conversation: conversations.get(jid) ?? jid }))));
    }
    return known;
  };
  everybodyHeard = async () => {
    for (const one of people.values()) await (await one).flush();
    await Promise.all(taking);
  };
  const inConversation = (conversation: string): string => [...conversations].find(([, name]) => name === conversation)?.[0] ?? '';
  const posted = (jid: string, conversation: string, id: string, again: () => Promise<unknown>): Posted => ({
    externalId: chatId('in', jid, id), conversation,
    again: async () => {
      await again();
    },
  });
  const rawId = (externalId: string): string => readPostId(externalId)?.id ?? '';
  const by = async (jid: string): Promise<XmppPerson> => {
    const one = people.get(jid);
    if (one === undefined) throw new Error(`nobody is called ${jid}`);
    return one;
  };

  return {
    settings: { jid: support, host: '127.0.0.1', port: wire.port, tls: 'none' }, secrets: { password },
    allow: ['127.0.0.1'],
    connected: async () => {
      await waitFor(async () => (await server.log()).includes('Authenticated as support@localhost'), { what: 'the account at Prosody' });
    },
    says: async ({ conversation, from, text, files }) => {
      const one = await person(from.id, conversation);
      const [file] = files ?? [];
      const url = file === undefined ? undefined : await put(one, file);
      const content = [element('nick', { xmlns: ns.nick }, from.name), element('body', {}, url ?? text), ...(url === undefined ? [] : [element('x', { xmlns: ns.oob }, element('url', {}, url))])];
      const id = await one.say(support, content);
      return posted(one.jid, conversation, id, () => one.say(support, content, { id }));
    },
    saysBack: async (received, from) => {
      const one = await person(from.id);
      const content = [element('body', {}, received.text)];
      const id = await one.say(support, content);
      return posted(one.jid, received.conversation, id, () => one.say(support, content, { id }));
    },
    batch: 'every stanza comes by itself',
    edits: async (post, text) => {
      await (await by(inConversation(post.conversation))).say(support, [element('body', {}, text), element('replace', { xmlns: ns.correct, id: rawId(post.externalId) })]);
    },
    deletes: async (post) => {
      await (await by(inConversation(post.conversation))).say(support, [element('retract', { xmlns: ns.retract, id: rawId(post.externalId) }), element('body', {}, 'This was taken back.'), element('store', { xmlns: ns.hints })]);
    },
    reacts: async (post, _by, emoji, on) => {
      await (await by(inConversation(post.conversation))).say(support, [element('reactions', { xmlns: ns.reactions, id: rawId(post.externalId) }, ...(on ? [element('reaction', {}, emoji)] : [])), element('store', { xmlns: ns.hints })]);
    },
    receipt: async (sent, state) => {
      const content = state === 'delivered' ? element('received', { xmlns: ns.receipts, id: rawId(sent.externalId) }) : element('displayed', { xmlns: ns.markers, id: rawId(sent.externalId) });
      await (await by(inConversation(sent.conversation))).say(support, [content]);
    },
    typing: async (conversation, from, on) => {
      await (await person(from.id, conversation)).say(support, [element(on ? 'composing' : 'active', { xmlns: ns.states })]);
    },
    outside: async (conversation, text) => {
      colleague ??= joinXmpp(server, { user: 'support', password, resource: 'phone' });
      const jid = inConversation(conversation);
      const content = [element('body', {}, text)];
      const id = await (await colleague).say(jid, content);
      return { externalId: chatId('out', jid, id), conversation, again: async () => void (await (await colleague)?.say(jid, content, { id })) };
    },
    echoes: 'a session gets no copy of what it sends itself',
    botSays: async (conversation, text) => {
      const jid = inConversation(conversation);
      const one = await by(jid);
      const id = await one.say(support, [element('body', {}, text)], { type: 'headline' });
      return posted(jid, conversation, id, () => one.say(support, [element('body', {}, text)], { type: 'headline', id }));
    },
    unknownKind: async () => {
      await (await person('ines-kern', 'c1')).say(support, [element('dance', { xmlns: 'urn:velowerk:dance:0' })]);
      return 'urn:velowerk:dance:0';
    },
    received: () => ledger,
    failNext: (failure) => {
      if (failure === 'lost_answer') wire.loseAnswerTo('<message');
      if (failure === 'token_revoked') {
        server.account('support', 'another-one');
        wire.cut();
      }
      if (failure === 'not_found') {
        wire.holdUntil(Promise.all([...people].map(async ([jid, one]) => {
          await (await one).leave();
          server.removeAccount(jid.slice(0, jid.indexOf('@')));
        })));
      }
    },
    stop: async () => {
      await Promise.all([...people.values(), ...(colleague === undefined ? [] : [colleague])].map(async (one) => (await one).leave()));
      await wire.stop();
      await server.stop();
    },
  };
}

async function enter(server: ProsodyServer, id: string): Promise<XmppPerson> {
  server.account(id, password);
  return joinXmpp(server, { user: id, password });
}

async function take(ledger: Received[], what: { stanza: Stanza; jid: string; conversation: string }): Promise<void> {
  const { text, url, id, from } = contentOf(what.stanza);
  if (text === '' || !from.startsWith(`${support}/`)) return;
  const bytes = url === undefined ? undefined : (await (await fetch(url)).arrayBuffer()).byteLength;
  ledger.push({ conversation: what.conversation, text: url === text ? '' : text, externalId: chatId('out', what.jid, id), files: url === undefined || bytes === undefined ? [] : [{ name: url.split('/').at(-1) ?? '', bytes }] });
}

/** As a client does it: a slot, and a PUT. */
async function put(one: XmppPerson, file: { name: string; mime: string; bytes: Buffer }): Promise<string> {
  const answer = await one.request('get', 'upload.localhost', element('request', { xmlns: ns.upload, filename: file.name, size: String(file.bytes.length), 'content-type': file.mime }));
  const slot = answer.children.find((each): each is Stanza => typeof each === 'object');
  const part = (name: string): Stanza | undefined => slot?.children.find((each): each is Stanza => typeof each === 'object' && each.name === name);
  const headers = Object.fromEntries((part('put')?.children ?? []).filter((each): each is Stanza => typeof each === 'object').map((each) => [each.attrs['name'] ?? '', String(each.children[0])]));
  const stored = await fetch(part('put')?.attrs['url'] ?? '', { method: 'PUT', headers: { ...headers, 'content-type': file.mime }, body: new Uint8Array(file.bytes) });
  if (!stored.ok) throw new Error(`the upload ended with ${stored.status}`);
  return part('get')?.attrs['url'] ?? '';
}
