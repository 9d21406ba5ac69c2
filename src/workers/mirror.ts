import type { DeliveryOutcome } from '../adapters/contract.js';
import { type MirrorPost, type MirrorsConversations, mirrorsConversations } from '../adapters/contract/mirror.js';
import { messageOf } from '../errors.js';
import type { Core } from '../inbox/core.js';
import { failMirror } from '../inbox/mirror-conversation.js';
import { isFrom } from '../inbox/mirror-reply.js';
import type { Conversation } from '../inbox/model/conversation.js';
import type { Message } from '../inbox/model/message.js';
import type { Mirror } from '../inbox/model/mirror.js';
import type { Sender } from './deliver.js';
import { type ReplyDeps, takeReplies } from './mirror-replies.js';
import type { Pace } from './pace.js';

export interface MirrorDeps extends ReplyDeps {
  core: Core;
  /** `undefined`: the account is gone, paused or broken. */
  senderOf: (channelId: string) => Sender | undefined;
  markBroken: (channelId: string, reason: string) => Promise<void>;
  /** The mirror's own: colleagues reading along never hold back what customers wait for. */
  pace: Pace;
  /** Where an agent opens this conversation. */
  linkTo?: (conversationId: string) => string;
  /** 0 … 1 */
  random: () => number;
}

const leaseMs = 30_000;
const attemptTimeoutMs = 25_000;
const offMs = 60_000;
/** A reply whose thread never became known. */const giveUpAfterMs = 24 * 3_600_000;
const pageSize = 50;
/** Steps that colleagues in the thread have to know of; the others are seen in the inbox. */
const toldSteps: readonly string[] = ['resolved', 'reopened', 'bounced', 'opted_out', 'opted_in', 'control_taken', 'mirrored', 'continued_by_email'];

/**
 * Brings one mirrored conversation up to date: colleagues' replies into it, then its new messages into the thread, one
 * after the other. A post counts only when the platform has accepted it; an attempt that may have arrived is looked for
 * before it is repeated. Call it in a lane of the conversation's id.
 */
export async function mirrorConversation(deps: MirrorDeps, conversationId: string): Promise<void> {
  for (;;) {
    const mirror = await deps.core.store.now.mirrors.get(conversationId);
    if (mirror === undefined) return;
    await takeReplies(deps, mirror);
    if (mirror.state !== 'on' && mirror.state !== 'ending') return;
    if (!await step(deps, mirror)) return;
  }
}

/** One post, or the rest. True: look again at once. */
async function step(deps: MirrorDeps, mirror: Mirror): Promise<boolean> {
  const { core } = deps;
  const { mirrors } = core.store.now;
  const conversation = await core.store.now.conversations.get(mirror._id);
  if (conversation === undefined) {
    await mirrors.change(mirror, { set: { state: 'ended', behind: false } });
    return false;
  }
  const next = await nextPost(deps, mirror, conversation);
  if (next === undefined) return rest(deps, mirror);
  const now = core.clock();
  if (mirror.nextAt > now) return later(deps, mirror, mirror.nextAt - now);
  const sender = deps.senderOf(mirror.channelId);
  if (sender === undefined) {
    if (core.channels().get(mirror.channelId)?.removedAt !== undefined) await failMirror(core, mirror, 'the account was disconnected');
    else await postpone(deps, mirror, offMs, 'the account is paused or broken');
    return false;
  }
  if (!mirrorsConversations(sender.adapter)) {
    await failMirror(core, mirror, 'this kind of channel mirrors nothing');
    return false;
  }
  const turn = deps.pace.ask({ outboxId: mirror._id, channelId: mirror.channelId, conversationId: mirror.place }, sender.adapter.capabilities.rates ?? []);
  if (turn === 'queued') return false;
  if (turn !== 'now') return later(deps, mirror, turn);
  let closedMs: number | undefined;
  try {
    const taken = await mirrors.take(mirror._id, now, now + leaseMs);
    if (taken === undefined) return false;
    if (taken.round !== mirror.round || taken.upToSeq !== mirror.upToSeq || taken.thread !== mirror.thread) {
      await mirrors.change(taken, { set: { nextAt: now, attempts: 0 } });
      return true;
    }
    core.crashAt('mirror-taken');
    const outcome = await post(sender, taken, next.post);
    core.crashAt('mirror-answered');
    if (outcome.result === 'retry' && outcome.scope === 'account') closedMs = outcome.afterMs;
    return await settle(deps, taken, next, outcome);
  } finally {
    const freed = deps.pace.done(mirror.channelId, closedMs);
    if (freed !== undefined) core.jobs.add('mirror', freed);
  }
}

interface Next {
  post: MirrorPost;
  /** Absent: the opening. */
  message?: Message;
}

/** The next thing to post; what is not for the thread is passed over. `undefined`: all is there. */
async function nextPost(deps: MirrorDeps, mirror: Mirror, conversation: Conversation): Promise<Next | undefined> {
  const id = `${mirror._id}:${mirror.round}`;
  if (mirror.thread === undefined) {
    const link = deps.linkTo?.(conversation._id);
    const post: MirrorPost = {
      type: 'opening', id: `${id}:0`, conversationId: conversation._id, customerName: conversation.customerName, channelName: conversation.channelName,
      ...(conversation.subject === undefined ? {} : { subject: conversation.subject }), ...(link === undefined ? {} : { link }),
    };
    return { post };
  }
  for (let after = mirror.upToSeq; ;) {
    const page = await deps.core.store.now.messages.page(conversation._id, { after, limit: pageSize });
    const message = page.find((one) => isTold(one, mirror));
    if (message !== undefined && message.seq > (mirror.endSeq ?? Infinity)) return undefined;
    if (message !== undefined) return { post: postOf(message, `${id}:${message.seq}`), message };
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return undefined;
    after = last.seq;
  }
}

function isTold(message: Message, mirror: Mirror): boolean {
  if (isFrom(message.mirroredFrom, mirror)) return false;
  if (message.deleted !== undefined) return false;
  return message.kind !== 'event' || (message.step !== undefined && toldSteps.includes(message.step.type));
}

const stepWords: Readonly<Record<string, string>> = {
  resolved: 'Resolved', reopened: 'Opened again', bounced: 'Not delivered', opted_out: 'The customer wants no more messages', opted_in: 'The customer wants messages again', control_taken: 'Another application answers here now',
  continued_by_email: 'Continued by e-mail',
};

function postOf(message: Message, id: string): MirrorPost {
  const words = message.kind !== 'event' || message.step?.type === 'mirrored' ? '' : stepWords[message.step?.type ?? ''] ?? '';
  const said = message.unreadable === undefined ? message.text : 'This message could not be read.';
  const text = words === '' || message.step?.type === 'continued_by_email' ? words || said : said === '' ? words : `${words}: ${said}`;
  return { type: 'message', id, conversationId: message.conversationId, kind: message.kind, authorName: message.author.name === '' ? 'Rapport' : message.author.name, text, files: (message.attachments ?? []).map((file) => file.name) };
}

async function post(sender: Sender, mirror: Mirror, what: MirrorPost): Promise<DeliveryOutcome> {
  const adapter = sender.adapter as typeof sender.adapter & MirrorsConversations;
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<DeliveryOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ result: 'unknown', reason: 'no answer within 25 s' }), attemptTimeoutMs);
  });
  try {
    return await Promise.race([adapter.mirror(what, { place: mirror.place, attempt: mirror.attempts, ...(mirror.thread === undefined ? {} : { thread: mirror.thread }) }, sender.account), tooLong]);
  } catch (error) {
    return { result: 'unknown', reason: messageOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Writes down how an attempt ended. True: go on with the next. */
async function settle(deps: MirrorDeps, mirror: Mirror, next: Next, outcome: DeliveryOutcome): Promise<boolean> {
  const { core } = deps;
  if (outcome.result === 'sent' || outcome.result === 'delivered') {
    const thread = mirror.thread ?? outcome.externalIds?.[0];
    if (thread === undefined) {
      await failMirror(core, mirror, 'the platform gave the thread no name');
      return false;
    }
    const now = core.clock();
    await core.store.now.mirrors.change(mirror, {
      set: { thread, nextAt: now, attempts: 0, ...(next.message === undefined ? {} : { upToSeq: next.message.seq }), ...(next.message?.kind === 'in' ? { inShownAt: now } : {}) }, unset: ['failingSince', 'reason'],
    });
    core.crashAt('mirror-advanced');
    return true;
  }
  if (outcome.result === 'rejected' && outcome.channelBroken !== true) {
    await failMirror(core, mirror, outcome.reason);
    return false;
  }
  if (outcome.result === 'rejected') await deps.markBroken(mirror.channelId, outcome.reason);
  const backoff = Math.min(600_000, 1_000 * 2 ** Math.min(mirror.attempts, 12)) * (0.5 + deps.random() / 2);
  await postpone(deps, mirror, Math.round(outcome.result === 'retry' ? outcome.afterMs ?? backoff : backoff), outcome.reason ?? '');
  return false;
}

async function postpone(deps: MirrorDeps, mirror: Mirror, delayMs: number, reason: string): Promise<void> {
  const { core } = deps;
  const now = core.clock();
  const failingSince = mirror.failingSince ?? now;
  if (now - failingSince > giveUpAfterMs) return failMirror(core, mirror, `given up after a day: ${reason}`);
  await core.store.now.mirrors.change(mirror, { set: { nextAt: now + delayMs, failingSince, reason: reason.slice(0, 300) } });
  later(deps, mirror, delayMs);
}

function later(deps: MirrorDeps, mirror: Mirror, delayMs: number): false {
  deps.core.jobs.add('mirror', mirror._id, { delayMs });
  return false;
}

async function rest(deps: MirrorDeps, mirror: Mirror): Promise<boolean> {
  if (mirror.state === 'ending') {
    await deps.core.store.now.mirrors.change(mirror, { set: { state: 'ended', behind: false } });
    return false;
  }
  return mirror.behind && !await deps.core.store.now.mirrors.rest(mirror);
}

/** What a lost job or a crash left undone; each look is one indexed query. Returns how much it found. */
export async function sweepMirrors(core: Core, limit: number): Promise<number> {
  const now = core.clock();
  const due = await core.store.now.mirrors.due(now, limit);
  for (const mirror of due) {
    if (mirror.state === 'on' || mirror.state === 'ending') core.jobs.add('mirror', mirror._id);
    else await core.store.now.mirrors.rest(mirror);
  }
  const replies = await core.store.now.mirrorReplies.due(now, limit);
  for (const kept of replies) {
    const mirror = await core.store.now.mirrors.byThread({ channelId: kept.channelId, place: kept.reply.place, thread: kept.reply.thread });
    if (mirror !== undefined) core.jobs.add('mirror', mirror._id);
    else if (now - kept.receivedAt > orphanKeptMs) await core.store.now.mirrorReplies.remove(kept._id);
    else await core.store.now.mirrorReplies.postpone(kept._id, kept.attempts, now + offMs);
  }
  return due.length + replies.length;
}

const orphanKeptMs = 86_400_000;
