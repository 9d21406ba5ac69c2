import { readJid } from './jid.js';
import { attr, child, elements, ns, type Stanza } from './stanza.js';

/**
 * The copy of a message that another device of ours sent or got (XEP-0280). Only our own account may tell of such: from
 * anybody else it is a forgery (CVE-2017-5589), and `forged`. `undefined`: no copy at all.
 */
export function carbonOf(stanza: Stanza, own: string): { way: 'sent' | 'received'; message: Stanza } | 'forged' | undefined {
  const wrapper = child(stanza, 'sent', ns.carbons) ?? child(stanza, 'received', ns.carbons);
  if (wrapper === undefined) return undefined;
  const from = attr(stanza, 'from');
  const message = child(child(wrapper, 'forwarded', ns.forward), 'message');
  if (from !== undefined && (readJid(from)?.bare !== own || from.includes('/'))) return 'forged';
  return message === undefined ? 'forged' : { way: wrapper.name === 'sent' ? 'sent' : 'received', message };
}

/** An id given by the archive or room that is named; others may write such an element, and are not believed. */
export function stanzaIdBy(stanza: Stanza, by: string): string | undefined {
  for (const each of elements(stanza)) {
    if (each.name === 'stanza-id' && attr(each, 'xmlns') === ns.sid && readJid(attr(each, 'by'))?.bare === by) return attr(each, 'id');
  }
  return undefined;
}
