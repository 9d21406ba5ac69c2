import type { Json } from '../../../src/inbox/model/common.js';
import type { Failure, FarEnd, Person, Posted, Received } from '../../contract/fake-platform.js';
import { startTelegramServer, type Call, type Reply } from './telegram-server.js';

export const token = '7310042:AAFakeTokenOfTheVelowerkBot00000000';
const secret = 'a-secret-of-the-fake-telegram';
const bot = { id: 7310042, is_bot: true, first_name: 'Velowerk', username: 'velowerk_bot' };
const connection = 'Ykz3fakeBusinessConnection';
/** The owner of the business account, and a colleague in groups. */
const colleague = { id: 515001, is_bot: false, first_name: 'Jonas', last_name: 'Weber', username: 'jonas_velowerk' };
const hookUrl = 'https://inbox.velowerk.example/hooks/telegram';

type Post = Parameters<NonNullable<FarEnd['connect']>>[0];
type Failing = Reply | 'lose answer';

const failures: Record<Failure, Failing> = {
  rate_limited: { error: { code: 429, description: 'Too Many Requests: retry after 3', parameters: { retry_after: 3 } } },
  server_error: { error: { code: 500, description: 'Internal Server Error' } },
  window_closed: { error: { code: 403, description: "Forbidden: bot can't initiate conversation with a user" } },
  blocked: { error: { code: 403, description: 'Forbidden: bot was blocked by the user' } },
  token_revoked: { error: { code: 401, description: 'Unauthorized' } },
  not_found: { error: { code: 400, description: 'Bad Request: chat not found' } },
  too_long: { error: { code: 400, description: 'Bad Request: message is too long' } },
  lost_answer: 'lose answer',
};

/**
 * A Telegram of our own. `group`: conversations are groups that the bot administers (reactions, colleagues, bots).
 * `business`: they are private chats of a connected business account (deletes). `way`: how updates reach the product.
 */
export async function startTelegram(options: { chats: 'group' | 'business'; way?: 'webhook' | 'long poll' }) {
  const files = new Map<string, Buffer>();
  const ledger: (Received & { native: Record<string, Json> })[] = [];
  const updates: Record<string, Json>[] = [];
  const texts = new Map<string, { message: Record<string, Json> }>();
  const chats = new Map<string, number>();
  const failNext: Failing[] = [];
  const refusals: { method: string; reply: Reply }[] = [];
  const waiting = new Set<() => void>();
  const state = { update: 900_100, message: 40, clock: Math.floor(Date.now() / 1_000), webhook: '', moved: new Map<number, number>() };
  let post: Post | undefined;

  const group = options.chats === 'group';
  const poll = options.way === 'long poll';
  const server = await startTelegramServer({ token, answer, fileAt: (path) => files.get(path) });

  function chatOf(conversation: string): number {
    const known = chats.get(conversation);
    if (known !== undefined) return known;
    const id = group ? -1_001_000_000_000 - chats.size : 620_000 + chats.size;
    chats.set(conversation, id);
    return id;
  }

  function chat(conversation: string): Record<string, Json> {
    const id = chatOf(conversation);
    return group ? { id, type: 'supergroup', title: `Group ${conversation}` } : { id, type: 'private', first_name: conversation };
  }

  function externalId(conversation: string, message: number): string {
    return `${group ? '' : `b${connection}/`}${chatOf(conversation)}/${message}`;
  }

  /** In a business chat the partner is the chat itself. */
  function userOf(person: Person, conversation: string): Record<string, Json> {
    return { id: group ? numberOf(person.id) : chatOf(conversation), is_bot: false, first_name: person.name, language_code: 'de' };
  }

  function message(conversation: string, from: Record<string, Json>, content: Record<string, Json>): Record<string, Json> {
    state.message += 1;
    state.clock += 1;
    const made: Record<string, Json> = { message_id: state.message, from, chat: chat(conversation), date: state.clock, ...(group ? {} : { business_connection_id: connection }), ...content };
    texts.set(externalId(conversation, state.message), { message: made });
    return made;
  }

  async function push(kind: string, payload: Json): Promise<Record<string, Json>> {
    state.update += 1;
    const update = { update_id: state.update, [kind]: payload };
    await bring(update);
    return update;
  }

  async function bring(update: Record<string, Json>): Promise<void> {
    if (poll) {
      updates.push(update);
      for (const wake of waiting) wake();
      return;
    }
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const answer = await post?.(signed(Buffer.from(JSON.stringify(update))));
      if (answer === undefined || (answer.status >= 200 && answer.status < 300)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  function signed(rawBody: Buffer, header = secret) {
    return { method: 'POST', headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': header }, query: {}, rawBody };
  }

  async function posted(conversation: string, made: Record<string, Json>, update: Promise<Record<string, Json>>): Promise<Posted> {
    const done = await update;
    return { externalId: externalId(conversation, Number(made['message_id'])), conversation, again: () => bring(done) };
  }

  async function answer(call: Call): Promise<Reply> {
    const refusal = refusals.findIndex((one) => call.method.startsWith(one.method));
    const refused = refusal === -1 ? undefined : refusals.splice(refusal, 1)[0];
    if (refused !== undefined) return refused.reply;
    switch (call.method) {
      case 'getMe': return { result: { ...bot, can_join_groups: true, can_read_all_group_messages: true, supports_inline_queries: false, can_connect_to_business: true, has_main_web_app: false } };
      case 'setWebhook': state.webhook = String(call.payload['url']); return { result: true };
      case 'deleteWebhook': state.webhook = ''; return { result: true };
      case 'getWebhookInfo': return { result: { url: state.webhook, has_custom_certificate: false, pending_update_count: updates.length } };
      case 'getUpdates': return { result: await pending(call.payload) };
      case 'getFile': return { result: { file_id: String(call.payload['file_id']), file_unique_id: 'u', file_path: `documents/${String(call.payload['file_id'])}` } };
      case 'sendChatAction': case 'setMessageReaction': case 'deleteMessage': case 'deleteBusinessMessages': return { result: true };
      default: return /^(?:send|edit)/u.test(call.method) ? take(call) : { error: { code: 404, description: 'Not Found' } };
    }
  }

  async function pending(payload: Record<string, Json>): Promise<Json> {
    const offset = Number(payload['offset'] ?? 0);
    while (updates.length > 0 && Number(updates[0]?.['update_id']) < offset) updates.shift();
    if (updates.length > 0 || Number(payload['timeout'] ?? 0) === 0) return updates.slice(0, 100);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Number(payload['timeout']) * 1_000);
      timer.unref();
      waiting.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    waiting.clear();
    return updates.slice(0, 100);
  }

  function take(call: Call): Reply {
    const failing = failNext.shift();
    if (failing !== undefined && failing !== 'lose answer') return failing;
    const asked = Number(call.payload['chat_id']);
    const moved = state.moved.get(asked);
    if (moved !== undefined) return { error: { code: 400, description: 'Bad Request: group chat was upgraded to a supergroup chat', parameters: { migrate_to_chat_id: moved } } };
    const conversation = [...chats].find(([, id]) => id === asked)?.[0] ?? String(asked);
    if (call.method.startsWith('edit')) return { result: { message_id: Number(call.payload['message_id']), date: state.clock, chat: { id: asked, type: 'private', first_name: 'x' } } };
    state.message += 1;
    const text = shown(String(call.payload['text'] ?? call.payload['caption'] ?? ''), (call.payload['entities'] ?? call.payload['caption_entities'] ?? []) as Json[]);
    const answers = (call.payload['reply_parameters'] as { message_id?: number } | undefined)?.message_id;
    const prefix = call.payload['business_connection_id'] === undefined ? '' : `b${String(call.payload['business_connection_id'])}/`;
    ledger.push({
      conversation, text, native: { text: call.payload['text'] ?? '', entities: call.payload['entities'] ?? [] }, externalId: `${prefix}${asked}/${state.message}`,
      files: Object.values(call.files).map(({ name, bytes }) => ({ name, bytes: bytes.length })),
      ...(answers === undefined ? {} : { answers: externalId(conversation, answers) }),
    });
    if (failing === 'lose answer') return 'hang up';
    return { result: { message_id: state.message, date: state.clock, chat: { id: asked, type: group ? 'supergroup' : 'private', title: 'x' }, text } };
  }

  const kind = (name: string): string => (group ? name : name.replace('message', 'business_message'));
  const far: FarEnd = {
    settings: { mode: poll ? 'long poll' : 'webhook', publicUrl: hookUrl, colleagues: [String(colleague.id)], apiUrl: server.url },
    secrets: { token, webhookSecret: secret },
    allow: [server.host],
    ...(poll ? {} : { connect: (given: Post) => { post = given; } }),
    says: (what) => {
      const content = contentOf(what);
      const made = message(what.conversation, userOf(what.from, what.conversation), content);
      return posted(what.conversation, made, push(kind('message'), made));
    },
    saysBack: (received, from) => {
      const made = message(received.conversation, userOf(from, received.conversation), ledger.find((row) => row.externalId === received.externalId)?.native ?? {});
      return posted(received.conversation, made, push(kind('message'), made));
    },
    batch: 'Telegram posts one update a request',
    edits: async (target, text) => {
      const before = texts.get(target.externalId)?.message ?? {};
      state.clock += 1;
      await push(group ? 'edited_message' : 'edited_business_message', { ...before, text, entities: [], edit_date: state.clock });
    },
    deletes: group
      ? 'Telegram tells bots of deleted messages in business chats only'
      : async (target) => {
        await push('deleted_business_messages', { business_connection_id: connection, chat: chat(target.conversation), message_ids: [messageOf(target.externalId)] });
      },
    reacts: group
      ? async (target, by, emoji, on) => {
        await push('message_reaction', { chat: chat(target.conversation), message_id: messageOf(target.externalId), user: userOf(by, target.conversation), date: state.clock, old_reaction: on ? [] : [{ type: 'emoji', emoji }], new_reaction: on ? [{ type: 'emoji', emoji }] : [] });
      }
      : 'Telegram tells of no reactions in business chats',
    receipt: 'Telegram tells bots of no receipts',
    typing: 'Telegram tells bots of nobody typing',
    outside: (conversation, text) => {
      const made = message(conversation, colleague, { text });
      return posted(conversation, made, push(kind('message'), made));
    },
    echoes: 'Telegram does not send a bot its own messages',
    botSays: group
      ? (conversation, text) => {
        const made = message(conversation, { id: 880_001, is_bot: true, first_name: 'Tidy', username: 'tidy_bot' }, { text });
        return posted(conversation, made, push('message', made));
      }
      : 'a business chat has two sides only',
    unknownKind: async () => {
      await push('teleported_message', { chat: { id: 5, type: 'private', first_name: 'Anna' }, date: state.clock });
      return 'teleported_message';
    },
    received: () => ledger,
    failNext: (failure) => { failNext.push(failures[failure]); },
    ...(poll ? {} : {
      webhook: {
        good: () => signed(sample()),
        bad: {
          wrong: () => signed(sample(), 'another-secret-of-the-same-len'),
          missing: () => ({ ...signed(sample()), headers: { 'content-type': 'application/json' } }),
          'other bytes': () => signed(sample(), `${secret}x`),
        },
        sign: (body: Buffer) => signed(body),
        ackWithinMs: 10_000,
      },
    }),
    stop: () => server.stop(),
  };

  function sample(): Buffer {
    return Buffer.from(JSON.stringify({ update_id: 1, message: { message_id: 7, date: 1_795_000_000, chat: { id: 5, type: 'private', first_name: 'Anna' }, from: { id: 5, is_bot: false, first_name: 'Anna' }, text: 'signed' } }));
  }

  function contentOf(what: Parameters<FarEnd['says']>[0]): Record<string, Json> {
    const file = what.files?.[0];
    if (file === undefined) return { text: what.text };
    const id = `file${files.size + 1}`;
    files.set(`documents/${id}`, file.bytes);
    return { ...(what.text === '' ? {} : { caption: what.text }), document: { file_id: id, file_unique_id: id, file_name: file.name, mime_type: file.mime, file_size: file.bytes.length } };
  }

  return {
    ...far, server, state, files, push, bring, chatOf,
    /** The next call of such a method (any that sends or edits, if none is named) is refused in these words. */
    refuse: (description: string, method = '', code = 400) => refusals.push({ method, reply: { error: { code, description } } }),
    answerOnce: (reply: Reply) => refusals.push({ method: '', reply }),
  };
}

function messageOf(externalId: string): number {
  return Number(externalId.slice(externalId.lastIndexOf('/') + 1));
}

/** People have numbers there; the same name is the same number. */
function numberOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) % 900_000_000;
  return 1_000_000 + sum;
}

const signs: Record<string, string> = { bold: '*', italic: '_', strikethrough: '~', code: '`', pre: '```' };

/** As a reader sees it, with what is formatted between the signs that Telegram's own editor takes. */
export function shown(text: string, entities: readonly Json[]): string {
  const marks: { at: number; sign: string; order: number }[] = [];
  for (const [index, given] of entities.entries()) {
    const entity = given as { type: string; offset: number; length: number; url?: string };
    const end = entity.offset + entity.length;
    marks.push({ at: entity.offset, sign: entity.type === 'text_link' ? '[' : signs[entity.type] ?? '', order: -index });
    marks.push({ at: end, sign: entity.type === 'text_link' ? `](${entity.url ?? ''})` : signs[entity.type] ?? '', order: index });
  }
  let out = text;
  for (const mark of marks.sort((a, b) => b.at - a.at || b.order - a.order)) out = out.slice(0, mark.at) + mark.sign + out.slice(mark.at);
  return out.replaceAll('\u2060', '');
}
