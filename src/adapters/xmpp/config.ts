import { z } from 'zod';
import type { SettingField } from '../contract.js';
import { bareJid } from './jid.js';

const jid = z.string().trim().transform((text) => bareJid(text) ?? '').refine((text) => text.includes('@'), 'is not an address like support@velowerk.example');
const rooms = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === 'string' ? given.split(/[\s,;]+/u) : given).map((each) => each.trim()).filter((each) => each !== ''))
  .pipe(z.array(jid).max(50));
const host = z.string().trim().toLowerCase().regex(/^[a-z0-9._:-]{0,253}$/u, 'is not a host name');
const toggle = z.union([z.boolean(), z.stringbool()]).default(false);

/** Settings and opened secrets of one XMPP account. */
export const settings = z.object({
  jid,
  password: z.string().min(1, 'is missing').max(1_000),
  host: host.default(''),
  port: z.union([z.literal(''), z.coerce.number().int().min(0).max(65_535)]).default('').transform(Number),
  tls: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  allowSelfSigned: toggle,
  rooms: rooms.default([]),
  nick: z.string().trim().max(60).regex(/^[^\r\n/]*$/u, 'must be one line without “/”').default(''),
  roomMessages: z.enum(['addressed', 'all']).default('addressed'),
}).transform((given) => ({ ...given, nick: given.nick === '' ? given.jid.slice(0, given.jid.indexOf('@')) : given.nick }));

export type XmppSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'jid', label: 'Address (JID)', type: 'text', required: true, group: 'Account', help: 'Customers write to it, as support@velowerk.example.' },
  { key: 'password', label: 'Password', type: 'password', required: true, secret: true, group: 'Account' },
  { key: 'host', label: 'Server', type: 'text', required: false, group: 'Server', help: 'Empty: found by the domain of the address (SRV records).' },
  { key: 'port', label: 'Port', type: 'number', required: false, group: 'Server', help: 'Empty: 5222 with starttls, 5223 with tls.' },
  { key: 'tls', label: 'Encryption', type: 'choice', choices: ['starttls', 'tls', 'none'], required: true, default: 'starttls', group: 'Server', help: 'starttls: must switch to TLS before signing in. tls: encrypted from the first byte. none: only for a server on this machine.' },
  { key: 'allowSelfSigned', label: 'Accept any certificate', type: 'switch', required: false, default: false, group: 'Server', help: 'Only for a server of your own with a self-signed certificate: anybody in between could read along.' },
  { key: 'rooms', label: 'Rooms', type: 'list', required: false, group: 'Rooms', help: 'Group chats to take part in, as help@conference.velowerk.example. What is said there is public.' },
  { key: 'nick', label: 'Name in rooms', type: 'text', required: false, group: 'Rooms', help: 'Empty: the part of the address before the @.' },
  { key: 'roomMessages', label: 'What counts in rooms', type: 'choice', choices: ['addressed', 'all'], required: true, default: 'addressed', group: 'Rooms', help: 'addressed: only what names us or answers us. all: every line.' },
];
