import { fetchesFiles } from '../adapters/contract/abilities.js';
import { messageOf } from '../errors.js';
import { changeMessage } from '../inbox/apply-change.js';
import { attachmentKind } from '../inbox/apply-message.js';
import { type Core, laneOf, workInLane } from '../inbox/core.js';
import type { Attachment, FileFetch } from '../inbox/model/message.js';
import type { BlobStore } from '../inbox/ports.js';
import type { Sender } from './deliver.js';

export interface FetchDeps {
  core: Core;
  blobs: BlobStore;
  sniff: (head: Uint8Array, name: string) => Promise<string>;
  senderOf: (channelId: string) => Sender | undefined;
}

/** Larger files stay with the provider, and the message says so. */
const maxBytes = 25 * 1024 * 1024;
/** Provider links end within minutes to days; after these attempts (about a day) it is said to be gone. */
const attemptsAllowed = 8;

/** Brings one file of a message here. Stored first, then shown: what an agent can open is durable. Running it twice shows it once. */
export async function fetchFile(deps: FetchDeps, id: string): Promise<void> {
  const { core } = deps;
  const row = await core.store.now.fetches.get(id);
  if (row === undefined || row.nextAt > core.clock()) return;
  // A crash while fetching counts as an attempt.
  await core.store.now.fetches.postpone(id, row.attempts + 1, core.clock() + 5_000 * 4 ** Math.min(row.attempts, 7));
  try {
    const settled = await attempt(deps, row);
    if (settled === undefined) return;
    await show(core, row, settled);
  } catch (error) {
    core.log.warn({ fetchId: id, channelId: row.channelId, attempts: row.attempts + 1, err: error }, 'a file could not be fetched');
    if (row.attempts + 1 < attemptsAllowed) return;
    await show(core, row, { state: 'failed', reason: `The file could not be fetched: ${messageOf(error)}`.slice(0, 300) });
  }
  await core.store.now.fetches.remove(id);
}

async function attempt(deps: FetchDeps, row: FileFetch): Promise<Partial<Attachment> | undefined> {
  const sender = deps.senderOf(row.channelId);
  if (sender === undefined) return undefined;
  if (!fetchesFiles(sender.adapter)) return { state: 'failed', reason: 'Files of this channel cannot be fetched.' };
  const got = await sender.adapter.fetchFile(row.source, sender.account, { maxBytes });
  if ('gone' in got) return { state: 'failed', reason: got.gone.slice(0, 300) };
  const { blobId, size } = await deps.blobs.put(got.bytes);
  const name = got.name ?? row.name;
  const mime = await deps.sniff(got.bytes.subarray(0, 4_100), name);
  return { id: blobId, name, mime, size, kind: attachmentKind(mime) };
}

async function show(core: Core, row: FileFetch, settled: Partial<Attachment>): Promise<void> {
  const conversation = await core.store.now.conversations.get(row.conversationId);
  if (conversation === undefined) return;
  await workInLane(core, laneOf(conversation), async (work) => {
    const message = await work.c.messages.get(row.messageId);
    const pending = message?.attachments?.find((file) => file.id === row._id);
    if (message === undefined || pending === undefined) return;
    const { state: _state, ...rest } = pending;
    const attachment: Attachment = { ...rest, ...settled };
    if (settled.state === undefined) {
      await work.c.files.insert({ _id: attachment.id, attachment, messageId: message._id, conversationId: message.conversationId, createdAt: core.clock() });
    }
    await changeMessage(core, work, message, { set: { attachments: (message.attachments ?? []).map((file) => (file.id === row._id ? attachment : file)) } });
  });
}
