import type { DeliveryOutcome } from '../contract.js';
import { attr, child, elements, ns, type Stanza, textOf } from './stanza.js';

/** Conditions of a stanza error (RFC 6120 §8.3.3) in words for an agent. */
const words: Record<string, string> = {
  'not-acceptable': 'they have blocked us', blocked: 'they have blocked us', forbidden: 'they take no messages from us', 'service-unavailable': 'there is no such address, or they take no messages from strangers',
  'item-not-found': 'there is no such address', 'recipient-unavailable': 'they are not there', 'remote-server-not-found': 'there is no such server',
  'remote-server-timeout': 'their server does not answer', 'resource-constraint': 'their server is full', 'policy-violation': 'the server refuses it', 'not-allowed': 'we may not write there',
  'jid-malformed': 'the address is not valid', 'not-authorized': 'we may not write there',
};

/** The condition of an error stanza, without its namespace. */
export function conditionOf(stanza: Stanza): string {
  const error = child(stanza, 'error');
  return elements(error).find((each) => attr(each, 'xmlns') === ns.stanzas && each.name !== 'text')?.name ?? 'undefined-condition';
}

/** What an agent reads: what it means, and the server's own words. */
export function errorText(stanza: Stanza): string {
  const condition = conditionOf(stanza);
  const own = textOf(child(child(stanza, 'error'), 'text', ns.stanzas)).trim().slice(0, 200);
  return `${words[condition] ?? condition}${own === '' ? '' : ` (“${own}”)`}`;
}

/** An error that came back while we waited for the server's word. */
export function outcomeOfStanza(stanza: Stanza): DeliveryOutcome {
  const condition = conditionOf(stanza);
  const reason = errorText(stanza);
  if (attr(child(stanza, 'error'), 'type') === 'wait' || condition === 'remote-server-timeout' || condition === 'resource-constraint') return { result: 'retry', reason };
  switch (condition) {
    case 'not-acceptable': case 'forbidden': case 'blocked': return { result: 'rejected', reason, because: 'blocked' };
    case 'item-not-found': case 'service-unavailable': case 'recipient-unavailable': case 'remote-server-not-found': return { result: 'rejected', reason, because: 'not_found' };
    default: return { result: 'rejected', reason, because: 'invalid' };
  }
}
