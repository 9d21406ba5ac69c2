import { AppError, messageOf } from '../../errors.js';
import type { RejectedBecause } from '../../inbox/model/message.js';
import type { DeliveryOutcome } from '../contract.js';
import { retryAfterMs } from '../lib/outcomes.js';
import { asNumber, asText, field } from '../lib/read-json.js';
import type { GraphAnswer } from './graph.js';

/** The `error` of a Graph answer, or one of the `errors` of a WhatsApp status. */
export interface GraphError {
  code: number;
  subcode?: number;
  /** Meta's own words, with their numbers. */
  text: string;
  transient: boolean;
}

type Verdict = { retry: number | undefined; account?: true } | { because?: RejectedBecause; channelBroken?: boolean } | 'unknown';

const minute = 60_000;
const later = (afterMs?: number): Verdict => ({ retry: afterMs });
/** A limit of the app, the page or the number: nothing else of this account gets through either. */
const allLater = (afterMs: number): Verdict => ({ retry: afterMs, account: true });
const auth: Verdict = { because: 'auth', channelBroken: true };
/** Something that this app may not do; other things it still may. */
const notAllowed: Verdict = { because: 'auth' };
const windowClosed: Verdict = { because: 'window_closed' };
const blocked: Verdict = { because: 'blocked' };
const notFound: Verdict = { because: 'not_found' };
const invalid: Verdict = { because: 'invalid' };

/**
 * What each `code`, or `code/subcode` where that tells more, means for a message.
 * https://developers.facebook.com/docs/messenger-platform/error-codes
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
const verdicts: Readonly<Record<string, Verdict>> = {
  // Rates: of the app, the page, the account, the number, the pair of two numbers (one message in 6 s).
  4: allLater(minute), 17: allLater(minute), 32: allLater(minute), 613: allLater(minute), 80006: allLater(minute), 80007: allLater(minute), 130429: allLater(5_000), 131056: later(6_000),
  // Faults on their side. 1/1357046: "the messages are all sent successfully, but the endpoint returns an error".
  1: later(), '1/1357046': 'unknown', 2: later(), 131000: later(), 131016: later(), 131057: later(5 * minute),
  // The token, the account, or what the app may do. 200/1545041 and 551 are about the person, not about us.
  0: auth, 102: auth, 190: auth, 463: auth, 467: auth, 3: notAllowed, 10: notAllowed, 131005: notAllowed, 131031: notAllowed, 131045: notAllowed,
  '10/2018278': windowClosed, '10/2018065': windowClosed, '10/2534022': windowClosed, 131047: windowClosed,
  '10/2018108': blocked, '200/1545041': blocked, '200/2018108': blocked, 551: blocked, 131026: blocked, 131050: { because: 'opted_out' },
  '10/2018300': {},
  '100/2018001': notFound, '100/33': notFound, '100/2534014': notFound, 131030: notFound,
  100: invalid, 131008: invalid, 131009: invalid, 131021: invalid, 131051: invalid, 131053: invalid, 131062: invalid,
  132000: invalid, 132001: invalid, 132005: invalid, 132007: invalid, 132008: invalid, 132012: invalid, 132015: invalid, 132016: invalid,
};

/** `undefined` where the answer holds no error in Meta's form. */
export function errorOf(value: unknown): GraphError | undefined {
  const error = field(value, 'error');
  return readError(error);
}

/** Reads one error object. */
export function readError(error: unknown): GraphError | undefined {
  const code = asNumber(field(error, 'code'));
  if (code === undefined) return undefined;
  const subcode = asNumber(field(error, 'error_subcode'));
  const said = [asText(field(error, 'message')) ?? asText(field(error, 'title')) ?? 'refused', asText(field(error, 'error_data', 'details'))].filter((text) => text !== undefined);
  const text = `${[...new Set(said)].join(': ').slice(0, 300)} (${subcode === undefined ? code : `${code}/${subcode}`})`;
  return { code, text, transient: field(error, 'is_transient') === true, ...(subcode === undefined ? {} : { subcode }) };
}

/** Why it was refused for good; `undefined` where that says nothing that we know. */
export function becauseOf(error: GraphError): RejectedBecause | undefined {
  const verdict = verdictOf(error);
  return typeof verdict === 'object' && 'because' in verdict ? verdict.because : undefined;
}

/** How an answer that is not a success ends a sending. A fault without Meta's own words comes from something before it: nobody knows. */
export function outcomeOfRefusal(answer: GraphAnswer, now: number): DeliveryOutcome {
  const error = errorOf(answer.body);
  const asked = retryAfterMs(answer.headers['retry-after'], now) ?? regainMs(answer.headers['x-business-use-case-usage']);
  if (error === undefined && answer.status === 429) return retry('Meta answered 429', asked ?? minute, true);
  if (error === undefined) return answer.status >= 400 && answer.status < 500 ? { result: 'rejected', reason: `Meta answered ${answer.status}` } : { result: 'unknown', reason: `Meta answered ${answer.status} and not what became of it` };
  const verdict = verdictOf(error);
  if (verdict === 'unknown') return { result: 'unknown', reason: error.text };
  if ('retry' in verdict) return retry(error.text, asked ?? verdict.retry, verdict.account);
  if (answer.status === 429) return retry(error.text, asked ?? minute, true);
  return { result: 'rejected', reason: error.text, ...verdict };
}

function verdictOf(error: GraphError): Verdict {
  const known = verdicts[`${error.code}/${error.subcode ?? ''}`] ?? verdicts[error.code];
  if (known === invalid && /\b(?:too long|characters|length of param)/iu.test(error.text)) return { because: 'too_long' };
  if (known !== undefined) return known;
  if (error.transient) return later();
  // 200 to 299: a permission that the token lacks, or that was taken away.
  return error.code >= 200 && error.code < 300 ? notAllowed : {};
}

function retry(reason: string, afterMs: number | undefined, account?: boolean): DeliveryOutcome {
  return { result: 'retry', reason, ...(afterMs === undefined ? {} : { afterMs }), ...(account === true ? { scope: 'account' } : {}) };
}

/** The usage header tells in minutes when an account that is over its limit may call again. https://developers.facebook.com/docs/graph-api/overview/rate-limiting */
function regainMs(header: string | undefined): number | undefined {
  if (header === undefined || header.length > 10_000) return undefined;
  const minutes = [...header.matchAll(/"estimated_time_to_regain_access"\s*:\s*(\d{1,5})/gu)].map((match) => Number(match[1]));
  const longest = Math.max(0, ...minutes);
  return longest === 0 ? undefined : Math.min(60, longest) * minute;
}

/** A file of ours that could not be read before anything was sent: gone for good, or not to be had now. */
export function unread(error: unknown): DeliveryOutcome {
  if (error instanceof AppError && (error.code === 'gone' || error.code === 'not_found')) return { result: 'rejected', reason: error.message, because: 'invalid' };
  return { result: 'retry', reason: `a file could not be read: ${messageOf(error)}` };
}
