import type { InboundEvent } from '../../../inbox/model/event.js';
import { asList, asObject, asText, field } from '../../lib/read-json.js';
import type { Parsed } from '../receive.js';
import { asAccountId, asMillis, ignored, safely } from '../read.js';
import type { DirectFacts, Item } from './facts.js';
import { readEdit, readMessage, readPostback, readReferral } from './messages.js';
import { readControl, readDelivery, readReaction, readRead } from './signs.js';

const objectOf = { messenger: 'page', instagram: 'instagram' } as const;
const readers: Readonly<Record<string, (item: Item, value: unknown) => InboundEvent[]>> = {
  message: readMessage,
  message_edit: readEdit,
  reaction: readReaction,
  postback: readPostback,
  delivery: readDelivery,
  read: readRead,
  referral: readReferral,
  pass_thread_control: (item, value) => readControl(item, value, 'pass'),
  take_thread_control: (item, value) => readControl(item, value, 'take'),
};
/** Known, and nothing to tell anybody here. */
const unused = new Set(['optin', 'optout', 'request_thread_control', 'app_roles', 'account_linking', 'policy_enforcement', 'messaging_feedback', 'game_play']);
const envelope = new Set(['sender', 'recipient', 'timestamp']);

/** Pure: a batch of Messenger's or Instagram's webhook. One URL serves all accounts of an app: what is about another one is ignored. */
export function parseDirect(body: unknown, facts: DirectFacts): Parsed {
  if (asText(field(body, 'object')) !== objectOf[facts.kind]) return { events: [ignored(facts, body, `unknown kind ${asText(field(body, 'object'))?.slice(0, 60) ?? 'of body'}`)] };
  const events: InboundEvent[] = [];
  let blocked: string | undefined;
  for (const entry of asList(field(body, 'entry'))) {
    if (asAccountId(field(entry, 'id')) !== facts.accountId) {
      events.push(ignored(facts, entry, 'about another account of this app'));
      continue;
    }
    const count = events.length;
    for (const raw of asList(field(entry, 'messaging'))) {
      events.push(...safely(facts, raw, () => readItem(raw, facts, false)));
      blocked = policyOf(raw) ?? blocked;
    }
    for (const raw of asList(field(entry, 'standby'))) events.push(...safely(facts, raw, () => readItem(raw, facts, true)));
    for (const change of asList(field(entry, 'changes'))) events.push(...safely(facts, change, () => readChange(change, facts)));
    if (events.length === count) events.push(ignored(facts, entry, 'nothing in it'));
  }
  return { events, ...(blocked === undefined ? {} : { health: { state: 'trouble', text: blocked } }) };
}

function readItem(raw: unknown, facts: DirectFacts, standby: boolean): InboundEvent[] {
  const item = asObject(raw);
  const kind = item === undefined ? undefined : kindOf(item);
  if (item === undefined || kind === undefined) return [ignored(facts, raw, 'unknown kind of event')];
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (read === undefined) return [ignored(facts, raw, unused.has(kind) ? `not used: ${kind}` : `unknown kind ${kind.slice(0, 60)}`)];
  const sender = asAccountId(field(item['sender'], 'id'));
  const own = sender === facts.accountId || field(item['message'], 'is_echo') === true;
  const customer = own ? asAccountId(field(item['recipient'], 'id')) : sender;
  if (customer === undefined) return [ignored(facts, raw, `${kind}: not said who it is about`)];
  return read({ raw, facts, customer, own, at: asMillis(item['timestamp']), standby }, item[kind]);
}

function kindOf(item: Record<string, unknown>): string | undefined {
  for (const key in item) if (Object.hasOwn(readers, key)) return key;
  return Object.keys(item).find((key) => !envelope.has(key));
}

/** The test button in the dashboard, and some products, put a message among the `changes`. */
function readChange(change: unknown, facts: DirectFacts): InboundEvent[] {
  const name = asText(field(change, 'field')) ?? 'of change';
  const value = field(change, 'value');
  if (kindOf(asObject(value) ?? {}) !== undefined && field(value, 'sender') !== undefined) return readItem(value, facts, false);
  return [ignored(facts, change, `unknown kind ${name.slice(0, 60)}`)];
}

/** The page may not send any more, for the reason that Meta gives. */
function policyOf(raw: unknown): string | undefined {
  if (asText(field(raw, 'policy_enforcement', 'action')) !== 'block') return undefined;
  return `Meta has blocked this page from sending: ${(asText(field(raw, 'policy_enforcement', 'reason')) ?? 'no reason was given').slice(0, 200)}`;
}
