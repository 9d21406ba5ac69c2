import { Agent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Route } from '../../src/http/api/route.js';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  text: string;
  /** The parsed body; `undefined` when it is no JSON. */
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into answers freely
}

export interface Send {
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

const agent = new Agent({ keepAlive: false });

/**
 * A small client that keeps cookies as a browser does, and sends the CSRF header it was given. Every good JSON answer is
 * held against the schema its route declares: nothing missing, nothing that is not declared.
 */
export class HttpClient {
  cookies = new Map<string, string>();
  csrf: string | undefined;
  key: string | undefined;

  constructor(readonly url: string, private readonly routes: readonly Route[]) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('GET', path, undefined, headers);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', path, body, headers);
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.call('PATCH', path, body);
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.call('PUT', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.call('DELETE', path, {});
  }

  /** A call of the API; `path` below `/api/v1`. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const own: Record<string, string> = { 'sec-fetch-site': 'same-origin', origin: this.url };
    if (this.csrf !== undefined) own['x-csrf'] = this.csrf;
    if (body !== undefined) own['content-type'] = 'application/json';
    const answer = await this.raw(method, `/api/v1${path}`, { headers: { ...own, ...headers }, ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }) });
    if (typeof answer.body?.csrf === 'string' && answer.body.csrf !== '') this.csrf = answer.body.csrf;
    this.assertDeclared(method, path, answer);
    return answer;
  }

  /** Any request; cookies and key go along. */
  raw(method: string, path: string, send: Send = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(this.url + path, { method, agent, headers: { ...(send.body !== undefined && { 'content-length': String(Buffer.byteLength(send.body)) }), ...this.headersFor(send.headers ?? {}) } }, (response) => {
        this.keepCookies(response);
        read(response).then(resolve, reject);
      });
      request.on('error', reject);
      request.end(send.body);
    });
  }

  headersFor(given: Record<string, string | string[]>): Record<string, string | string[]> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { ...(cookie !== '' && { cookie }), ...(this.key !== undefined && { authorization: `Bearer ${this.key}` }), ...given };
  }

  private keepCookies(response: IncomingMessage): void {
    for (const line of response.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      const equals = pair.indexOf('=');
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, equals));
      else this.cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
  }

  private assertDeclared(method: string, path: string, answer: Answer): void {
    const route = this.routeOf(method, path);
    if (!route || answer.status >= 300) return;
    if (!route.answer) {
      if (route.produces === undefined) expect(answer.status).to.equal(204);
      return;
    }
    expect(route.answer.parse(answer.body), `${method} ${path} answers with what it declares and nothing else`).to.deep.equal(answer.body);
  }

  private routeOf(method: string, path: string): Route | undefined {
    const [bare = ''] = path.split('?');
    return this.routes.find((route) => route.method === method.toLowerCase() && new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`).test(bare));
  }
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  const received = Buffer.concat(chunks);
  const bytes = response.headers['content-encoding'] === 'gzip' ? gunzipSync(received) : received;
  const text = bytes.toString('utf8');
  return { status: response.statusCode ?? 0, headers: response.headers, bytes, text, body: parsed(text, response.headers['content-type']) };
}

function parsed(text: string, type: string | undefined): unknown {
  return type?.startsWith('application/json') ? JSON.parse(text) : undefined;
}
