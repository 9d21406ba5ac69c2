import { fetchesFiles } from '../adapters/contract/abilities.js';
import { mirrorsConversations } from '../adapters/contract/mirror.js';
import { messageOf } from '../errors.js';
import { attachmentKind } from '../inbox/apply-message.js';
import type { Core } from '../inbox/core.js';
import { applyMirrorReply, type ReplyFacts } from '../inbox/mirror-reply.js';
import type { RemoteFile } from '../inbox/model/event.js';
import type { Attachment, Author } from '../inbox/model/message.js';
import { type KeptReply, type Mirror, mirrorThreadId } from '../inbox/model/mirror.js';
import type { BlobStore } from '../inbox/ports.js';
import type { Sender } from './deliver.js';

export interface ReplyDeps {
  core: Core;
  senderOf: (channelId: string) => Sender | undefined;
  blobs: BlobStore;
  sniff: (head: Uint8Array, name: string) => Promise<string>;
}

const maxBytes = 25 * 1024 * 1024;
/** Of asking who wrote it and for its files; after that it goes on without, and says so. About a minute. */
const attemptsAllowed = 5;
const askTimeoutMs = 10_000;

/** Replies of a mirror's thread, in the order they were written; one that must wait holds back the later ones. */
export async function takeReplies(deps: ReplyDeps, mirror: Mirror): Promise<void> {
  const { core } = deps;
  if (mirror.thread === undefined) return;
  const threadId = mirrorThreadId({ channelId: mirror.channelId, place: mirror.place, thread: mirror.thread });
  for (const kept of await core.store.now.mirrorReplies.ofThread(threadId)) {
    const now = core.clock();
    // Before a first attempt it waited for nothing but its thread, which is known now.
    if (kept.attempts > 0 && kept.nextAt > now) return core.jobs.add('mirror', mirror._id, { delayMs: kept.nextAt - now });
    // A crash while asking counts as an attempt.
    await core.store.now.mirrorReplies.postpone(kept._id, kept.attempts + 1, now + 1_000 * 2 ** Math.min(kept.attempts, 6));
    core.crashAt('mirror-reply-taken');
    try {
      await applyMirrorReply(core, kept, mirror, await factsOf(deps, kept));
    } catch (error) {
      core.log.warn({ replyId: kept._id, attempts: kept.attempts + 1, err: error }, 'a reply from a mirrored thread must wait');
      return core.jobs.add('mirror', mirror._id, { delayMs: 1_000 * 2 ** Math.min(kept.attempts, 6) });
    }
  }
}

async function factsOf(deps: ReplyDeps, kept: KeptReply): Promise<ReplyFacts> {
  const last = kept.attempts + 1 >= attemptsAllowed;
  const author = await orElse(last, () => authorOf(deps, kept), () => outsider(kept));
  const attachments: Attachment[] = [];
  const missing: string[] = [];
  for (const file of kept.reply.files) {
    const attachment = await orElse(last, () => fetched(deps, kept, file), () => undefined);
    if (attachment === undefined) missing.push(file.name);
    else attachments.push(attachment);
  }
  return { author, attachments, missing };
}

/** Before the last attempt a failure is thrown, so that the reply waits. */
async function orElse<T>(last: boolean, ask: () => Promise<T>, instead: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), askTimeoutMs);
    });
    return await Promise.race([ask(), late]);
  } catch (error) {
    if (!last) throw error;
    return instead();
  } finally {
    clearTimeout(timer);
  }
}

/** The Rapport agent whose address is the one the platform vouches for; else whoever it is, by name. */
async function authorOf({ core, senderOf }: ReplyDeps, kept: KeptReply): Promise<Author> {
  const sender = senderOf(kept.channelId);
  if (sender === undefined || !mirrorsConversations(sender.adapter) || sender.adapter.colleague === undefined) return outsider(kept);
  const colleague = await sender.adapter.colleague(kept.reply.by.externalUserId, sender.account);
  const email = colleague?.email?.toLowerCase();
  const agent = email === undefined ? undefined : (await core.store.now.agents.all()).find((one) => one.email === email && one.state === 'active');
  return agent === undefined ? outsider(kept, colleague?.name) : { type: 'agent', id: agent._id, name: agent.name };
}

function outsider(kept: KeptReply, name = kept.reply.by.name): Author {
  return { type: 'outside', name: name ?? kept.reply.by.externalUserId };
}

async function fetched(deps: ReplyDeps, kept: KeptReply, file: RemoteFile): Promise<Attachment | undefined> {
  const sender = deps.senderOf(kept.channelId);
  if (sender === undefined || !fetchesFiles(sender.adapter)) return undefined;
  const got = await sender.adapter.fetchFile(file.source, sender.account, { maxBytes });
  if ('gone' in got) {
    deps.core.log.warn({ replyId: kept._id, reason: messageOf(got.gone) }, 'a file from a mirrored thread cannot be had');
    return undefined;
  }
  const { blobId, size } = await deps.blobs.put(got.bytes);
  const name = got.name ?? file.name;
  const mime = await deps.sniff(got.bytes.subarray(0, 4_100), name);
  return { id: blobId, name, mime, size, kind: attachmentKind(mime) };
}
