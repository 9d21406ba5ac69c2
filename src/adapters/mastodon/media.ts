import { setTimeout as sleep } from 'node:timers/promises';
import type { Attachment } from '../../inbox/model/message.js';
import type { DeliveryOutcome } from '../contract.js';
import { filePart } from '../lib/multipart.js';
import { asText, field } from '../lib/read-json.js';
import type { DeliverContext } from './deliver.js';
import { refusal } from './refusal.js';

const looksForReady = 3;
const betweenLooksMs = 1_000;

/** Brings one file to the server: its id there, when it is ready to be shown, or why not. Throws what the client throws. */
export async function uploadMedia(context: DeliverContext, bytes: Uint8Array, file: Pick<Attachment, 'name' | 'mime'>): Promise<string | DeliveryOutcome> {
  const answer = await context.client('/api/v2/media', { method: 'POST', body: filePart('file', { name: file.name, mime: file.mime, bytes }) });
  const id = asText(field(answer.json, 'id'));
  if (id === undefined || (answer.status !== 200 && answer.status !== 202)) return refusal(answer, context.clock());
  // 202: taken, and still being converted (206 while it is). A post with it would be refused until then.
  for (let look = 0; answer.status === 202 && look < looksForReady; look += 1) {
    const state = await context.client(`/api/v1/media/${encodeURIComponent(id)}`);
    if (state.status === 200) return id;
    if (state.status !== 206) return refusal(state, context.clock());
    await sleep(betweenLooksMs);
  }
  return answer.status === 200 ? id : { result: 'retry', afterMs: 10_000, reason: `the server is still converting ${file.name}` };
}
