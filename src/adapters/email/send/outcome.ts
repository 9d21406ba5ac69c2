import type { DeliveryOutcome } from '../../contract.js';
import type { EmailSettings } from '../config.js';
import { mailId, type MailId } from '../ids.js';
import { connectionTrouble, passwordAdvice, raisedBy } from '../receive/imap-errors.js';
import type { SmtpResult } from './smtp.js';

const minute = 60_000;

/** What the answer of the SMTP server means for the message. Never guessed: see `DeliveryOutcome`. */
export function outcomeOf(result: SmtpResult, mail: { messageId: MailId; to: string }, settings: EmailSettings): DeliveryOutcome {
  if (!result.done) return failure(result, settings);
  const refused = result.refused.find((each) => each.address.toLowerCase() === mail.to);
  if (refused !== undefined) return { result: 'rejected', reason: `${mail.to}: ${refused.response}` };
  const others = result.refused.map((each) => `${each.address}: ${each.response}`).join('; ');
  return { result: 'sent', externalIds: [mail.messageId, ...rewrittenIds(result)], reason: others === '' ? result.response : `${result.response} (not to ${others})` };
}

/** Some services replace the Message-ID and name theirs in the answer; replies will carry it. */
function rewrittenIds(result: { response: string; serverMessageId?: string }): string[] {
  const named = [...result.response.matchAll(/<([^<>\s]{3,300}@[^<>\s]{3,253})>/g)].map((match) => match[1] ?? '');
  const known = result.serverMessageId === undefined ? [] : [mailId(result.serverMessageId)];
  return [...new Set([...known, ...named])];
}

function failure(result: { error: unknown; bytesGone: boolean }, settings: EmailSettings): DeliveryOutcome {
  const raised = raisedBy(result.error);
  const fields = typeof result.error === 'object' && result.error !== null ? (result.error as Record<string, unknown>) : {};
  const status = typeof fields['responseCode'] === 'number' ? fields['responseCode'] : 0;
  const words = raised.response === '' ? raised.text : raised.response;
  if (raised.code === 'EAUTH' || status === 530 || status === 534 || status === 535) return authFailure(status, words, settings);
  if (status === 421 || (status >= 400 && status < 500)) return { result: 'retry', afterMs: status === 450 || status === 451 ? 5 * minute : 2 * minute, reason: words };
  if (status >= 500) return { result: 'rejected', reason: words };
  if (result.bytesGone) return { result: 'unknown', reason: `The mail was handed over, but the server gave no answer (${raised.text}). It may have been sent.` };
  if (raised.code === 'EMESSAGE') return { result: 'rejected', reason: raised.text };
  if (raised.code === 'EENVELOPE') return { result: 'rejected', reason: words };
  const where = `${settings.smtpHost}:${settings.smtpPort}`;
  return { result: 'retry', reason: connectionTrouble(raised, where, settings.smtpTls) ?? raised.text };
}

function authFailure(status: number, words: string, settings: EmailSettings): DeliveryOutcome {
  if (status >= 400 && status < 500) return { result: 'retry', afterMs: 5 * minute, reason: words };
  return { result: 'rejected', channelBroken: true, reason: `The SMTP server refuses user name or password (“${words}”). ${passwordAdvice(settings.smtpHost)}` };
}
