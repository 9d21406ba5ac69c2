import { z } from 'zod';
import type { Json } from '../../inbox/model/common.js';
import type { InboundEvent, Sender } from '../../inbox/model/event.js';
import type { Alias } from '../../inbox/model/identity.js';
import { webhookUserId } from './ids.js';
import { maxEventsPerRequest, textMax } from './limits.js';

const id = z.string().refine((value) => webhookUserId(value) !== undefined, 'letters, figures and . _ : @ + / = -, at most 200');
const time = z.union([z.number().int(), z.iso.datetime({ offset: true }).transform((value) => Date.parse(value))]);
const person = z.strictObject({
  id, name: z.string().max(200).optional(), email: z.email().max(320).optional(), phone: z.string().regex(/^\+[1-9]\d{6,14}$/, 'E.164, e.g. +497615550142').optional(), language: z.string().max(12).optional(),
});
const message = z.strictObject({
  type: z.literal('message'), id, conversation: id, from: person, text: z.string().max(textMax),
  subject: z.string().max(300).optional(), sentAt: time.optional(), outside: z.boolean().optional(), by: z.string().max(200).optional(),
});
const receipt = z.strictObject({ type: z.literal('receipt'), id, conversation: id, state: z.enum(['delivered', 'read']), upTo: z.number().int().positive() });
const delivery = z.strictObject({ type: z.literal('delivery'), id, message: z.string().min(1).max(300), state: z.enum(['delivered', 'read', 'failed']), reason: z.string().max(500).optional() });
const envelope = z.strictObject({ events: z.array(z.unknown()).min(1).max(maxEventsPerRequest) });
const known = z.discriminatedUnion('type', [message, receipt, delivery]);

export type ParseResult = { ok: true; events: InboundEvent[] } | { ok: false; code: string; message: string };

/**
 * Pure: `{ "events": [ … ] }` or one event by itself. An event of a kind we do not know becomes `ignored`, so that a newer
 * sender loses nothing else; one that is malformed refuses the request, because its sender can be told.
 */
export function parse(body: unknown, facts: { channelId: string; receivedAt: number; trustsAddresses: boolean }): ParseResult {
  const list = isBatch(body) ? envelope.safeParse(body) : { success: true as const, data: { events: [body] } };
  if (!list.success) return { ok: false, code: 'malformed', message: `events: ${list.error.issues[0]?.message ?? 'expected a list'}` };
  const events: InboundEvent[] = [];
  for (const [index, item] of list.data.events.entries()) {
    const kind = typeOf(item);
    const eventId = idOf(item);
    if (kind === undefined || eventId === undefined) return { ok: false, code: 'malformed', message: `events[${index}]: type and id are required` };
    if (!['message', 'receipt', 'delivery'].includes(kind)) {
      events.push({ type: 'ignored', reason: `unknown kind ${kind.slice(0, 60)}`, channelId: facts.channelId, eventId, receivedAt: facts.receivedAt, verifiedBy: 'signature', native: item as Json });
      continue;
    }
    const parsed = known.safeParse(item);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return { ok: false, code: 'malformed', message: `events[${index}].${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}` };
    }
    events.push(toEvent(parsed.data, facts));
  }
  return { ok: true, events };
}

function toEvent(event: z.infer<typeof known>, facts: { channelId: string; receivedAt: number; trustsAddresses: boolean }): InboundEvent {
  const base = { channelId: facts.channelId, eventId: event.id, receivedAt: facts.receivedAt, verifiedBy: 'signature' as const };
  if (event.type === 'receipt') return { ...base, type: 'receipt', state: event.state, threadKey: event.conversation, upToSeq: event.upTo };
  if (event.type === 'delivery') return { ...base, type: 'delivery', targets: [event.message], state: event.state, reason: event.reason ?? '' };
  const sender = senderOf(event.from, facts);
  const outside = event.outside === true;
  return {
    ...base,
    type: 'message',
    externalId: event.id,
    direction: outside ? 'out' : 'in',
    sender: outside ? { ...sender, displayName: event.by ?? 'Colleague' } : sender,
    ...(outside ? { recipient: sender } : {}),
    thread: { key: event.conversation, keyIs: 'exact', ...(event.subject === undefined ? {} : { subject: event.subject }) },
    text: event.text,
    ...(event.sentAt === undefined ? {} : { occurredAt: event.sentAt }),
  };
}

function senderOf(from: z.infer<typeof person>, facts: { channelId: string; trustsAddresses: boolean }): Sender {
  const proof = facts.trustsAddresses ? 'channel' : 'claimed';
  const aliases: Alias[] = [];
  if (from.email !== undefined) aliases.push({ type: 'email', value: from.email.toLowerCase(), proof });
  if (from.phone !== undefined) aliases.push({ type: 'phone', value: from.phone, proof });
  return {
    kind: 'webhook', scope: facts.channelId, externalUserId: from.id, proof: 'channel', aliases,
    ...(from.name === undefined ? {} : { displayName: from.name }),
    ...(from.language === undefined ? {} : { language: from.language }),
  };
}

function isBatch(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'events' in body;
}

function typeOf(item: unknown): string | undefined {
  return typeof item === 'object' && item !== null && 'type' in item && typeof item.type === 'string' ? item.type : undefined;
}

function idOf(item: unknown): string | undefined {
  const value = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
  return typeof value === 'string' ? webhookUserId(value) : undefined;
}
