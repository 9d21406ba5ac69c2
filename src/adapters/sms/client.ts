import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import { asList, asNumber, asObject, asText } from '../lib/read-json.js';
import type { SmsSettings } from './config.js';
import { requestMs } from './limits.js';

/** What Twilio answered: its JSON, its error number if it has one, and its clock. */
export interface Answer {
  status: number;
  body: Readonly<Record<string, unknown>>;
  code?: number;
  message?: string;
  retryAfter?: string;
  /** Twilio's time of the answer, in ms. */
  date?: number;
}

/** Twilio's REST API for one account, over the guarded client; repeats nothing. Throws what the guarded client throws. */
export function createClient(settings: SmsSettings, send: OutboundFetch) {
  const root = `${settings.apiUrl}/2010-04-01/Accounts/${settings.accountSid}`;
  const authorization = authorizationOf(settings);

  async function ask(url: string, request: { method: 'GET' | 'POST'; body?: string; timeoutMs?: number }): Promise<Answer> {
    const answer = await send(url, {
      timeoutMs: requestMs, ...request,
      headers: { authorization, accept: 'application/json', ...(request.body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) },
    });
    const body = readJson(answer.body);
    const code = asNumber(body['code']);
    const message = asText(body['message']);
    const retryAfter = answer.headers['retry-after'];
    const date = Date.parse(answer.headers['date'] ?? '');
    return {
      status: answer.status, body,
      ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }), ...(retryAfter === undefined ? {} : { retryAfter }), ...(Number.isNaN(date) ? {} : { date }),
    };
  }

  return {
    account: (): Promise<Answer> => ask(`${root}.json`, { method: 'GET' }),
    create: (fields: Record<string, string>): Promise<Answer> => ask(`${root}/Messages.json`, { method: 'POST', body: new URLSearchParams(fields).toString() }),
    list: (path: 'Messages' | 'IncomingPhoneNumbers' | `Messages/${string}/Media`, query: Record<string, string>, timeoutMs?: number): Promise<Answer> =>
      ask(`${root}/${path}.json?${new URLSearchParams(query).toString()}`, { method: 'GET', ...(timeoutMs === undefined ? {} : { timeoutMs }) }),
    /** A page that an answer named as its next; only of this API. */
    next: (uri: string): Promise<Answer> => {
      const url = new URL(uri, settings.apiUrl);
      if (url.origin !== new URL(settings.apiUrl).origin) throw new AppError('outbound_refused', 'That page lies elsewhere.');
      return ask(url.href, { method: 'GET' });
    },
  };
}

export type Client = ReturnType<typeof createClient>;

export function authorizationOf(settings: SmsSettings): string {
  return `Basic ${Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64')}`;
}

/** One message as the API lists it. */
export interface Listed {
  sid: string;
  from: string;
  to: string;
  body: string;
  direction: string;
  service: string;
  media: number;
  createdAt: number;
}

export function listedMessages(answer: Answer): Listed[] {
  return asList(answer.body['messages']).flatMap((given) => {
    const row = asObject(given);
    const sid = asText(row?.['sid']);
    if (row === undefined || sid === undefined) return [];
    const text = (key: string): string => asText(row[key]) ?? '';
    return [{ sid, from: text('from'), to: text('to'), body: text('body'), direction: text('direction'), service: text('messaging_service_sid'), media: Number(row['num_media'] ?? 0) || 0, createdAt: Date.parse(text('date_created')) }];
  });
}

/** A gateway's page reads as an empty object: its status says the rest. */
function readJson(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(body.toString('utf8'))) ?? {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {};
  }
}
