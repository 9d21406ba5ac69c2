import { AppError } from '../../errors.js';
import type { Account, ChannelAdapter } from '../contract.js';
import type { HoldsConnection, SendsNotices, TestsConnection } from '../contract/abilities.js';
import { emailFields, emailSettings, type EmailSettings } from './config.js';
import { deliverMail } from './deliver.js';
import type { EmailDeps, EmailTools } from './deps.js';
import { createMailIds } from './ids.js';
import { limits } from './limits.js';
import { createReadPool } from './read-pool.js';
import { holdMailbox } from './receive/hold-mailbox.js';
import { renderMail, renderNotice, type RenderContext } from './render.js';
import { testConnection } from './test-connection.js';

export type { EmailDeps } from './deps.js';

/**
 * Mailboxes over IMAP and SMTP. Costs nothing until the first mailbox is opened: the SDKs are loaded then, and mails are
 * read in a process that ends when it is quiet.
 */
export function createEmailAdapter(deps: EmailDeps): ChannelAdapter & HoldsConnection & TestsConnection & SendsNotices {
  if (deps.replyKey.length < 32) throw new AppError('config_invalid', 'the key for reply addresses needs at least 32 bytes');
  const timing = deps.timing;
  const tools: EmailTools = {
    deps,
    ids: createMailIds(deps.replyKey),
    pool: createReadPool(timing?.readMs === undefined ? {} : { timeoutMs: timing.readMs }),
    crashAt: deps.crashAt ?? (() => undefined),
  };
  const contextOf = (account: Account): RenderContext => ({ channelId: account.channel._id, settings: settingsOf(account.settings), ids: tools.ids });
  return {
    kind: 'email',
    title: 'E-mail',
    capabilities: {
      textMax: limits.textChars,
      textUnit: 'utf16',
      fileMax: limits.sendBytes,
      filesPerMessage: 20,
      formats: ['plain'],
      receipts: 'none',
      typing: false,
      idempotency: 'same-id',
      inbound: ['files', 'threads', 'outside'],
      outbound: ['files', 'threads'],
    },
    fields: emailFields,
    settings: emailSettings,
    deliver: async (outbound, account) => deliverMail(renderMail(outbound, contextOf(account)), settingsOf(account.settings), tools),
    sendNotice: async (notice, account) => deliverMail(renderNotice(notice, contextOf(account)), settingsOf(account.settings), tools),
    open: (account, host) => holdMailbox({ channelId: account.channel._id, settings: settingsOf(account.settings) }, host, tools),
    test: async (settings) => testConnection(settingsOf(settings), tools),
  };
}

/** Settings arrive as `unknown`; what was checked before passes unchanged. */
function settingsOf(settings: unknown): EmailSettings {
  const checked = emailSettings.safeParse(settings);
  if (checked.success) return checked.data;
  throw new AppError('config_invalid', 'the mailbox settings are not valid', { facts: { faults: checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) } });
}
