import type { WebhookRequest } from '../../../src/adapters/contract/abilities.js';
import type { FarEnd, Person, Posted, Received } from '../../contract/fake-platform.js';
import { BotFrameworkServer } from './botframework-server.js';

type Request = Omit<WebhookRequest, 'receivedAt'>;
type Activity = Record<string, unknown> & { id: string };

const bot = { id: '28:velowerk-bot', name: 'Velowerk' };
const tenant = 'b2e7c1f0-0000-4000-8000-velowerk0001';
const emojiNames: Readonly<Record<string, string>> = { '👍': 'like', '❤️': 'heart' };

/** Teams: people mention the bot in a chat, or write to it; the connector posts what happens and takes what we answer. */
export async function startBotFramework(options: { channel?: 'msteams' | 'webchat' } = {}): Promise<FarEnd & { server: BotFrameworkServer; activity: (type: string, conversation: string, from: Person, more?: object) => Activity; deliver: (activity: Activity) => Promise<void> }> {
  const channel = options.channel ?? 'msteams';
  const server = new BotFrameworkServer();
  await server.start();
  let post: (request: Request) => Promise<{ status: number; body: string }> = () => Promise.reject(new Error('nobody is connected'));

  const request = (body: Buffer, token: string | undefined): Request => ({ method: 'POST', headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }, query: {}, rawBody: body });
  const signed = (body: Buffer): Request => request(body, server.token({ serviceurl: serviceUrlOf(body) ?? server.serviceUrl }));

  async function deliver(activity: Activity): Promise<void> {
    // As the connector does it: no 2xx, and the same activity comes again.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { status } = await post(signed(Buffer.from(JSON.stringify(activity))));
      if (status >= 200 && status < 300) return;
      if (status < 500) throw new Error(`the activity was answered with ${status}`);
    }
  }

  function activity(type: string, conversation: string, from: Person, more: object = {}): Activity {
    const isTeams = channel === 'msteams';
    return {
      type, id: server.newId(), timestamp: new Date().toISOString(), channelId: channel, serviceUrl: server.serviceUrl, locale: 'de-DE',
      from: { id: isTeams ? `29:${from.id}` : from.id, name: from.name, ...(isTeams ? { aadObjectId: `aad-${from.id}` } : { role: 'user' }) },
      recipient: bot, conversation: { id: conversation, ...(isTeams ? { conversationType: 'personal', tenantId: tenant } : {}) },
      ...(isTeams ? { channelData: { tenant: { id: tenant } } } : {}), ...more,
    };
  }

  /** Teams repeats the text as HTML, in which alone formatting is told. */
  const teamsCopy = (html: string): object => ({ contentType: 'text/html', content: `<div><div>${html}</div></div>` });

  function message(conversation: string, from: Person, text: string, more: { files?: { name: string; mime: string; bytes: Buffer }[]; html?: string } = {}): Activity {
    const files = (more.files ?? []).map((file) => {
      const id = server.newId();
      server.files.set(id, file.bytes);
      return { contentType: file.mime, contentUrl: `${server.serviceUrl}v3/attachments/${id}`, name: file.name };
    });
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const attachments = [...files, ...(channel === 'msteams' ? [teamsCopy(more.html ?? `<span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">Velowerk</span> ${escaped}`)] : [])];
    return activity('message', conversation, from, channel === 'msteams'
      ? { text: `<at>Velowerk</at> ${more.html === undefined ? escaped : more.html.replace(/<[^>]+>/gu, '')}`, textFormat: 'plain', attachments, entities: [{ type: 'mention', mentioned: bot, text: '<at>Velowerk</at>' }] }
      : { text, textFormat: 'plain', attachments, channelData: { clientActivityID: `client-${server.newId()}` } });
  }

  /** Web Chat's client sends again, under another id, what it saw no answer to; its own id stays. */
  const postedAs = (sent: Activity, conversation: string): Posted => {
    const clientId = (sent['channelData'] as { clientActivityID?: string } | undefined)?.clientActivityID;
    return {
      externalId: `${conversation}/${clientId ?? sent.id}`, conversation, again: () => deliver(sent),
      ...(clientId === undefined ? {} : { underOtherId: () => deliver({ ...sent, id: server.newId() }) }),
    };
  };
  const idOf = (externalId: string): string => externalId.split('/').at(-1) ?? '';

  return {
    server, activity, deliver,
    settings: { appId: server.appId, tenantId: 'velowerk.example', serviceHosts: [server.host], loginUrl: server.url, openIdUrl: `${server.url}/.well-known/openidconfiguration`, issuer: 'https://api.botframework.example' },
    secrets: { appPassword: server.appPassword },
    allow: [server.host],
    connect: (to) => {
      post = to;
    },
    says: async ({ conversation, from, text, files }) => {
      const sent = message(conversation, from, text, files === undefined ? {} : { files });
      await deliver(sent);
      return postedAs(sent, conversation);
    },
    saysBack: async (received, by) => {
      const native = server.sent.find(({ id }) => id === idOf(received.externalId))?.activity;
      const sent = channel === 'msteams' ? message(received.conversation, by, '', { html: native?.text ?? '' }) : activity('message', received.conversation, by, { text: native?.text ?? '', textFormat: 'markdown' });
      await deliver(sent);
      return postedAs(sent, received.conversation);
    },
    batch: 'one activity a request',
    edits: channel === 'msteams' ? async (given, text) => {
      await deliver({ ...activity('messageUpdate', given.conversation, { id: 'ines-kern', name: 'Ines Kern' }, { text: `<at>Velowerk</at> ${text}`, entities: [{ type: 'mention', mentioned: bot, text: '<at>Velowerk</at>' }], channelData: { eventType: 'editMessage', tenant: { id: tenant } } }), id: idOf(given.externalId) });
    } : 'Web Chat has no edits',
    deletes: channel === 'msteams' ? async (given) => {
      await deliver({ ...activity('messageDelete', given.conversation, { id: 'ines-kern', name: 'Ines Kern' }, { channelData: { eventType: 'softDeleteMessage', tenant: { id: tenant } } }), id: idOf(given.externalId) });
    } : 'Web Chat has no deletions',
    reacts: channel === 'msteams' ? async (given, by, emoji, on) => {
      await deliver(activity('messageReaction', given.conversation, by, { replyToId: idOf(given.externalId), [on ? 'reactionsAdded' : 'reactionsRemoved']: [{ type: emojiNames[emoji] ?? emoji }] }));
    } : 'Web Chat has no reactions',
    receipt: channel === 'msteams' ? async (sent, state) => {
      if (state === 'read') await deliver(activity('event', sent.conversation, { id: 'ines-kern', name: 'Ines Kern' }, { name: 'application/vnd.microsoft.readReceipt', value: { lastReadMessageId: idOf(sent.externalId) } }));
    } : 'Web Chat has no receipts',
    typing: async (conversation, from) => deliver(activity('typing', conversation, from)),
    outside: 'nobody answers in the name of a bot but we',
    echoes: 'a bot is not told what it says itself',
    botSays: 'bots do not hear each other',
    unknownKind: async () => {
      await deliver(activity('constellation', 'c9', { id: 'someone', name: 'Someone' }));
      return 'constellation';
    },
    received: (): Received[] => server.sent.map(({ id, conversation, activity: sent }) => ({ conversation, externalId: `${conversation}/${id}`, text: readable(sent.text ?? ''), files: [] })),
    failNext: (failure) => {
      const fail = (status: number, code: string, message: string, headers?: Record<string, string>): void => {
        server.failNext = { status, code, message, ...(headers === undefined ? {} : { headers }) };
      };
      if (failure === 'lost_answer') server.failNext = 'lost_answer';
      else if (failure === 'rate_limited') fail(429, 'TooManyRequests', 'API calls quota exceeded', { 'retry-after': '1' });
      else if (failure === 'server_error') fail(502, 'ServiceError', 'Unknown');
      else if (failure === 'blocked') fail(403, 'MessageWritesBlocked', 'The user has blocked the conversation');
      else if (failure === 'token_revoked') fail(401, 'Unauthorized', 'Authorization has been denied for this request.');
      else if (failure === 'not_found') fail(404, 'ConversationNotFound', 'Conversation not found.');
      else if (failure === 'too_long') fail(413, 'MessageSizeTooBig', 'Message size too large.');
    },
    webhook: {
      good: () => signed(Buffer.from(JSON.stringify(activity('message', 'c1', { id: 'ines-kern', name: 'Ines Kern' }, { text: 'Signed' })))),
      bad: {
        wrong: () => request(Buffer.from(JSON.stringify(activity('message', 'c1', { id: 'x', name: 'X' }, { text: 'Forged' }))), server.token({}, { by: 'stranger' })),
        missing: () => request(Buffer.from(JSON.stringify(activity('message', 'c1', { id: 'x', name: 'X' }, { text: 'Forged' }))), undefined),
        // The token covers no body, but says where our answer, and with it our token, goes.
        'other bytes': () => request(Buffer.from(JSON.stringify(activity('message', 'c1', { id: 'x', name: 'X' }, { text: 'Elsewhere', serviceUrl: 'https://smba.trafficmanager.net/emea/' }))), server.token()),
        stale: () => request(Buffer.from(JSON.stringify(activity('message', 'c1', { id: 'x', name: 'X' }, { text: 'Old' }))), server.token({ exp: Math.floor(Date.now() / 1_000) - 400 })),
      },
      sign: signed,
      ackWithinMs: 15_000,
    },
    stop: () => server.stop(),
  };
}

function serviceUrlOf(body: Buffer): string | undefined {
  try {
    const serviceUrl = (JSON.parse(body.toString()) as { serviceUrl?: unknown } | null)?.serviceUrl;
    return typeof serviceUrl === 'string' ? serviceUrl : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function readable(text: string): string {
  return text.replace(/<br\s*\/?>/gu, '\n').replace(/<[^>]+>/gu, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
