import { createHmac } from 'node:crypto';
import type { Failure, FarEnd } from '../../contract/fake-platform.js';
import { type Answer, type Asked, startJsonServer } from './json-server.js';

export const appId = '4711000000000001';
export const appSecret = 'f3a1c5d7e9b2480691827364554637281';
export const accessToken = 'EAAVelowerkPageTokenForTests0123456789';
export const verifyToken = 'verify-velowerk-0123456789';
const version = 'v24.0';

/** A refusal as Meta words it. */
export function graphError(status: number, error: { code: number; subcode?: number; message: string; transient?: boolean; details?: string }, headers?: Record<string, string>): Answer {
  const { code, subcode, message, transient, details } = error;
  return {
    status, ...(headers === undefined ? {} : { headers }),
    json: { error: { message: `(#${code}) ${message}`, type: 'OAuthException', code, fbtrace_id: 'A1b2C3d4', ...(subcode === undefined ? {} : { error_subcode: subcode }), ...(transient === true ? { is_transient: true } : {}), ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }) } },
  };
}

/** What the next sending meets, by its error of the product. */
export type Failures = Record<Exclude<Failure, 'lost_answer'>, Answer>;

/** One field or file of a `multipart/form-data` body. */
export interface FormPart {
  name: string;
  filename?: string;
  mime?: string;
  bytes: Buffer;
}

export function readForm(asked: Asked): FormPart[] {
  const boundary = /boundary=([^;]+)/u.exec(asked.headers['content-type'] ?? '')?.[1] ?? '';
  const parts: FormPart[] = [];
  let at = asked.body.indexOf(`--${boundary}`);
  while (at !== -1) {
    const from = at + boundary.length + 4;
    const next = asked.body.indexOf(`--${boundary}`, from);
    if (next === -1) break;
    const headEnd = asked.body.indexOf('\r\n\r\n', from);
    const head = asked.body.subarray(from, headEnd).toString('utf8');
    const filename = /filename="([^"]*)"/u.exec(head)?.[1];
    const mime = /content-type: (.+)/iu.exec(head)?.[1];
    parts.push({ name: /[; ]name="([^"]*)"/u.exec(head)?.[1] ?? '', bytes: asked.body.subarray(headEnd + 4, next - 2), ...(filename === undefined ? {} : { filename }), ...(mime === undefined ? {} : { mime: mime.trim() }) });
    at = next;
  }
  return parts;
}

/**
 * The Graph API on loopback: checks token and proof as Meta does, knows the app's `debug_token`, and leaves the rest to the
 * product's own answers. Media lie at `/media/NAME`.
 */
export async function startGraph(options: { failures: Failures; answer: (asked: Asked, path: string) => Answer | undefined | Promise<Answer>; isSending: (asked: Asked, path: string) => boolean; mediaNeedsToken?: boolean }) {
  const media = new Map<string, { bytes: Buffer; mime: string }>();
  const failing: Failure[] = [];
  const asked: { method: string; path: string; body: Buffer }[] = [];
  /** What `debug_token` says; `expiresAt` in seconds, 0: never. */
  const token = { valid: true, expiresAt: 0, scopes: ['pages_messaging', 'pages_manage_metadata', 'instagram_basic', 'instagram_manage_messages', 'whatsapp_business_messaging', 'whatsapp_business_management'] };
  const server = await startJsonServer(serve);
  const proof = createHmac('sha256', appSecret).update(accessToken).digest('hex');

  async function serve(request: Asked): Promise<Answer> {
    const bearer = request.headers.authorization?.replace(/^Bearer /u, '');
    if (request.path.startsWith('/media/')) return serveMedia(request.path.slice('/media/'.length), bearer);
    const path = request.path.slice(version.length + 2);
    asked.push({ method: request.method, path, body: request.body });
    if (!request.path.startsWith(`/${version}/`)) return graphError(400, { code: 2500, message: 'Unknown path components' });
    if (path === 'debug_token') return debugToken(bearer, request.url.searchParams.get('input_token'));
    if (bearer !== accessToken) return graphError(401, { code: 190, message: 'Invalid OAuth access token.' });
    if (request.url.searchParams.get('appsecret_proof') !== proof) return graphError(400, { code: 100, message: 'Invalid appsecret_proof provided in the API argument' });
    const failure = options.isSending(request, path) ? failing.shift() : undefined;
    if (failure !== undefined && failure !== 'lost_answer') return options.failures[failure];
    const answer = await options.answer(request, path) ?? graphError(404, { code: 100, subcode: 33, message: `Unsupported request: object with ID '${path}' does not exist` });
    return failure === 'lost_answer' ? 'hang up' : answer;
  }

  function serveMedia(name: string, bearer: string | undefined): Answer {
    const file = media.get(name);
    if (options.mediaNeedsToken === true && bearer !== accessToken) return { status: 401, json: {} };
    if (options.mediaNeedsToken !== true && bearer !== undefined) return { status: 400, json: { error: 'a token was sent to the media host' } };
    return file === undefined ? { status: 404, json: {} } : { status: 200, bytes: file.bytes, headers: { 'content-type': file.mime } };
  }

  function debugToken(bearer: string | undefined, input: string | null): Answer {
    if (bearer !== `${appId}|${appSecret}`) return graphError(400, { code: 190, message: 'Invalid OAuth access token signature.' });
    const valid = token.valid && input === accessToken;
    return { status: 200, json: { data: { app_id: appId, type: 'PAGE', is_valid: valid, expires_at: token.expiresAt, scopes: token.scopes, ...(valid ? {} : { error: { code: 190, message: 'The session has been invalidated because the user changed their password.' } }) } } };
  }

  return { ...server, media, failing, asked, token };
}

/** As Meta signs; written anew, so that the adapter's own sum is not checked against itself. */
export function signed(body: Buffer, secret = appSecret) {
  return { method: 'POST', headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }, query: {}, rawBody: body };
}

type Post = Parameters<NonNullable<FarEnd['connect']>>[0];

/** Posts as Meta does: again, until it gets a 200. */
export function createPoster() {
  let post: Post | undefined;
  return {
    connect: (given: Post) => { post = given; },
    deliver: async (payload: unknown): Promise<void> => {
      const request = signed(Buffer.from(JSON.stringify(payload)));
      for (let tries = 0; tries < 3; tries += 1) {
        const answer = await post?.(request);
        if (answer === undefined || answer.status === 200) return;
      }
    },
  };
}

/** What the suite tries the webhook with. */
export function webhookOf(sample: unknown) {
  const body = Buffer.from(JSON.stringify(sample));
  const ask = (token: string) => ({ method: 'GET', headers: {}, query: { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '1158201444' }, rawBody: Buffer.alloc(0) });
  return {
    good: () => signed(body),
    bad: {
      wrong: () => signed(body, 'another app secret'),
      missing: () => ({ ...signed(body), headers: { 'content-type': 'application/json' } }),
      'other bytes': () => ({ ...signed(body), rawBody: Buffer.concat([body, Buffer.from(' ')]) }),
    },
    challenge: { request: ask(verifyToken), answer: '1158201444', refused: ask('somebody-elses-token') },
    sign: (given: Buffer) => signed(given),
    ackWithinMs: 20_000,
  };
}
