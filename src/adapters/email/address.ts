import { domainToASCII } from 'node:url';
import addressparser from 'nodemailer/lib/addressparser';
import { limits } from './limits.js';

/** One mailbox of an address header: `address` is normalised and plain, see `plainAddress`. */
export interface MailAddress {
  address: string;
  name?: string;
}

/**
 * The one place that splits address headers, for what comes in and for the envelope of what goes out. Groups are
 * flattened; what is not a plain address after that is left out.
 */
export function parseAddresses(header: string, decodeName: (text: string) => string = (text) => text): MailAddress[] {
  const found: MailAddress[] = [];
  for (const each of addressparser(header.slice(0, limits.addressHeaderChars), { flatten: true })) {
    const address = plainAddress(each.address);
    if (address === undefined) continue;
    const name = cleanName(decodeName(each.name));
    found.push(name === undefined ? { address } : { address, name });
    if (found.length === limits.addresses) break;
  }
  return found;
}

/**
 * The address in its one normal form (lower-case, host in ASCII), or `undefined` when it is not a plain `local@host`:
 * no quotes, comments, white space or control characters, so that no other parser can read it differently.
 */
export function plainAddress(text: string): string | undefined {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  if (at < 1 || at > 64 || trimmed.length > 254) return undefined;
  const local = trimmed.slice(0, at);
  const host = domainToASCII(trimmed.slice(at + 1).replace(/\.$/, ''));
  if (!/^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(local)) return undefined;
  if (!/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/.test(host)) return undefined;
  return `${local.toLowerCase()}@${host}`;
}

/** The host of a plain address. */
export function hostOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** Without `+tag`: `support+abc@x` is `support@x`. */
export function withoutTag(address: string): string {
  return address.replace(/^([^@+]+)\+[^@]*@/, '$1@');
}

/** The addresses that are this mailbox; plus-addresses of them count. */
export function ownAddresses(settings: { address: string; aliases: readonly string[] }): { has(address: string): boolean; list: string[] } {
  const list = [settings.address, ...settings.aliases].map((each) => plainAddress(each)).filter((each) => each !== undefined);
  const known = new Set(list);
  return { list, has: (address) => known.has(address) || known.has(withoutTag(address)) };
}

/**
 * A display name as people read it: no controls, no bidi tricks, no quotes around it. A name that is an address says
 * either the same again, or that it is somebody else: both go.
 */
function cleanName(raw: string): string | undefined {
  const name = raw
    .replace(/[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim()
    .slice(0, limits.nameChars);
  return name === '' || /[^\s@<]@[^\s@]+\.[^\s@]/.test(name) ? undefined : name;
}
