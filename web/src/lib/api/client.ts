import type { AttachmentView } from '../shapes.js';
import { ApiError, problemOf, unreachable } from './api-error.js';
import { queryString, type Query } from './query-string.js';

export interface UploadOptions {
  /** 0 … 1 */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** The way to the server. Every method does IO and throws `ApiError`. */
export interface Api {
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>;
  /** For what is not JSON: the source of a message. */
  text(path: string): Promise<string>;
  /** A file as it is, with the name that the server gave it. */
  file(path: string, query?: Query): Promise<{ name: string; content: Blob }>;
  /** For what changes something; carries the CSRF token of the session. */
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, options?: { keepalive?: boolean }): Promise<T>;
  /** One file; progress is told as it goes. */
  upload(file: File, options: UploadOptions): Promise<AttachmentView>;
  /** Lines of JSON, as they lie in a file. */
  sendLines<T>(path: string, lines: Blob, signal: AbortSignal): Promise<T>;
  /** From `GET /me` or a sign-in. */
  useCsrf(token: string): void;
}

/** @param onSignedOut called when the server no longer knows the session. */
export function createApi(onSignedOut: () => void): Api {
  let csrf = '';

  async function call<T>(path: string, init: RequestInit): Promise<T> {
    let response: Response;
    try {
      response = await fetch(`/api/v1${path}`, { credentials: 'same-origin', ...init });
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
      throw unreachable();
    }
    const body: unknown = response.status === 204 ? undefined : await readJson(response);
    if (response.ok) return body as T;
    const problem = problemOf(response.status, body);
    if (problem.code === 'not_signed_in') onSignedOut();
    throw problem;
  }

  async function text(path: string): Promise<string> {
    try {
      const response = await fetch(`/api/v1${path}`, { credentials: 'same-origin' });
      if (response.ok) return await response.text();
      throw problemOf(response.status, await readJson(response));
    } catch (error) {
      throw error instanceof ApiError ? error : unreachable();
    }
  }

  async function file(path: string, query?: Query): Promise<{ name: string; content: Blob }> {
    try {
      const response = await fetch(`/api/v1${path}${queryString(query)}`, { credentials: 'same-origin' });
      if (!response.ok) throw problemOf(response.status, await readJson(response));
      const [, name] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
      return { name: name ?? 'file', content: await response.blob() };
    } catch (error) {
      throw error instanceof ApiError ? error : unreachable();
    }
  }

  return {
    text,
    file,
    get: (path, query, signal) => call(path + queryString(query), { headers: { accept: 'application/json' }, ...(signal === undefined ? {} : { signal }) }),
    send: (method, path, body, options) =>
      call(path, {
        method,
        headers: { accept: 'application/json', 'x-csrf': csrf, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(options?.keepalive === true ? { keepalive: true } : {}),
      }),
    sendLines: (path, lines, signal) => call(path, { method: 'POST', headers: { accept: 'application/json', 'x-csrf': csrf, 'content-type': 'application/x-ndjson' }, body: lines, signal }),
    upload: (file, options) => uploadFile(file, csrf, options),
    useCsrf: (token) => {
      csrf = token;
    },
  };
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined; // a proxy's error page; the status says enough
  }
}

/** `fetch` tells nothing of an upload's progress, so this one is an XMLHttpRequest. */
function uploadFile(file: File, csrf: string, options: UploadOptions): Promise<AttachmentView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file, file.name);
    request.open('POST', '/api/v1/uploads');
    request.setRequestHeader('x-csrf', csrf);
    request.responseType = 'json';
    request.upload.onprogress = (event) => options.onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new ApiError('aborted', 'The upload was stopped.', { status: 0 }));
    request.onload = () => {
      const body: unknown = request.response;
      if (request.status >= 200 && request.status < 300) resolve(body as AttachmentView);
      else reject(problemOf(request.status, body));
    };
    options.signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
