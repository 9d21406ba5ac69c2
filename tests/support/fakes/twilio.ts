import { createHmac } from 'node:crypto';
import type { Failure, FarEnd, Posted, Received } from '../../contract/fake-platform.js';
import { startTwilioServer, type Reply, type Request } from './twilio-server.js';

export const accountSid = 'AC0123456789abcdef0123456789abcdef';
export const authToken = '5f0c1e7a9b8d4c3f2e1d0c9b8a7f6e5d';
export const ourNumber = '+4976155501234';
export const hookUrl = 'https://inbox.velowerk.example/hooks/sms';

type Post = Parameters<NonNullable<FarEnd['connect']>>[0];
type Row = Received & { to: string; from: string; createdAt: number; callback: string };

const fault = (status: number, code: number, message: string, headers?: Record<string, string>): Reply => ({ status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, ...(headers === undefined ? {} : { headers }) });

const failures: Record<Failure, Reply | 'lose answer'> = {
  rate_limited: fault(429, 20429, 'Too Many Requests', { 'retry-after': '3' }),
  server_error: fault(503, 20503, 'Service Unavailable'),
  window_closed: fault(400, 63016, 'Outside the allowed window'),
  blocked: fault(400, 21610, 'Attempt to send to unsubscribed recipient'),
  token_revoked: fault(401, 20003, 'Authenticate'),
  not_found: fault(400, 21211, "The 'To' number is not a valid phone number."),
  too_long: fault(400, 21617, 'The concatenated message body exceeds the 1600 character limit'),
  lost_answer: 'lose answer',
};

/** As Twilio does it; written anew here, so that the adapter's own sum is not checked against itself. */
export function twilioSignature(url: string, fields: Record<string, string>, token = authToken): string {
  let text = url;
  for (const key of Object.keys(fields).sort()) text += key + (fields[key] ?? '');
  return createHmac('sha1', token).update(Buffer.from(text, 'utf8')).digest('base64');
}

/** A request to the product, signed over the public address. `query` becomes part of that address. */
export function signedPost(fields: Record<string, string>, options: { url?: string; query?: Record<string, string>; token?: string } = {}) {
  const query = options.query ?? {};
  const asked = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
  const url = (options.url ?? hookUrl) + (asked === '' ? '' : `?${asked}`);
  return {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8', 'x-twilio-signature': twilioSignature(url, fields, options.token) },
    query,
    rawBody: Buffer.from(new URLSearchParams(fields).toString()),
  };
}

/** A Twilio account with one number: takes and lists messages, serves media behind the account's password, posts what happens. */
export async function startTwilio() {
  const ledger: Row[] = [];
  const failNext: (Reply | 'lose answer')[] = [];
  const numbers = new Map<string, string>();
  const media = new Map<string, { bytes: Buffer; mime: string }>();
  const inbound: Record<string, unknown>[] = [];
  let count = 0;
  let post: Post | undefined;
  /** Newly made messages show in the list only when this is true. */
  const state = { lists: true, hookUrl };

  const root = `/2010-04-01/Accounts/${accountSid}`;
  const server = await startTwilioServer(answer);

  const sidOf = (kind: 'SM' | 'MM' = 'SM'): string => {
    count += 1;
    return `${kind}${count.toString(16).padStart(32, '0')}`;
  };

  function numberOf(conversation: string): string {
    const known = numbers.get(conversation) ?? `+49151${String(20_000_000 + numbers.size)}`;
    numbers.set(conversation, known);
    return known;
  }

  function answer(request: Request): Reply {
    const right = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    if (request.authorization !== right) return fault(401, 20003, 'Authenticate');
    const file = media.get(request.path);
    if (file !== undefined) return { status: 200, bytes: file.bytes, type: file.mime };
    if (request.path === `${root}.json`) return { status: 200, body: { sid: accountSid, friendly_name: 'Velowerk', status: 'active' } };
    if (request.path === `${root}/IncomingPhoneNumbers.json`) return { status: 200, body: { incoming_phone_numbers: [{ phone_number: ourNumber, sms_url: state.hookUrl, sms_method: 'POST', capabilities: { sms: true, mms: true, voice: true } }] } };
    if (request.path === `${root}/Messages.json`) return request.method === 'POST' ? take(request) : list(request);
    return fault(404, 20404, 'The requested resource was not found');
  }

  function take(request: Request): Reply {
    const failing = failNext.shift();
    if (failing !== undefined && failing !== 'lose answer') return failing;
    const to = request.form.get('To') ?? '';
    const externalId = sidOf();
    const conversation = [...numbers].find(([, number]) => number === to)?.[0] ?? to;
    ledger.push({ conversation, text: request.form.get('Body') ?? '', externalId, files: [], to, from: request.form.get('From') ?? '', createdAt: Date.now(), callback: request.form.get('StatusCallback') ?? '' });
    return failing === 'lose answer' ? 'hang up' : { status: 201, body: { sid: externalId, status: 'queued', to, num_segments: '1' } };
  }

  function list(request: Request): Reply {
    const outbound = ledger.map((row) => ({ sid: row.externalId, to: row.to, from: row.from, body: row.text, direction: 'outbound-api', num_media: '0', date_created: new Date(row.createdAt).toUTCString() }));
    const rows = state.lists ? [...inbound, ...outbound].reverse().filter((row) => ['To', 'From'].every((key) => request.query.get(key) === null || (row as Record<string, unknown>)[key.toLowerCase()] === request.query.get(key))) : [];
    return { status: 200, body: { messages: rows, next_page_uri: null } };
  }

  async function deliver(request: Parameters<Post>[0]): Promise<void> {
    await post?.(request);
  }

  async function status(row: Row, name: string, more: Record<string, string> = {}): Promise<void> {
    const url = new URL(row.callback);
    const fields = { AccountSid: accountSid, MessageSid: row.externalId, SmsSid: row.externalId, MessageStatus: name, SmsStatus: name, From: row.from, To: row.to, ApiVersion: '2010-04-01', ...more };
    await deliver(signedPost(fields, { query: Object.fromEntries(url.searchParams) }));
  }

  async function says(what: Parameters<FarEnd['says']>[0], more: Record<string, string> = {}): Promise<Posted> {
    const sid = sidOf(what.files === undefined ? 'SM' : 'MM');
    const files: Record<string, string> = {};
    for (const [index, file] of (what.files ?? []).entries()) {
      const path = `${root}/Messages/${sid}/Media/ME${String(index).padStart(32, '0')}`;
      media.set(path, { bytes: file.bytes, mime: file.mime });
      files[`MediaUrl${index}`] = `${server.url}${path}`;
      files[`MediaContentType${index}`] = file.mime;
    }
    const fields = {
      ToCountry: 'DE', SmsMessageSid: sid, NumMedia: String(what.files?.length ?? 0), SmsSid: sid, SmsStatus: 'received', Body: what.text, To: ourNumber, NumSegments: '1',
      MessageSid: sid, AccountSid: accountSid, From: numberOf(what.conversation), ApiVersion: '2010-04-01', ...files, ...more,
    };
    inbound.push({ sid, to: ourNumber, from: fields.From, body: what.text, direction: 'inbound', num_media: '0', date_created: new Date().toUTCString() });
    const request = signedPost(fields);
    await deliver(request);
    return { externalId: sid, conversation: what.conversation, again: () => deliver(request) };
  }

  const sample = { MessageSid: `SM${'f'.repeat(32)}`, SmsStatus: 'received', From: '+4915199999999', To: ourNumber, Body: 'signed', NumMedia: '0', AccountSid: accountSid };
  const far: FarEnd = {
    settings: { accountSid, number: ourNumber, publicUrl: hookUrl, apiUrl: server.url },
    secrets: { authToken },
    allow: [server.host],
    connect: (given) => { post = given; },
    says,
    batch: 'Twilio posts one message a request',
    edits: 'an SMS cannot be changed',
    deletes: 'an SMS cannot be taken back',
    reacts: 'SMS has no reactions',
    receipt: async (sent, name) => {
      const row = ledger.find((one) => one.externalId === sent.externalId);
      if (row !== undefined) await status(row, name);
    },
    typing: 'SMS tells of nobody typing',
    outside: 'what the console sends is posted to nobody',
    echoes: 'Twilio does not post our own messages',
    botSays: 'SMS does not tell bots from people',
    unknownKind: async () => {
      await deliver(signedPost({ MessageSid: sidOf(), MessageStatus: 'teleported', From: ourNumber, To: '+4915199999999', AccountSid: accountSid }));
      return 'teleported';
    },
    received: () => ledger,
    failNext: (failure) => { failNext.push(failures[failure]); },
    webhook: {
      good: () => signedPost(sample),
      bad: {
        wrong: () => signedPost(sample, { token: 'another-token-of-the-account' }),
        missing: () => ({ ...signedPost(sample), headers: {} }),
        'other bytes': () => ({ ...signedPost(sample), rawBody: signedPost({ ...sample, Body: 'other' }).rawBody }),
      },
      sign: (body) => {
        const fields = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
        return { ...signedPost(fields), rawBody: body };
      },
      ackWithinMs: 15_000,
    },
    stop: () => server.stop(),
  };
  return { ...far, server, state, ledger, status, says, media, numberOf, answerOnce: (reply: Reply) => failNext.push(reply) };
}
