import { createSign, generateKeyPairSync } from 'node:crypto';
import { type Call, type Reply, startLoopbackServer } from './loopback-server.js';

export interface SentActivity {
  id: string;
  conversation: string;
  activity: { type: string; text?: string; textFormat?: string; suggestedActions?: { actions: { title: string }[] }; [key: string]: unknown };
}

interface Failing {
  status: number;
  code: string;
  message: string;
  headers?: Record<string, string>;
}

/** Two pairs for the whole run: making one takes a second. `stranger` is in nobody's list. */
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The Bot Framework's side: OpenID metadata and keys, the login endpoint, and a channel's connector. */
export class BotFrameworkServer {
  readonly appId = '5d0f1c52-9c4e-4c57-8f57-6a1b2c3d4e5f';
  readonly appPassword = 'a-client-secret-of-velowerk';
  readonly sent: SentActivity[] = [];
  readonly typing: string[] = [];
  readonly updated: { id: string; text: string }[] = [];
  readonly deleted: string[] = [];
  readonly files = new Map<string, Buffer>();
  readonly calls: string[] = [];
  /** Where requests came that carried our token. */
  endorsements: string[] = ['msteams', 'webchat', 'directline'];
  kid = 'key-1';
  keysAsked = 0;
  tokensGiven = 0;
  failNext: Failing | 'lost_answer' | undefined;
  failLogin: Failing | undefined;
  keysDown = false;
  private next = 1_700_000_000_000;
  private server: Awaited<ReturnType<typeof startLoopbackServer>> | undefined;

  async start(): Promise<void> {
    this.server = await startLoopbackServer((call) => this.answer(call));
  }

  get url(): string {
    return this.server?.url ?? '';
  }

  get host(): string {
    return this.server?.host ?? '';
  }

  get serviceUrl(): string {
    return `${this.url}/emea/`;
  }

  stop(): Promise<void> {
    return this.server?.stop() ?? Promise.resolve();
  }

  newId(): string {
    this.next += 1;
    return String(this.next);
  }

  /** A token as the connector's; `more` overrides claims, `by` who signs. */
  token(more: Record<string, unknown> = {}, options: { by?: 'stranger'; kid?: string; alg?: string } = {}): string {
    const now = Math.floor(Date.now() / 1_000);
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const head = part({ typ: 'JWT', alg: options.alg ?? 'RS256', kid: options.kid ?? this.kid, x5t: this.kid });
    const body = part({ serviceurl: this.serviceUrl, nbf: now - 5, exp: now + 3_600, iss: 'https://api.botframework.example', aud: this.appId, ...more });
    const signature = createSign('RSA-SHA256').update(`${head}.${body}`).sign(options.by === 'stranger' ? stranger.privateKey : ours.privateKey);
    return `${head}.${body}.${signature.toString('base64url')}`;
  }

  private answer(call: Call): Reply {
    this.calls.push(`${call.method} ${call.path}`);
    if (call.path === '/.well-known/openidconfiguration') return this.keysDown ? { status: 503, json: {} } : { status: 200, json: { issuer: 'https://api.botframework.example', jwks_uri: `${this.url}/keys`, id_token_signing_alg_values_supported: ['RS256'] } };
    if (call.path === '/keys') {
      this.keysAsked += 1;
      const { n, e } = ours.publicKey.export({ format: 'jwk' });
      return { status: 200, json: { keys: [{ kty: 'RSA', use: 'sig', kid: this.kid, n, e, endorsements: this.endorsements }] } };
    }
    if (call.path.endsWith('/oauth2/v2.0/token')) return this.login(call);
    if (call.headers.authorization !== `Bearer outgoing-${this.tokensGiven}`) return { status: 401, json: { error: { code: 'Unauthorized', message: 'Authorization has been denied for this request.' } } };
    if (call.path.startsWith('/emea/v3/attachments/')) return { status: 200, body: this.files.get(call.path.split('/').at(-1) ?? '') ?? Buffer.alloc(0) };
    return this.connector(call);
  }

  private login(call: Call): Reply {
    const form = new URLSearchParams(call.body.toString());
    if (this.failLogin !== undefined) return { status: this.failLogin.status, json: { error: this.failLogin.code, error_description: this.failLogin.message } };
    if (form.get('client_id') !== this.appId || form.get('client_secret') !== this.appPassword || !call.path.startsWith('/velowerk.example/')) return { status: 401, json: { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret provided.\r\nTrace ID: x' } };
    this.tokensGiven += 1;
    return { status: 200, json: { token_type: 'Bearer', expires_in: 3_599, access_token: `outgoing-${this.tokensGiven}` } };
  }

  private connector(call: Call): Reply {
    const match = /^\/emea\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/u.exec(call.path);
    if (match === null) return { status: 404, json: { error: { code: 'NotFound', message: call.path } } };
    const conversation = match[1] ?? '';
    const activity = call.json as SentActivity['activity'];
    if (call.method === 'PUT') {
      this.updated.push({ id: match[2] ?? '', text: activity.text ?? '' });
      return { status: 200, json: { id: match[2] } };
    }
    if (call.method === 'DELETE') {
      this.deleted.push(match[2] ?? '');
      return { status: 200 };
    }
    const failing = this.failNext;
    if (activity.type === 'typing') {
      this.typing.push(conversation);
      return { status: 202, json: { id: this.newId() } };
    }
    this.failNext = undefined;
    if (failing !== undefined && failing !== 'lost_answer') return { status: failing.status, json: { error: { code: failing.code, message: failing.message } }, headers: failing.headers ?? {} };
    const id = this.newId();
    this.sent.push({ id, conversation, activity });
    return failing === 'lost_answer' ? 'hang_up' : { status: 201, json: { id } };
  }
}
