import { z } from 'zod';
import type { SettingField } from '../contract.js';

const line = z.string().trim().max(200).regex(/^[^\r\n\0]*$/u, 'must be one line');
const nick = z.string().trim().regex(/^[A-Za-z[\]\\`_^{|}][A-Za-z0-9[\]\\`_^{|}-]{0,29}$/u, 'is not a nick: letters, figures and []\\`_^{|}-, at most 30');
const channels = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === 'string' ? given.split(/[\s,;]+/u) : given).map((each) => each.trim()).filter((each) => each !== ''))
  .pipe(z.array(z.string().regex(/^[#&+!][^\s,:\u0007\0]{1,49}$/u, 'is not a channel name like #help')).max(50));
const toggle = (usual: boolean) => z.union([z.boolean(), z.stringbool()]).default(usual);
const secret = z.string().max(400).regex(/^[^\r\n\0]*$/u, 'must be one line').default('');

/** Settings and opened secrets of one nick on one IRC network. */
export const settings = z.object({
  host: z.string().trim().toLowerCase().regex(/^[a-z0-9._:-]{1,253}$/u, 'is not a host name'),
  port: z.coerce.number().int().min(1).max(65_535).default(6697),
  tls: toggle(true),
  allowSelfSigned: toggle(false),
  nick,
  realName: line.default(''),
  account: line.regex(/^[^\s]*$/u, 'must be one word').default(''),
  password: secret,
  serverPassword: secret,
  privateMessages: toggle(true),
  channels: channels.default([]),
  channelLines: z.enum(['addressed', 'all']).default('addressed'),
});

export type IrcSettings = z.infer<typeof settings>;

export const fields: readonly SettingField[] = [
  { key: 'host', label: 'Server', type: 'text', required: true, group: 'Network', help: 'As irc.velowerk.example.' },
  { key: 'port', label: 'Port', type: 'number', required: true, default: 6697, group: 'Network', help: '6697 with encryption, 6667 without.' },
  { key: 'tls', label: 'Encrypted (TLS)', type: 'switch', required: false, default: true, group: 'Network', help: 'Off: only for a server on this machine.' },
  { key: 'allowSelfSigned', label: 'Accept any certificate', type: 'switch', required: false, default: false, group: 'Network', help: 'Only for a server of your own with a self-signed certificate: anybody in between could read along.' },
  { key: 'serverPassword', label: 'Server password', type: 'password', required: false, secret: true, group: 'Network', help: 'Few networks ask for one.' },
  { key: 'nick', label: 'Nick', type: 'text', required: true, group: 'Account', help: 'When it is taken, “_” is put behind it until it is free.' },
  { key: 'realName', label: 'Real name', type: 'text', required: false, group: 'Account', help: 'Shown by WHOIS.' },
  { key: 'account', label: 'Account (SASL)', type: 'text', required: false, group: 'Account', help: 'Empty: the nick, if there is a password.' },
  { key: 'password', label: 'Password', type: 'password', required: false, secret: true, group: 'Account', help: 'Signs in before anything else (SASL PLAIN).' },
  { key: 'privateMessages', label: 'Private messages', type: 'switch', required: false, default: true, group: 'What to read' },
  { key: 'channels', label: 'Channels', type: 'list', required: false, group: 'What to read', help: 'As #help. What is said there is public, and so are the answers.' },
  { key: 'channelLines', label: 'What counts in channels', type: 'choice', choices: ['addressed', 'all'], required: true, default: 'addressed', group: 'What to read', help: 'addressed: only lines that name our nick. all: every line.' },
];
