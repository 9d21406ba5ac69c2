import type { Core, Work } from './core.js';
import type { Conversation } from './model/conversation.js';
import type { MessageEvent } from './model/event.js';
import type { Message } from './model/message.js';
import { reachedCustomer } from './mark-delivery.js';

/** An echo is looked for among what was sent within this time. */
const recentMs = 10 * 60_000;

/**
 * Whether something that "we" wrote at the platform is our own message coming back: by the name it is known under, by our
 * id that the platform carried, or by the words of what is just being sent, because it may come before the send call
 * returns. Then it is the proof that it was sent, and `undefined` means: a colleague answered outside.
 */
export async function matchEcho(core: Core, work: Work, event: MessageEvent): Promise<Message | undefined> {
  if (event.direction !== 'out') return undefined;
  for (const name of [event.externalId, ...event.otherIds ?? []]) {
    const known = await work.c.externalIds.get(`${event.channelId}:${name}`);
    if (known !== undefined) return work.c.messages.get(known.messageId);
  }
  const named = event.echoOf === undefined ? undefined : await work.c.messages.get(event.echoOf);
  const ours = named?.kind === 'out' ? named : event.echoOf === undefined ? await byWords(core, work, event) : undefined;
  if (ours === undefined) return undefined;
  await work.c.externalIds.insert({ _id: `${event.channelId}:${event.externalId}`, messageId: ours._id, conversationId: ours.conversationId });
  const conversation = await work.c.conversations.get(ours.conversationId);
  if (ours.delivery?.state === 'unknown' && conversation !== undefined) return provedSent(core, work, { conversation, message: ours, event });
  return ours;
}

async function byWords(core: Pick<Core, 'clock'>, work: Work, event: MessageEvent): Promise<Message | undefined> {
  const thread = await work.c.threads.find(`${event.channelId}:${event.thread.key}`);
  if (thread === undefined) return undefined;
  const newest = await work.c.messages.newestSeq(thread.conversationId);
  const open = await work.c.messages.undelivered(thread.conversationId, newest, ['sending', 'unknown']);
  const words = wordsOf(event.text);
  return open.find((message) => core.clock() - message.receivedAt < recentMs && isPartOf(words, wordsOf(message.text)));
}

/** Letters and figures: what a platform leaves alone when it rewrites marks, links and spaces. */
function wordsOf(text: string): string {
  return text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
}

function isPartOf(echo: string, whole: string): boolean {
  return echo === whole || (echo.length > 20 && whole.includes(echo));
}

async function provedSent(core: Core, work: Work, input: { conversation: Conversation; message: Message; event: MessageEvent }): Promise<Message> {
  const { conversation, message, event } = input;
  const after = await work.c.messages.setDelivery(message._id, {
    state: 'sent', at: event.receivedAt, attempts: message.delivery?.attempts ?? 1, ids: [...message.delivery?.ids ?? [], event.externalId], reason: 'seen on the channel',
  }) ?? message;
  work.fx.conversation(await reachedCustomer(core, work, conversation, after), after);
  return after;
}
