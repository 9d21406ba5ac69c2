import type { InboundEvent } from '../../inbox/model/event.js';
import { asList, asText, field } from '../lib/read-json.js';
import { readError } from '../meta/errors.js';
import { ignored, safely } from '../meta/read.js';
import type { Parsed } from '../meta/receive.js';
import { readUserIdUpdate } from './identity.js';
import { readMessage } from './messages.js';
import { contactsOf, type WhatsAppFacts } from './people.js';
import { readStatus } from './statuses.js';

/** Fields of the webhook that are about the account, and tell nothing to a conversation. */
const unused = new Set([
  'account_alerts', 'account_review_update', 'business_capability_update', 'message_template_status_update', 'message_template_quality_update', 'message_template_components_update', 'template_category_update',
  'phone_number_name_update', 'phone_number_quality_update', 'security', 'user_preferences', 'smb_app_state_sync', 'history', 'payment_configuration_update', 'partner_solutions', 'flows', 'calls',
]);

/** Pure: a batch of WhatsApp's webhook. One address may serve many numbers: what is about another one is ignored. */
export function parse(body: unknown, facts: WhatsAppFacts): Parsed {
  if (asText(field(body, 'object')) !== 'whatsapp_business_account') return { events: [ignored(facts, body, `unknown kind ${asText(field(body, 'object'))?.slice(0, 60) ?? 'of body'}`)] };
  const events: InboundEvent[] = [];
  let trouble: string | undefined;
  for (const entry of asList(field(body, 'entry'))) {
    for (const change of asList(field(entry, 'changes'))) {
      events.push(...safely(facts, change, () => readChange(change, facts)));
      trouble = restrictionOf(change) ?? trouble;
    }
  }
  if (events.length === 0) events.push(ignored(facts, body, 'nothing in it'));
  return { events, ...(trouble === undefined ? {} : { health: { state: 'trouble', text: trouble } }) };
}

function readChange(change: unknown, facts: WhatsAppFacts): InboundEvent[] {
  const name = asText(field(change, 'field')) ?? '';
  const value = field(change, 'value');
  const read = readerOf(name);
  if (read === undefined) return [ignored(facts, change, unused.has(name) || name === 'account_update' ? `not used: ${name}` : `unknown kind ${name.slice(0, 60)}`)];
  if (asText(field(value, 'metadata', 'phone_number_id')) !== facts.phoneNumberId) return [ignored(facts, change, 'about another number')];
  const events = read(facts, value);
  return events.length === 0 ? [ignored(facts, change, 'nothing in it')] : events;
}

function readerOf(name: string): ((facts: WhatsAppFacts, value: unknown) => InboundEvent[]) | undefined {
  switch (name) {
    case 'messages': return readMessages;
    case 'smb_message_echoes': return (facts, value) => each(facts, field(value, 'message_echoes'), (raw) => readMessage(facts, raw, { side: 'phone app', contacts: contactsOf(value) }));
    case 'user_id_update': return (facts, value) => each(facts, field(value, 'user_id_update'), (raw) => readUserIdUpdate(facts, raw));
    default: return undefined;
  }
}

function readMessages(facts: WhatsAppFacts, value: unknown): InboundEvent[] {
  const contacts = contactsOf(value);
  return [
    ...each(facts, field(value, 'messages'), (raw) => readMessage(facts, raw, { side: 'customer', contacts })),
    ...each(facts, field(value, 'statuses'), (raw) => readStatus(facts, raw)),
    ...each(facts, field(value, 'errors'), (raw) => [ignored(facts, raw, readError(raw)?.text ?? 'an error of the account')]),
  ];
}

function each(facts: WhatsAppFacts, list: unknown, read: (raw: unknown) => InboundEvent[]): InboundEvent[] {
  return asList(list).flatMap((raw) => safely(facts, raw, () => read(raw)));
}

/** The account may send less, or nothing, from now on. */
function restrictionOf(change: unknown): string | undefined {
  if (field(change, 'field') !== 'account_update') return undefined;
  const event = asText(field(change, 'value', 'event')) ?? '';
  return ['DISABLED_UPDATE', 'ACCOUNT_RESTRICTION', 'ACCOUNT_VIOLATION', 'ACCOUNT_DELETED'].includes(event) ? `Meta reports of this account: ${event}` : undefined;
}
