import type { InboundEvent, MessageEvent, RemoteFile, Sender } from '../../inbox/model/event.js';
import { errorOf, optedOut, wordsOf } from './errors.js';
import { isPhone, messageSid, scope, threadKey, type MessageSid } from './ids.js';
import { keywordOf } from './keywords.js';
import { mediaMax } from './limits.js';

/** A request's form fields by name; of a name that comes twice, the first counts. */
export type Params = Readonly<Record<string, string | undefined>>;

export interface ParseFacts {
  channelId: string;
  receivedAt: number;
  verifiedBy: 'signature' | 'connection';
  /** Our message's id, as our own status address carries it. */
  ours?: string;
  /** Twilio's time, where it is known (never in a webhook). */
  occurredAt?: number;
}

/** Pure: what one request of Twilio's means; `undefined` when it names no message. Never throws. */
export function parse(params: Params, facts: ParseFacts): InboundEvent[] | undefined {
  const sid = messageSid(params['MessageSid'] ?? params['SmsSid']);
  if (sid === undefined) return undefined;
  const status = params['MessageStatus'] ?? params['SmsStatus'];
  return status === undefined || status === 'received' ? parseMessage(sid, params, facts) : parseStatus(sid, status, { params, facts });
}

function baseOf(facts: ParseFacts, eventId: string): { channelId: string; eventId: string; receivedAt: number; verifiedBy: ParseFacts['verifiedBy']; occurredAt?: number } {
  return { channelId: facts.channelId, eventId, receivedAt: facts.receivedAt, verifiedBy: facts.verifiedBy, ...(facts.occurredAt === undefined ? {} : { occurredAt: facts.occurredAt }) };
}

/** The message first: a STOP stands in the conversation, and closes it behind itself. */
function parseMessage(sid: MessageSid, params: Params, facts: ParseFacts): InboundEvent[] {
  const from = params['From'] ?? '';
  const to = params['To'] ?? '';
  if (from === '' || to === '') return [{ ...baseOf(facts, `in:${sid}`), type: 'ignored', reason: 'a message without its numbers', native: { ...params } as Record<string, string> }];
  const body = params['Body'] ?? '';
  const files = filesOf(params);
  const keyword = keywordOf(body, params['OptOutType']);
  const message: MessageEvent = {
    ...baseOf(facts, `in:${sid}`), type: 'message', externalId: sid, direction: 'in', sender: senderOf(from),
    thread: { key: threadKey(to, from), keyIs: 'exact' }, text: body,
    ...(files.length === 0 ? {} : { remoteFiles: files }),
    ...(keyword === undefined ? {} : { silent: `keyword ${keyword.toUpperCase()}` }),
  };
  if (keyword === undefined) return [message];
  const change = keyword === 'stop' ? { op: 'opt_out' as const, reason: `answered ${body.trim()}` } : { op: 'opt_in' as const, reason: `answered ${body.trim()}` };
  return [message, { ...baseOf(facts, `opt:${sid}`), type: 'thread', threadKey: threadKey(to, from), change }];
}

/** The carrier names the number and Twilio signs it: as good as it gets on SMS, and the answer goes to that number only. */
function senderOf(from: string): Sender {
  return { kind: 'sms', scope, externalUserId: from, displayName: from, proof: 'channel', aliases: isPhone(from) ? [{ type: 'phone', value: from, proof: 'channel' }] : [] };
}

function filesOf(params: Params): RemoteFile[] {
  const count = Math.min(mediaMax, Number(params['NumMedia'] ?? 0) || 0);
  const files: RemoteFile[] = [];
  for (let index = 0; index < count; index += 1) {
    const url = params[`MediaUrl${index}`];
    if (url === undefined || url === '') continue;
    const mime = params[`MediaContentType${index}`];
    files.push({ name: `media-${index + 1}${endingOf(mime)}`, source: { url: url.slice(0, 2_000) }, ...(mime === undefined ? {} : { mime: mime.slice(0, 100) }) });
  }
  return files;
}

/** Media have no names of their own. */
function endingOf(mime: string | undefined): string {
  const subtype = /^\w+\/(?:x-)?([a-z0-9]{2,10})\b/u.exec(mime ?? '')?.[1];
  return subtype === undefined ? '' : `.${subtype === 'jpeg' ? 'jpg' : subtype}`;
}

const states: Readonly<Record<string, 'sent' | 'delivered' | 'read' | 'failed'>> = {
  accepted: 'sent', scheduled: 'sent', queued: 'sent', sending: 'sent', sent: 'sent',
  delivered: 'delivered', partially_delivered: 'delivered', read: 'read',
  undelivered: 'failed', failed: 'failed', canceled: 'failed',
};

/** States come in any order; one that is behind changes nothing later on. */
function parseStatus(sid: MessageSid, status: string, { params, facts }: { params: Params; facts: ParseFacts }): InboundEvent[] {
  const base = baseOf(facts, `status:${sid}:${status.slice(0, 40)}`);
  const state = Object.hasOwn(states, status) ? states[status] : undefined;
  if (state === undefined) return [{ ...base, type: 'ignored', reason: `unknown kind ${status.slice(0, 60)}`, native: { ...params } as Record<string, string> }];
  const code = Number(params['ErrorCode']) || undefined;
  const reason = state === 'failed' ? `Twilio ${wordsOf(code, params['ErrorMessage'])}` : `Twilio: ${status}`;
  const told: InboundEvent = { ...base, type: 'delivery', targets: [sid, ...(facts.ours === undefined ? [] : [facts.ours])], state, reason };
  const from = params['From'];
  const to = params['To'];
  if (code !== optedOut || from === undefined || to === undefined) return [told];
  return [told, { ...baseOf(facts, `opt:${sid}`), type: 'thread', threadKey: threadKey(from, to), change: { op: 'opt_out', reason: errorOf(code)?.text ?? 'STOP' } }];
}
