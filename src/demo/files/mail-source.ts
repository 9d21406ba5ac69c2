import type { MessageEvent } from '../../inbox/model/event.js';
import type { DemoFile } from './make-file.js';

/** The mail as its server would have given it, so that "show source" shows one. */
export function mailSource(event: MessageEvent, files: readonly DemoFile[]): Buffer {
  const { email } = event;
  const boundary = `part-${event.externalId.replace(/\W/g, '').slice(0, 40)}`;
  const whole = event.quoted === undefined ? event.text : `${event.text}\n\n${event.quoted}`;
  const headers = [
    `Date: ${new Date(event.occurredAt ?? event.receivedAt).toUTCString().replace('GMT', '+0000')}`,
    `From: ${phrase(event.sender.displayName ?? '')} <${email?.from ?? ''}>`,
    `To: <${email?.to[0] ?? ''}>`,
    `Subject: ${word(email?.subject ?? '')}`,
    `Message-ID: <${event.externalId}>`,
    ...(email?.inReplyTo === undefined ? [] : [`In-Reply-To: <${email.inReplyTo}>`]),
    ...(email === undefined || email.references.length === 0 ? [] : [`References: ${email.references.map((id) => `<${id}>`).join('\r\n ')}`]),
    `Authentication-Results: mx.velowerk.example; ${email?.auth?.detail ?? 'none'}`,
    ...(event.auto === undefined ? [] : event.auto.includes('List-Id') ? ['List-Id: <letter.lastmile.example>', 'Precedence: bulk'] : ['Auto-Submitted: auto-replied']),
    'MIME-Version: 1.0',
  ];
  const text = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', lines(Buffer.from(whole))];
  if (files.length === 0) return Buffer.from([...headers, ...text, ''].join('\r\n'));
  const parts = files.map((file) => ['', `--${boundary}`, `Content-Type: ${file.mime}; name="${file.name}"`, `Content-Disposition: attachment; filename="${file.name}"`, 'Content-Transfer-Encoding: base64', '', lines(file.bytes)].join('\r\n'));
  return Buffer.from([...headers, `Content-Type: multipart/mixed; boundary="${boundary}"`, '', `--${boundary}`, ...text, ...parts, `--${boundary}--`, ''].join('\r\n'));
}

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
/** Base64 encoded-word (RFC 2047) where the text is not plain ASCII. */
const word = (text: string): string => (isPlain(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`);
const phrase = (text: string): string => (isPlain(text) ? `"${text}"` : word(text));
const lines = (bytes: Buffer): string => (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
