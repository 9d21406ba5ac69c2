/** `local@domain/resource`, taken apart and folded to lower case where XMPP does not tell cases apart. */
export interface Jid {
  bare: string;
  domain: string;
  resource: string;
}

/** `undefined` for what is no address. https://www.rfc-editor.org/rfc/rfc7622 (without its Unicode profiles: servers have applied them) */
export function readJid(text: unknown): Jid | undefined {
  if (typeof text !== 'string' || text.length === 0 || text.length > 3_071) return undefined;
  const slash = text.indexOf('/');
  const address = slash === -1 ? text : text.slice(0, slash);
  const at = address.indexOf('@');
  const domain = (at === -1 ? address : address.slice(at + 1)).toLowerCase();
  if (domain === '' || at === 0 || !/^[^\s"&'/:<>@]+$/u.test(domain)) return undefined;
  if (at !== -1 && /[\s"&'/:<>@]/u.test(address.slice(0, at))) return undefined;
  return { bare: address.toLowerCase(), domain, resource: slash === -1 ? '' : text.slice(slash + 1) };
}

/** The address without its device. */
export function bareJid(text: unknown): string | undefined {
  return readJid(text)?.bare;
}
