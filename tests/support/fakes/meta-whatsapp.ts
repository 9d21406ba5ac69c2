import type { FarEnd, Person, Posted, Received } from '../../contract/fake-platform.js';
import { type Answer, type Asked, jsonOf } from './json-server.js';
import { accessToken, appId, appSecret, createPoster, type Failures, graphError, readForm, startGraph, verifyToken, webhookOf } from './meta-graph.js';

export const phoneNumberId = '106540352242922';
export const businessAccountId = '102290129340398';
const ourNumber = '4976155501234';

const failures: Failures = {
  rate_limited: graphError(429, { code: 130429, message: 'Rate limit hit', details: 'Cloud API message throughput has been reached.' }, { 'retry-after': '2' }),
  server_error: graphError(500, { code: 131000, message: 'Something went wrong', details: 'Message failed to send due to an unknown error.' }),
  window_closed: graphError(400, { code: 131047, message: 'Re-engagement message', details: 'More than 24 hours have passed since the recipient last replied.' }),
  blocked: graphError(400, { code: 131026, message: 'Message undeliverable' }),
  token_revoked: graphError(401, { code: 190, message: 'Error validating access token: Session has expired.' }),
  not_found: graphError(400, { code: 131030, message: 'Recipient phone number not in allowed list' }),
  too_long: graphError(400, { code: 100, message: 'Invalid parameter', details: 'Param text[body] must be at most 4096 characters long.' }),
};

interface Sent extends Received {
  body: Record<string, unknown>;
}

/** One WhatsApp number at the Cloud API: people with a number and a user id, media in two steps, statuses, templates. */
export async function startWhatsApp() {
  const people = new Map<string, { waId: string; userId: string; name: string }>();
  const uploads = new Map<string, { name: string; bytes: number }>();
  const ledger: Sent[] = [];
  const actions: Record<string, unknown>[] = [];
  const templates: unknown[] = [];
  const poster = createPoster();
  let count = 0;
  const graph = await startGraph({ failures, answer, isSending: (asked, path) => asked.method === 'POST' && path === `${phoneNumberId}/messages`, mediaNeedsToken: true });

  const next = (): number => (count += 1);
  const newId = (): string => `wamid.HBgL${String(next()).padStart(8, '0')}FQIAEhg==`;
  const seconds = (): string => String(Math.floor(Date.now() / 1_000));
  function personIn(conversation: string, name = conversation): { waId: string; userId: string; name: string } {
    const known = people.get(conversation) ?? { waId: String(4_915_120_000_000 + people.size), userId: `DE.${13_491_208_655_000 + people.size}`, name };
    people.set(conversation, known);
    return known;
  }

  function answer(asked: Asked, path: string): Answer | undefined {
    if (asked.method === 'POST' && path === `${phoneNumberId}/media`) return upload(asked);
    if (asked.method === 'POST' && path === `${phoneNumberId}/messages`) return take(jsonOf(asked));
    if (path === phoneNumberId) return { status: 200, json: { id: phoneNumberId, display_phone_number: '+49 761 55501234', verified_name: 'Velowerk', quality_rating: 'GREEN' } };
    if (path === `${businessAccountId}/subscribed_apps`) return { status: 200, json: { data: [{ whatsapp_business_api_data: { id: appId, name: 'Rapport' } }] } };
    if (path === `${businessAccountId}/message_templates`) return { status: 200, json: { data: templates, paging: { cursors: { before: 'a', after: 'b' } } } };
    const file = graph.media.get(path);
    return file === undefined ? undefined : { status: 200, json: { messaging_product: 'whatsapp', id: path, url: `${graph.url}/media/${path}`, mime_type: file.mime, file_size: file.bytes.length } };
  }

  function upload(asked: Asked): Answer {
    const file = readForm(asked).find((part) => part.name === 'file');
    const id = String(900_000 + next());
    uploads.set(id, { name: file?.filename ?? '', bytes: file?.bytes.length ?? 0 });
    return { status: 200, json: { id } };
  }

  function take(body: Record<string, unknown>): Answer {
    if (body['status'] === 'read' || body['type'] === 'reaction') {
      actions.push(body);
      return { status: 200, json: { success: true, ...(body['type'] === 'reaction' ? { messages: [{ id: newId() }] } : {}) } };
    }
    const to = (body['to'] ?? body['recipient']) as string;
    const conversation = [...people].find(([, person]) => person.waId === to || person.userId === to)?.[0] ?? to;
    const type = body['type'] as string;
    const content = body[type] as { body?: string | { text: string }; id?: string; caption?: string };
    const file = content.id === undefined ? undefined : uploads.get(content.id);
    const text = typeof content.body === 'object' ? content.body.text : content.body ?? content.caption ?? '';
    const externalId = newId();
    ledger.push({ conversation, text, externalId, files: file === undefined ? [] : [file], body });
    return { status: 200, json: { messaging_product: 'whatsapp', contacts: [{ input: to, wa_id: to }], messages: [{ id: externalId, message_status: 'accepted' }] } };
  }

  const contactOf = (person: { waId: string; userId: string; name: string }) => ({ profile: { name: person.name }, wa_id: person.waId, user_id: person.userId });
  const change = (value: Record<string, unknown>, field = 'messages') => ({ object: 'whatsapp_business_account', entry: [{ id: businessAccountId, changes: [{ field, value: { messaging_product: 'whatsapp', metadata: { display_phone_number: ourNumber, phone_number_id: phoneNumberId }, ...value } }] }] });
  const messages = (conversation: string, ...list: Record<string, unknown>[]) => {
    const person = personIn(conversation);
    return change({ contacts: [contactOf(person)], messages: list.map((one) => ({ from: person.waId, from_user_id: person.userId, timestamp: seconds(), ...one })) });
  };

  function contentsOf(what: Parameters<FarEnd['says']>[0]): Record<string, unknown> {
    const [file] = what.files ?? [];
    if (file === undefined) return { type: 'text', text: { body: what.text } };
    const id = String(500_000 + next());
    graph.media.set(id, { bytes: file.bytes, mime: file.mime });
    return { type: 'document', document: { id, mime_type: file.mime, sha256: 'x', filename: file.name, caption: what.text } };
  }

  async function posted(conversation: string, id: string, payload: unknown): Promise<Posted> {
    await poster.deliver(payload);
    return { externalId: id, conversation, again: () => poster.deliver(payload) };
  }

  function says(what: Parameters<FarEnd['says']>[0]): Promise<Posted> {
    personIn(what.conversation, what.from.name);
    const id = newId();
    return posted(what.conversation, id, messages(what.conversation, { id, ...contentsOf(what) }));
  }

  const status = (sent: Received, name: string, more: Record<string, unknown> = {}): Promise<void> => {
    const row = ledger.find((one) => one.externalId === sent.externalId);
    const person = personIn(sent.conversation);
    return poster.deliver(change({ contacts: [contactOf(person)], statuses: [{ id: sent.externalId, status: name, timestamp: seconds(), recipient_id: person.waId, recipient_user_id: person.userId, biz_opaque_callback_data: row?.body['biz_opaque_callback_data'], ...more }] }));
  };

  const far: FarEnd = {
    settings: { phoneNumberId, businessAccountId, appId, baseUrl: graph.url },
    secrets: { appSecret, accessToken, verifyToken },
    allow: [graph.host],
    connect: poster.connect,
    says,
    batch: async (posts, { broken }) => {
      const ids = posts.map(() => newId());
      const changes = posts.map((post, at) => messages((personIn(post.conversation, post.from.name), post.conversation), { id: ids[at], type: 'text', text: { body: post.text } }).entry[0]?.changes[0] as object);
      if (broken) changes.splice(1, 0, { field: 'messages', value: { metadata: { phone_number_id: phoneNumberId }, messages: [{ id: { not: 'an id' }, type: ['text'] }] } });
      const payload = { object: 'whatsapp_business_account', entry: [{ id: businessAccountId, changes }] };
      await poster.deliver(payload);
      return posts.map((post, at) => ({ externalId: ids[at] ?? '', conversation: post.conversation, again: () => poster.deliver(payload) }));
    },
    edits: (post, text) => poster.deliver(messages(post.conversation, { id: newId(), type: 'edit', edit: { original_message_id: post.externalId, message: { type: 'text', text: { body: text } } } })),
    deletes: (post) => poster.deliver(messages(post.conversation, { id: newId(), type: 'revoke', revoke: { original_message_id: post.externalId } })),
    reacts: (post, _by: Person, emoji, on) => poster.deliver(messages(post.conversation, { id: newId(), type: 'reaction', reaction: { message_id: post.externalId, ...(on ? { emoji } : { emoji: '' }) } })),
    receipt: (sent, state) => status(sent, state),
    typing: 'WhatsApp tells nobody that a customer types',
    outside: (conversation, text) => {
      const id = newId();
      const person = personIn(conversation);
      return posted(conversation, id, change({ contacts: [contactOf(person)], message_echoes: [{ from: ourNumber, to: person.waId, to_user_id: person.userId, id, timestamp: seconds(), type: 'text', text: { body: text } }] }, 'smb_message_echoes'));
    },
    echoes: 'the Cloud API posts no echoes of what it sends itself; statuses carry our id instead',
    botSays: 'WhatsApp does not tell bots from people',
    unknownKind: async () => {
      await poster.deliver(messages('c1', { id: newId(), type: 'hologram', hologram: { shape: 'bicycle' } }));
      return 'hologram';
    },
    received: () => ledger,
    saysBack: (received, from) => says({ conversation: received.conversation, from, text: received.text }),
    failNext: (failure) => { graph.failing.push(failure); },
    webhook: webhookOf(change({ contacts: [{ profile: { name: 'Ines Kern' }, wa_id: '4915129999999', user_id: 'DE.999' }], messages: [{ from: '4915129999999', id: 'wamid.signed', timestamp: '1763000000', type: 'text', text: { body: 'signed' } }] })),
    stop: () => graph.stop(),
  };
  return { ...far, graph, ledger, actions, templates, says, personIn, status, change, messages, deliver: poster.deliver };
}
