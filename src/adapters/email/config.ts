import { z } from 'zod';
import type { SettingField } from '../contract.js';
import { plainAddress } from './address.js';

const address = z
  .string()
  .transform((text) => plainAddress(text) ?? '')
  .refine((text) => text !== '', 'is not an e-mail address');
const host = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9.:-]{1,253}$/, 'is not a host name');
const port = z.coerce.number().int().min(1).max(65_535);
const tlsMode = z.enum(['tls', 'starttls', 'none']);
const line = z.string().max(200).regex(/^[^\r\n]*$/, 'must be one line');
const toggle = z.union([z.boolean(), z.stringbool()]).default(false);
const secret = z.string().max(1_000);
/** `a@x, b@x` or a list of them; empty entries are dropped. */
const addresses = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === 'string' ? given.split(/[\s,;]+/) : given).filter((each) => each.trim() !== ''))
  .pipe(z.array(address).max(50));

/** Settings of a mailbox and its opened secrets, checked together. */
export const emailSettings = z
  .object({
    address,
    displayName: line.default(''),
    aliases: addresses.default([]),
    imapHost: host,
    imapPort: port.default(993),
    imapTls: tlsMode.default('tls'),
    imapUser: line.default(''),
    imapPassword: secret.min(1, 'is missing'),
    smtpHost: host,
    smtpPort: port.default(465),
    smtpTls: tlsMode.default('tls'),
    smtpUser: line.default(''),
    smtpPassword: secret.default(''),
    folder: line.min(1).default('INBOX'),
    sentFolder: line.default(''),
    pollSeconds: z.coerce.number().int().min(5).max(3_600).default(60),
    importDays: z.coerce.number().int().min(0).max(3_650).default(7),
    signature: z.string().max(5_000).default(''),
    plusAddressing: toggle,
    trustedAuthServer: line.default(''),
    allowSelfSigned: toggle,
  })
  .transform((given) => ({
    ...given,
    imapUser: given.imapUser === '' ? given.address : given.imapUser,
    smtpUser: given.smtpUser === '' ? (given.imapUser === '' ? given.address : given.imapUser) : given.smtpUser,
    smtpPassword: given.smtpPassword === '' ? given.imapPassword : given.smtpPassword,
  }));

export type EmailSettings = z.infer<typeof emailSettings>;
export type TlsMode = z.infer<typeof tlsMode>;

const tlsChoices = ['tls', 'starttls', 'none'];
const tlsHelp = 'tls: encrypted from the first byte. starttls: must switch to TLS before signing in. none: only for a server on this machine.';

/** The form of a mailbox, in the order of filling it in. */
export const emailFields: readonly SettingField[] = [
  { key: 'address', label: 'E-mail address', type: 'text', required: true, group: 'Mailbox', help: 'Customers write to it, answers come from it.' },
  { key: 'displayName', label: 'Sender name', type: 'text', required: false, group: 'Mailbox', help: 'Empty: the company name.' },
  { key: 'aliases', label: 'Other own addresses', type: 'list', required: false, group: 'Mailbox', help: 'Mail from one of them is ours, not a customer’s.' },
  { key: 'signature', label: 'Signature', type: 'text', required: false, group: 'Mailbox', help: 'Under every answer; {name} becomes the name of whoever answers.' },
  { key: 'imapHost', label: 'IMAP server', type: 'text', required: true, group: 'Receiving (IMAP)' },
  { key: 'imapPort', label: 'Port', type: 'number', required: true, default: 993, group: 'Receiving (IMAP)', help: '993 with tls, 143 with starttls.' },
  { key: 'imapTls', label: 'Encryption', type: 'choice', choices: tlsChoices, required: true, default: 'tls', group: 'Receiving (IMAP)', help: tlsHelp },
  { key: 'imapUser', label: 'User name', type: 'text', required: false, group: 'Receiving (IMAP)', help: 'Empty: the e-mail address.' },
  { key: 'imapPassword', label: 'Password', type: 'password', required: true, secret: true, group: 'Receiving (IMAP)', help: 'With two-step sign-in (Gmail, Yahoo, iCloud): an app password.' },
  { key: 'folder', label: 'Folder', type: 'text', required: true, default: 'INBOX', group: 'Receiving (IMAP)' },
  { key: 'sentFolder', label: 'Sent folder', type: 'text', required: false, group: 'Receiving (IMAP)', help: 'Answers written in another mail program are read from it. Empty: found by itself. “-”: not read.' },
  { key: 'pollSeconds', label: 'Look for mail every … seconds', type: 'number', required: true, default: 60, group: 'Receiving (IMAP)', help: 'New mail usually shows at once; this is for servers that do not tell.' },
  { key: 'importDays', label: 'Days of earlier mail to bring in', type: 'number', required: true, default: 7, group: 'Receiving (IMAP)', help: 'Only when the mailbox is connected for the first time.' },
  { key: 'smtpHost', label: 'SMTP server', type: 'text', required: true, group: 'Sending (SMTP)' },
  { key: 'smtpPort', label: 'Port', type: 'number', required: true, default: 465, group: 'Sending (SMTP)', help: '465 with tls, 587 with starttls.' },
  { key: 'smtpTls', label: 'Encryption', type: 'choice', choices: tlsChoices, required: true, default: 'tls', group: 'Sending (SMTP)', help: tlsHelp },
  { key: 'smtpUser', label: 'User name', type: 'text', required: false, group: 'Sending (SMTP)', help: 'Empty: as for receiving. “-”: the server asks for none.' },
  { key: 'smtpPassword', label: 'Password', type: 'password', required: false, secret: true, group: 'Sending (SMTP)', help: 'Empty: as for receiving.' },
  { key: 'plusAddressing', label: 'The server delivers name+anything@ to this mailbox', type: 'switch', required: false, default: false, group: 'Advanced', help: 'Answers then carry a signed address, so that replies find their conversation even from mail programs that lose the thread.' },
  { key: 'trustedAuthServer', label: 'Trusted Authentication-Results of', type: 'text', required: false, group: 'Advanced', help: 'The name (authserv-id) your own mail server writes there. Empty: signatures are checked here.' },
  { key: 'allowSelfSigned', label: 'Accept any certificate', type: 'switch', required: false, default: false, group: 'Advanced', help: 'Only for a server of your own with a self-signed certificate: anybody in between could read along.' },
];
