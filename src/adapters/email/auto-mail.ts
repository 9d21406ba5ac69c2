import { headerOf, headersOf, type HeaderField } from './mime/header.js';

/**
 * Why a mail was written by software, in words; empty when nothing says so. Such mail is shown, but it is never answered
 * and starts no clock. `X-Auto-Response-Suppress` is no sign: Outlook puts it on mails of people too.
 */
export function autoReasons(mail: { headers: readonly HeaderField[]; rootType: string; rootParams: Record<string, string> }): string[] {
  const { headers } = mail;
  const reasons: string[] = [];
  const add = (found: boolean, reason: string): void => {
    if (found) reasons.push(reason);
  };
  const submitted = headerOf(headers, 'auto-submitted').toLowerCase();
  add(submitted !== '' && !/^no\b/.test(submitted), `Auto-Submitted: ${submitted.slice(0, 60)}`);
  const precedence = headerOf(headers, 'precedence').toLowerCase();
  add(/^(bulk|list|junk|auto_reply|auto-reply)\b/.test(precedence), `Precedence: ${precedence.slice(0, 30)}`);
  for (const key of ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-response', 'x-mail-autoreply', 'x-vacation']) {
    add(headerOf(headers, key) !== '' && !/^(no|false)$/i.test(headerOf(headers, key)), headerName(key));
  }
  add(/^autoreply$/i.test(headerOf(headers, 'x-ms-exchange-generated-message-source')), 'X-MS-Exchange-Generated-Message-Source');
  add(headerOf(headers, 'list-id') !== '', `List-Id: ${headerOf(headers, 'list-id').slice(0, 100)}`);
  add(headerOf(headers, 'list-unsubscribe') !== '' && headerOf(headers, 'list-id') === '', 'List-Unsubscribe');
  add(headersOf(headers, 'return-path').some((value) => /^<\s*>$/.test(value)), 'Return-Path: <>');
  add(mail.rootType === 'multipart/report', `multipart/report${reportType(mail.rootParams)}`);
  add(headerOf(headers, 'feedback-id') !== '' && headerOf(headers, 'in-reply-to') === '', 'Feedback-ID');
  add(isMachine(headerOf(headers, 'from')), 'sender is a mail system');
  add(isNoReply(headers), 'sender takes no replies');
  add(isOutOfOffice(headerOf(headers, 'subject')) && headerOf(headers, 'in-reply-to') + headerOf(headers, 'references') !== '', 'subject of an absence notice');
  return reasons;
}

function reportType(params: Record<string, string>): string {
  const type = params['report-type'];
  return type === undefined ? '' : ` (${type.toLowerCase().slice(0, 60)})`;
}

function headerName(key: string): string {
  return key.replace(/(^|-)[a-z]/g, (letters) => letters.toUpperCase());
}

function isMachine(from: string): boolean {
  return /(^|<|\s)(mailer-daemon|postmaster|mail-daemon|mdaemon)(@|>|\s|$)/i.test(from.slice(0, 1_000));
}

/** Unless it names somebody who does: relays of shops and forms write so for a customer. */
function isNoReply(headers: readonly HeaderField[]): boolean {
  const from = headerOf(headers, 'from').slice(0, 1_000);
  return /(^|[<\s])(no-?reply|no_reply|do-?not-?reply|donotreply|nicht-?antworten|ne-?pas-?repondre)([-_+.][^@\s]{0,60})?@/i.test(from) && headerOf(headers, 'reply-to') === '';
}

const absence = [
  /^(automatic reply|auto(matic)?[ -]?(reply|response)|out of (the )?office|auto:)/i,
  /^(automatische antwort|abwesenheits(notiz|nachricht|assistent|meldung)|abwesend:|abwesenheit:)/i,
  /^(respuesta autom[aá]tica|fuera de (la )?oficina|r[eé]ponse automatique|absence du bureau|absent du bureau)/i,
  /^(risposta automatica|resposta autom[aá]tica|automatisch antwoord)/i,
];

function isOutOfOffice(subject: string): boolean {
  return absence.some((each) => each.test(subject.trim().slice(0, 200)));
}
