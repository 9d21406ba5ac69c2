import type { DeliveryOutcome, DeliveryTools, Outbound } from '../contract.js';
import { outcomeOfError } from '../lib/outcomes.js';
import type { LineEnd } from './connection.js';
import type { Holder } from './hold.js';
import { lineIdOf, sentId } from './ids.js';
import { type Handle, handleOf, renderLines } from './render.js';

/** Lines go out slowly; what does not fit into this time goes on with the next attempt, behind what was said. */
const attemptMs = 14_000;

/** Says what earlier attempts have not. Each line counts when the server has dealt with it, and is `unknown` when nothing came back. */
export async function deliver(outbound: Outbound, holder: Holder | undefined, tools: DeliveryTools): Promise<DeliveryOutcome> {
  if (holder === undefined) return { result: 'retry', afterMs: 5_000, reason: 'the network is not connected yet' };
  const isReady = await holder.ready();
  if (holder.refused !== undefined) return { result: 'rejected', reason: holder.refused, because: 'auth', channelBroken: true };
  const { connection } = holder;
  if (!isReady || connection === undefined) return { result: 'retry', afterMs: 5_000, reason: 'the IRC server cannot be reached' };
  const handle = currentHandle(handleOf(outbound), outbound, holder);
  const lines = renderLines(outbound, handle, connection.self);
  const externalIds = [...outbound.sentParts];
  const began = performance.now();
  let note: string | undefined;
  for (const [at, text] of lines.entries()) {
    if (at < outbound.sentParts.length) continue;
    if (performance.now() - began > attemptMs) return { result: 'retry', afterMs: 50, reason: 'the rest follows: the network takes one line in two seconds' };
    const end = await connection.say({ target: handle.target, text, messageId: outbound.messageId }).catch((error: unknown) => outcomeOfError(error));
    if ('result' in end) return end;
    if (end.is !== 'taken') return outcomeOf(end);
    const externalId = end.msgid === undefined ? sentId(outbound.messageId, at) : lineIdOf(end.msgid, '');
    externalIds.push(externalId);
    if (end.away !== undefined) note = `they are away (“${end.away.slice(0, 200)}”)`;
    await tools.partSent(externalId);
  }
  return { result: 'sent', externalIds, ...(note === undefined ? {} : { reason: note }) };
}

/** Somebody who took another nick since is written to under the new one. */
function currentHandle(handle: Handle, outbound: Outbound, holder: Holder): Handle {
  const nick = holder.people.nickOf(outbound.threadKey.slice(outbound.threadKey.lastIndexOf(' ') + 1));
  if (nick === undefined) return handle;
  return handle.nick === undefined ? { target: nick } : { ...handle, nick };
}

function outcomeOf(end: Exclude<LineEnd, { is: 'taken' }>): DeliveryOutcome {
  if (end.is === 'lost') return { result: 'unknown', reason: 'the connection broke before the server dealt with the line' };
  const reason = end.text === '' ? end.code : end.text;
  if (['401', '402', '403'].includes(end.code)) return { result: 'rejected', reason: `they are not there (“${reason}”)`, because: 'not_found' };
  if (['439', '437'].includes(end.code)) return { result: 'retry', afterMs: 30_000, reason };
  return { result: 'rejected', reason, because: ['404', '477', '486', '489', '531', '716', '717'].includes(end.code) ? 'blocked' : 'invalid' };
}
