import { AppError } from '../errors.js';
import type { InboxActions, Viewer } from './api.js';
import { attachmentKind } from './apply-message.js';
import { type Core, laneOf, workInLane } from './core.js';
import type { LedgerRow } from './model/event.js';
import type { Attachment, Message } from './model/message.js';
import { seenConversation } from './permission.js';
import type { BlobStore } from './ports.js';
import { queueDelivery } from './send-reply.js';

/** Keeps what an agent has written and not sent; `undefined` drops it. */
export async function saveDraft(core: Pick<Core, 'store' | 'clock'>, viewer: Viewer, conversationId: string, input: Parameters<InboxActions['saveDraft']>[2]): Promise<void> {
  await seenConversation({ c: core.store.now }, viewer, conversationId);
  const empty = input === undefined || (input.text.trim() === '' && input.attachmentIds.length === 0);
  if (empty) return core.store.now.drafts.remove(conversationId, viewer.agentId);
  await core.store.now.drafts.put({ _id: `${conversationId}:${viewer.agentId}`, conversationId, agentId: viewer.agentId, ...input, updatedAt: core.clock() });
}

/**
 * Sends again what failed, or what may have been sent, because an agent says so. The attempts begin anew; the message
 * keeps its id, so that a provider that knows it shows it once.
 */
export async function retryDelivery(core: Core, viewer: Viewer, messageId: string): Promise<Message> {
  const message = await core.store.now.messages.get(messageId);
  if (message === undefined) throw new AppError('not_found', 'There is no such message.');
  const seen = await seenConversation({ c: core.store.now }, viewer, message.conversationId);
  return workInLane(core, laneOf(seen), async (work) => {
    const conversation = await seenConversation(work, viewer, message.conversationId);
    const step = await work.c.messages.get(messageId);
    const address = typeof step?.step?.data?.['address'] === 'string' ? { address: step.step.data['address'] } : {};
    await queueDelivery(core, work, { messageId, conversation, seq: message.seq, channelId: message.channelId, ...address });
    const after = await work.c.messages.requeue(messageId, { state: 'queued', at: core.clock(), attempts: 0, ...(step?.delivery?.ids === undefined ? {} : { ids: step.delivery.ids }) });
    if (after === undefined) throw new AppError('conflict', 'This message is on its way already.');
    const changed = await work.c.conversations.change(conversation._id, {}, { set: { changeSeq: core.changes.next() } });
    work.fx.conversation(changed?.after ?? conversation, after);
    work.fx.job('deliver', messageId);
    return after;
  });
}

/** Stores an agent's file; durable when it resolves. `tooLarge` counts while the bytes come in. */
export async function addUpload(core: Pick<Core, 'store' | 'clock'>, blobs: BlobStore, sniff: (head: Uint8Array, name: string) => Promise<string>, viewer: Viewer, file: Parameters<InboxActions['addUpload']>[1]): Promise<Attachment> {
  let head: Uint8Array = new Uint8Array();
  let size = 0;
  async function* counted(): AsyncIterable<Uint8Array> {
    for await (const chunk of file.bytes) {
      size += chunk.byteLength;
      if (size > file.maxBytes) throw new AppError('too_large', `A file may have at most ${Math.floor(file.maxBytes / 1_048_576)} MB.`);
      if (head.byteLength < 4_100) head = Buffer.concat([head, chunk]).subarray(0, 4_100);
      yield chunk;
    }
  }
  const { blobId } = await blobs.put(counted());
  const mime = await sniff(head, file.name);
  const attachment: Attachment = { id: blobId, name: safeName(file.name), mime, size, kind: attachmentKind(mime) };
  await core.store.now.files.insert({ _id: blobId, attachment, uploadedBy: viewer.agentId, createdAt: core.clock() });
  return attachment;
}

/** A name to show and to offer for saving: no paths, no control or direction characters. */
export function safeName(name: string): string {
  const last = name.split(/[\\/]/u).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}]/gu, '').replace(/[. ]+$/u, '').trim();
  return clean === '' ? 'file' : clean.slice(-180);
}

/** Back into the queue; what is applied already is left alone. */
export async function replayLedger(core: Pick<Core, 'store' | 'jobs'>, ledgerId: string): Promise<LedgerRow> {
  const row = await core.store.now.ledger.get(ledgerId);
  if (row === undefined) throw new AppError('not_found', 'There is no such event.');
  if (row.state === 'applied') throw new AppError('conflict', 'This event was applied; there is nothing to repeat.');
  if (row.event === undefined) throw new AppError('gone', 'The event itself is not kept any more.');
  await core.store.now.ledger.finish(ledgerId, { set: { state: 'received', attempts: 0, deaths: 0 }, unset: ['doneAt', 'reason'] });
  core.jobs.add('apply', ledgerId);
  return await core.store.now.ledger.get(ledgerId) ?? row;
}

/** A person has looked at a failed event and says that it is not needed. It stays, marked so. */
export async function discardLedger(core: Pick<Core, 'store' | 'clock'>, ledgerId: string, by: string): Promise<LedgerRow> {
  const row = await core.store.now.ledger.get(ledgerId);
  if (row === undefined) throw new AppError('not_found', 'There is no such event.');
  if (row.state !== 'failed') throw new AppError('conflict', 'Only a failed event can be discarded.');
  await core.store.now.ledger.finish(ledgerId, { set: { state: 'ignored', reason: `discarded by ${by}: ${row.reason ?? ''}`, doneAt: core.clock() } });
  return await core.store.now.ledger.get(ledgerId) ?? row;
}
