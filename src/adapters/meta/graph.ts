import { randomUUID } from 'node:crypto';
import type { OutboundFetch } from '../contract.js';
import { hmac } from '../lib/signature.js';

/** Where and as whom requests are made. */
export interface GraphAccess {
  /** Without a slash at its end. */
  baseUrl: string;
  /** As `v24.0`. */
  version: string;
  token: string;
  /** Given: each request carries the proof that it comes from this app (`appsecret_proof`), which apps can demand. */
  appSecret?: string;
}

export interface GraphRequest {
  query?: Record<string, string>;
  json?: unknown;
  /** Sent as `multipart/form-data`, the file last. */
  form?: { fields: Record<string, string>; file: { field: string; name: string; mime: string; bytes: Uint8Array } };
  timeoutMs?: number;
}

export interface GraphAnswer {
  status: number;
  headers: Record<string, string | undefined>;
  /** Of a JSON answer; `undefined` for anything else. */
  body: unknown;
}

const requestTimeoutMs = 10_000;

/** One request to the Graph API. Throws what the guarded client throws; every status is an answer. */
export async function callGraph(guarded: OutboundFetch, access: GraphAccess, method: 'GET' | 'POST' | 'DELETE', path: string, request: GraphRequest = {}): Promise<GraphAnswer> {
  const url = new URL(`${access.baseUrl}/${access.version}/${path}`);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  if (access.appSecret !== undefined) url.searchParams.set('appsecret_proof', hmac('sha256', access.appSecret, access.token).toString('hex'));
  const payload = payloadOf(request);
  const answer = await guarded(url.href, {
    method,
    headers: { authorization: `Bearer ${access.token}`, accept: 'application/json', ...(payload === undefined ? {} : { 'content-type': payload.contentType }) },
    ...(payload === undefined ? {} : { body: payload.body }),
    timeoutMs: request.timeoutMs ?? requestTimeoutMs,
  });
  return { status: answer.status, headers: answer.headers, body: jsonOf(answer.body) };
}

/** The status says whether it was taken; some answers say so in their body only. */
export function isTaken(answer: GraphAnswer): boolean {
  return answer.status >= 200 && answer.status < 300 && !(typeof answer.body === 'object' && answer.body !== null && 'error' in answer.body);
}

function payloadOf(request: GraphRequest): { contentType: string; body: string | Uint8Array } | undefined {
  if (request.form !== undefined) return multipart(request.form);
  return request.json === undefined ? undefined : { contentType: 'application/json', body: JSON.stringify(request.json) };
}

function multipart(form: NonNullable<GraphRequest['form']>): { contentType: string; body: Buffer } {
  const boundary = `rapport-${randomUUID()}`;
  const { file } = form;
  const mime = /^[\w.+-]+\/[\w.+-]+$/u.test(file.mime) ? file.mime : 'application/octet-stream';
  const fields = Object.entries(form.fields).map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  const head = `${fields.join('')}--${boundary}\r\ncontent-disposition: form-data; name="${file.field}"; filename="${file.name.replace(/["\\\r\n]/gu, '_')}"\r\ncontent-type: ${mime}\r\n\r\n`;
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]) };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
