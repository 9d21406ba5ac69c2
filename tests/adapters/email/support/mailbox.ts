import { createEmailAdapter } from '../../../../src/adapters/email/index.js';
import type { EmailDeps } from '../../../../src/adapters/email/deps.js';
import type { Account } from '../../../../src/adapters/contract.js';
import type { Channel } from '../../../../src/inbox/model/channel.js';

export const replyKey = Buffer.alloc(32, 7);

/** Waits that a test can afford. */
export const quick = { backoffMinMs: 20, backoffMaxMs: 100, secondTryMs: 20, refusedMs: 150, imapConnectMs: 4_000, imapCommandMs: 8_000, pollMs: 300 };

export function emailAdapter(deps: Partial<EmailDeps> = {}): ReturnType<typeof createEmailAdapter> {
  return createEmailAdapter({ replyKey, readBlob: async () => undefined, timing: quick, ...deps });
}

/** An account on local servers; `more` overrides settings. */
export function mailAccount(more: Record<string, unknown> = {}): Account {
  const channel: Channel = { _id: 'ch-mail', kind: 'email', name: 'Support', state: 'on', settings: {}, secrets: {}, createdAt: 0, changeSeq: 0 };
  const settings = {
    address: 'box1@velowerk.example', displayName: 'Velowerk', imapHost: '127.0.0.1', imapPort: 1, imapTls: 'none', imapPassword: 'secret-1',
    smtpHost: '127.0.0.1', smtpPort: 1, smtpTls: 'none', smtpPassword: 'secret-smtp', ...more,
  };
  return { channel, settings };
}

/** A small plain mail. */
export function plainMail(fields: { subject: string; from?: string; to?: string; id?: string; body?: string; more?: string }): string {
  return [
    `From: ${fields.from ?? 'Ines Kern <ines@posteo.example>'}`,
    `To: ${fields.to ?? 'box1@velowerk.example'}`,
    `Subject: ${fields.subject}`,
    `Message-ID: <${fields.id ?? `${fields.subject.replace(/\W+/g, '-')}@posteo.example`}>`,
    `Date: ${new Date().toUTCString()}`,
    ...(fields.more === undefined ? [] : [fields.more]),
    '',
    fields.body ?? `Text of ${fields.subject}`,
    '',
  ].join('\n');
}
