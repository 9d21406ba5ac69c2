import { messageOf } from '../../../errors.js';
import type { EmailSettings } from '../config.js';

/** What went wrong with the IMAP server, and what to do about it. */
export interface Trouble {
  kind: 'refused' | 'connection' | 'folder' | 'other';
  text: string;
}

interface Raised {
  code: string;
  text: string;
  response: string;
  isRefusal: boolean;
  responseCode: string;
}

/** Answers that mean "not now", though they come at sign-in. */
const passing = /^(UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN|OVERQUOTA)$/;

/** Puts an error of the IMAP connection into words an administrator can act on. */
export function explainImap(error: unknown, settings: Pick<EmailSettings, 'imapHost' | 'imapPort' | 'imapTls'>): Trouble {
  const raised = raisedBy(error);
  const where = `${settings.imapHost}:${settings.imapPort}`;
  if (raised.isRefusal && !passing.test(raised.responseCode)) return { kind: 'refused', text: `The IMAP server refuses user name or password${said(raised.response)}. ${passwordAdvice(settings.imapHost)}` };
  if (raised.isRefusal) return { kind: 'connection', text: `The IMAP server does not let anybody sign in right now${said(raised.response)}.` };
  const text = connectionTrouble(raised, where, settings.imapTls);
  return text === undefined ? { kind: 'other', text: `IMAP: ${raised.text}` } : { kind: 'connection', text };
}

/** What both protocols have in common: reaching the server and agreeing on encryption. */
export function connectionTrouble(raised: { code: string; text: string }, where: string, tls: EmailSettings['imapTls']): string | undefined {
  const { code, text } = raised;
  if (/^(ENOTFOUND|EAI_AGAIN|EDNS|ENODATA)$/.test(code) || /ENOTFOUND|EAI_AGAIN/.test(text)) return `No server is called that: ${where}. Check the host name.`;
  if (code === 'ECONNREFUSED' || text.includes('ECONNREFUSED')) return `Nothing answers at ${where}. Check host and port.`;
  if (/SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|self.signed/i.test(`${code} ${text}`)) return `The certificate of ${where} is self-signed or of an unknown authority. Get a valid one, or switch on “Accept any certificate” if the server is your own.`;
  if (code === 'CERT_HAS_EXPIRED') return `The certificate of ${where} has expired.`;
  if (/ALTNAME|altname/i.test(`${code} ${text}`)) return `The certificate of ${where} was made for another name. Use the name that your provider gives.`;
  if (/wrong version number|packet length too long|EPROTO|unknown protocol|ERR_SSL/i.test(`${code} ${text}`)) return `${where} does not speak TLS from the first byte. Use “starttls” there, or the port for tls (993 for IMAP, 465 for SMTP).`;
  if (/STARTTLS|upgrade/i.test(text)) return `${where} offers no STARTTLS. Use the port for tls (993 for IMAP, 465 for SMTP).`;
  if (/TIMEOUT|ETIMEDOUT|ETIME/i.test(code) || /timed? ?out/i.test(text)) {
    return tls === 'tls' ? `${where} does not answer in time. Check host and port; a firewall may be in between.` : `${where} accepts the connection but does not greet. A port for tls (993, 465) needs “tls”.`;
  }
  if (/ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH|ESOCKET|ECONNECTION|NoConnection|EConnectionClosed|ClosedAfterConnect/i.test(code)) return `The connection to ${where} broke (${text || code}).`;
  return undefined;
}

/** What usually helps when a password is right and refused all the same. */
export function passwordAdvice(host: string): string {
  if (/gmail|google/i.test(host)) return 'Gmail needs an app password (Google account → Security → App passwords).';
  if (/outlook|office365|hotmail/i.test(host)) return 'Microsoft no longer accepts passwords for IMAP and SMTP of most accounts; ask your administrator for a mailbox with basic sign-in or a relay.';
  if (/yahoo|aol|icloud|me\.com/i.test(host)) return 'This provider needs an app password, made in the account’s security settings.';
  return 'Check both; with two-step sign-in an app password is needed.';
}

export function raisedBy(error: unknown): Raised {
  const fields = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  const textOf = (key: string): string => (typeof fields[key] === 'string' ? fields[key] : '');
  return {
    code: textOf('code'),
    text: messageOf(error).slice(0, 300),
    response: (textOf('responseText') || textOf('response')).slice(0, 300),
    isRefusal: fields['authenticationFailed'] === true,
    responseCode: textOf('serverResponseCode').toUpperCase(),
  };
}

function said(response: string): string {
  return response === '' ? '' : ` (“${response}”)`;
}
