/** XML as plain data: what the SDK's elements look like too, so that reading needs neither the SDK nor a copy. */
export interface Stanza {
  name: string;
  attrs: Record<string, string | undefined>;
  children: (Stanza | string)[];
}

export const ns = {
  client: 'jabber:client', oob: 'jabber:x:oob', delay: 'urn:xmpp:delay', carbons: 'urn:xmpp:carbons:2', forward: 'urn:xmpp:forward:0',
  archive: 'urn:xmpp:mam:2', pages: 'http://jabber.org/protocol/rsm', sid: 'urn:xmpp:sid:0', correct: 'urn:xmpp:message-correct:0',
  retract: 'urn:xmpp:message-retract:1', retractOld: 'urn:xmpp:message-retract:0', fasten: 'urn:xmpp:fasten:0', reactions: 'urn:xmpp:reactions:0', receipts: 'urn:xmpp:receipts',
  markers: 'urn:xmpp:chat-markers:0', states: 'http://jabber.org/protocol/chatstates', reply: 'urn:xmpp:reply:0', fallback: 'urn:xmpp:fallback:0',
  occupant: 'urn:xmpp:occupant-id:0', muc: 'http://jabber.org/protocol/muc', mucUser: 'http://jabber.org/protocol/muc#user', nick: 'http://jabber.org/protocol/nick',
  unstyled: 'urn:xmpp:styling:0', encryption: 'urn:xmpp:eme:0', omemo: 'eu.siacs.conversations.axolotl', pgp: 'jabber:x:encrypted', hints: 'urn:xmpp:hints',
  upload: 'urn:xmpp:http:upload:0', ping: 'urn:xmpp:ping', items: 'http://jabber.org/protocol/disco#items', info: 'http://jabber.org/protocol/disco#info',
  stanzas: 'urn:ietf:params:xml:ns:xmpp-stanzas', forms: 'jabber:x:data',
} as const;

const none: readonly Stanza[] = [];

/** Child elements of anything that may be a stanza. */
export function elements(of: unknown): readonly Stanza[] {
  if (typeof of !== 'object' || of === null || !('children' in of) || !Array.isArray(of.children)) return none;
  return of.children.filter(isElement);
}

function isElement(value: unknown): value is Stanza {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'attrs' in value && typeof value.attrs === 'object' && value.attrs !== null;
}

/** The value as a stanza, when it is one. */
export function asStanza(value: unknown): Stanza | undefined {
  return isElement(value) ? value : undefined;
}

/** An attribute, when it is text. */
export function attr(of: Stanza | undefined, name: string): string | undefined {
  const value: unknown = of?.attrs[name];
  return typeof value === 'string' ? value : undefined;
}

/** The first child of this name and namespace; `jabber:client` is also what has none written. */
export function child(of: Stanza | undefined, name: string | undefined, namespace: string = ns.client): Stanza | undefined {
  if (of === undefined || !Array.isArray(of.children)) return undefined;
  for (const each of of.children) {
    if (typeof each === 'string' || !isElement(each) || (name !== undefined && each.name !== name)) continue;
    const own = each.attrs['xmlns'];
    if (own === namespace || (own === undefined && namespace === ns.client)) return each;
  }
  return undefined;
}

/** A child whose namespace it has from its parent. */
export function inner(of: Stanza | undefined, name: string): Stanza | undefined {
  return elements(of).find((each) => each.name === name);
}

/** The text inside, without that of inner elements. */
export function textOf(of: Stanza | undefined): string {
  if (of === undefined || !Array.isArray(of.children)) return '';
  let text = '';
  for (const each of of.children) if (typeof each === 'string') text += each;
  return text;
}

/** Makes an element; attributes that are `undefined` are left out. Whatever XML cannot hold is taken out of texts. */
export function element(name: string, attrs: Record<string, string | undefined>, ...children: (Stanza | string | undefined)[]): Stanza {
  const kept = Object.entries(attrs).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    name,
    attrs: Object.fromEntries(kept.map(([key, value]) => [key, xmlText(value)])),
    children: children.filter((each) => each !== undefined).map((each) => (typeof each === 'string' ? xmlText(each) : each)),
  };
}

/** One control character would end the whole session: XML 1.0 §2.2 allows none but tab and line ends. */
export function xmlText(text: string): string {
  return text.replace(/\p{Cs}/gu, '\uFFFD').replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '');
}
