import type { FarEnd, Posted, Received } from '../../contract/fake-platform.js';
import type { Answer, Asked } from './json-server.js';
import { jsonOf } from './json-server.js';
import { accessToken, appId, appSecret, createPoster, type Failures, graphError, readForm, startGraph, verifyToken, webhookOf } from './meta-graph.js';

const inboxApp = '263902037430900';
const strangeApp = '8800000000000042';

const failures: Failures = {
  rate_limited: graphError(429, { code: 613, message: 'Calls to this api have exceeded the rate limit.' }, { 'retry-after': '2' }),
  server_error: graphError(500, { code: 2, message: 'Service temporarily unavailable', transient: true }),
  window_closed: graphError(400, { code: 10, subcode: 2018278, message: 'This message is sent outside of allowed window.' }),
  blocked: graphError(400, { code: 551, subcode: 1545041, message: "This person isn't available right now." }),
  token_revoked: graphError(401, { code: 190, subcode: 460, message: 'Error validating access token: The session has been invalidated.' }),
  not_found: graphError(400, { code: 100, subcode: 2018001, message: 'No matching user found' }),
  too_long: graphError(400, { code: 100, message: 'Length of param message[text] must be less than or equal to 2000' }),
};

interface Sent extends Received {
  psid: string;
  body: Record<string, unknown>;
}

/** A page's, or an Instagram account's, side of Meta: people with scoped ids, a Send API with its ledger, signed batches. */
export async function startDirect(kind: 'messenger' | 'instagram') {
  const accountId = kind === 'messenger' ? '102030405060708' : '17841400000000099';
  const people = new Map<string, { psid: string; name: string }>();
  const ledger: Sent[] = [];
  const actions: Record<string, unknown>[] = [];
  const poster = createPoster();
  const edits = new Map<string, number>();
  let count = 0;
  let echoOrder: 'before' | 'after' | undefined;
  let clock = Date.now();
  const graph = await startGraph({ failures, answer, isSending: (asked, path) => asked.method === 'POST' && path === `${accountId}/messages` });

  const now = (): number => (clock = Math.max(clock + 1, Date.now()));
  const newMid = (): string => `m_${kind}${String((count += 1)).padStart(6, '0')}AbCdEf-_`;
  function personIn(conversation: string, name = conversation): string {
    const known = people.get(conversation) ?? { psid: String(7_000_000_000_000_000 + people.size), name };
    people.set(conversation, known);
    return known.psid;
  }
  const conversationOf = (psid: string): string => [...people].find(([, person]) => person.psid === psid)?.[0] ?? psid;

  function answer(asked: Asked, path: string): Answer | undefined | Promise<Answer> {
    if (asked.method === 'POST' && path === `${accountId}/messages`) return asked.headers['content-type']?.startsWith('multipart/') === true ? takeFile(asked) : take(jsonOf(asked));
    if (path === accountId) return { status: 200, json: { id: accountId, name: 'Velowerk', username: 'velowerk' } };
    if (path === `${accountId}/subscribed_apps`) return { status: 200, json: { data: [{ id: appId, name: 'Rapport', subscribed_fields: ['messages', 'message_echoes', 'message_deliveries', 'message_reads', 'message_reactions', 'message_edits', 'messaging_postbacks', 'messaging_referrals', 'messaging_handovers', 'standby'] }] } };
    const person = [...people.values()].find((one) => one.psid === path);
    return person === undefined ? undefined : { status: 200, json: kind === 'messenger' ? { first_name: person.name, last_name: '', id: person.psid } : { name: person.name, username: person.name.toLowerCase().replace(/\W/gu, '.'), id: person.psid } };
  }

  function take(body: Record<string, unknown>): Answer | Promise<Answer> {
    const psid = (body['recipient'] as { id: string }).id;
    if (body['sender_action'] !== undefined) {
      actions.push(body);
      return { status: 200, json: { recipient_id: psid } };
    }
    return record(psid, body, []);
  }

  function takeFile(asked: Asked): Promise<Answer> {
    const parts = readForm(asked);
    const field = (name: string): unknown => {
      const text = parts.find((part) => part.name === name)?.bytes.toString('utf8') ?? 'null';
      return text.startsWith('{') ? JSON.parse(text) as unknown : text;
    };
    const file = parts.find((part) => part.filename !== undefined);
    const body = { recipient: field('recipient'), message: field('message'), messaging_type: field('messaging_type') };
    return record((body.recipient as { id: string }).id, body, file === undefined ? [] : [{ name: file.filename ?? '', bytes: file.bytes.length }]);
  }

  async function record(psid: string, body: Record<string, unknown>, files: Received['files']): Promise<Answer> {
    const message = body['message'] as { text?: string; metadata?: string };
    const mid = newMid();
    ledger.push({ psid, body, conversation: conversationOf(psid), text: message.text ?? '', externalId: mid, files });
    const echo = (): Promise<void> => event({ sender: { id: accountId }, recipient: { id: psid }, timestamp: now(), message: { mid, is_echo: true, app_id: Number(appId), ...(message.text === undefined ? {} : { text: message.text }), ...(files.length === 0 ? {} : { attachments: files.map((file) => ({ type: 'image', payload: { url: `${graph.url}/media/${file.name}` } })) }), ...(kind === 'messenger' && message.metadata !== undefined ? { metadata: message.metadata } : {}) } });
    const reply: Answer = { status: 200, json: { recipient_id: psid, message_id: mid } };
    if (echoOrder === 'before') await echo();
    if (echoOrder === 'after') setImmediate(() => void echo());
    return reply;
  }

  const envelope = (events: unknown[], key: 'messaging' | 'standby' = 'messaging') => ({ object: kind === 'messenger' ? 'page' : 'instagram', entry: [{ id: accountId, time: now(), [key]: events }] });
  const event = (raw: unknown, key?: 'messaging' | 'standby'): Promise<void> => poster.deliver(envelope([raw], key));
  const from = (conversation: string, more: Record<string, unknown>) => ({ sender: { id: personIn(conversation) }, recipient: { id: accountId }, timestamp: now(), ...more });
  const messageOf = (what: Parameters<FarEnd['says']>[0], mid: string) => {
    personIn(what.conversation, what.from.name);
    const attachments = (what.files ?? []).map((file, at) => {
      const name = `${mid}-${at}-${file.name}`;
      graph.media.set(name, { bytes: file.bytes, mime: file.mime });
      return { type: 'file', payload: { url: `${graph.url}/media/${name}` } };
    });
    return from(what.conversation, { message: { mid, text: what.text, ...(attachments.length === 0 ? {} : { attachments }) } });
  };

  async function says(what: Parameters<FarEnd['says']>[0]): Promise<Posted> {
    const mid = newMid();
    const payload = envelope([messageOf(what, mid)]);
    await poster.deliver(payload);
    return { externalId: mid, conversation: what.conversation, again: () => poster.deliver(payload) };
  }

  async function echoed(conversation: string, text: string, app: string): Promise<Posted> {
    const mid = newMid();
    const payload = envelope([{ sender: { id: accountId }, recipient: { id: personIn(conversation) }, timestamp: now(), message: { mid, is_echo: true, app_id: Number(app), text } }]);
    await poster.deliver(payload);
    return { externalId: mid, conversation, again: () => poster.deliver(payload) };
  }

  const far: FarEnd = {
    settings: { ...(kind === 'messenger' ? { pageId: accountId } : { instagramId: accountId }), appId, baseUrl: graph.url },
    secrets: { appSecret, accessToken, verifyToken },
    allow: [graph.host],
    connect: poster.connect,
    says,
    batch: async (posts, { broken }) => {
      const mids = posts.map(() => newMid());
      const events: unknown[] = posts.map((post, at) => messageOf(post, mids[at] ?? ''));
      if (broken) events.splice(1, 0, { sender: { id: 7 }, hologram: [null] });
      const payload = envelope(events);
      await poster.deliver(payload);
      return posts.map((post, at) => ({ externalId: mids[at] ?? '', conversation: post.conversation, again: () => poster.deliver(payload) }));
    },
    edits: (post, text) => {
      edits.set(post.externalId, (edits.get(post.externalId) ?? 0) + 1);
      return event(from(post.conversation, { message_edit: { mid: post.externalId, text, num_edit: edits.get(post.externalId) } }));
    },
    deletes: (post) => event(from(post.conversation, { message: { mid: post.externalId, is_deleted: true } })),
    reacts: (post, _by, emoji, on) => event(from(post.conversation, { reaction: { mid: post.externalId, action: on ? 'react' : 'unreact', ...(on ? { reaction: 'like', emoji } : {}) } })),
    receipt: (sent, state) => {
      if (state === 'delivered') return event(from(sent.conversation, { delivery: { mids: [sent.externalId], watermark: now() } }));
      return event(from(sent.conversation, { read: kind === 'messenger' ? { watermark: now() } : { mid: sent.externalId } }));
    },
    typing: 'Meta tells nobody that a customer types',
    outside: (conversation, text) => echoed(conversation, text, inboxApp),
    echoes: (order) => { echoOrder = order; },
    botSays: (conversation, text) => echoed(conversation, text, strangeApp),
    unknownKind: async () => {
      await event(from('c1', { hologram: { shape: 'bicycle' } }));
      return 'hologram';
    },
    received: () => ledger,
    failNext: (failure) => { graph.failing.push(failure); },
    webhook: webhookOf({ object: kind === 'messenger' ? 'page' : 'instagram', entry: [{ id: accountId, time: 1, messaging: [{ sender: { id: '7000000000000999' }, recipient: { id: accountId }, timestamp: 1_763_000_000_000, message: { mid: 'm_signed', text: 'signed' } }] }] }),
    stop: () => graph.stop(),
  };
  return { ...far, graph, accountId, ledger, actions, says, personIn, event, from, echoed };
}
