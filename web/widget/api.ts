import type { Claim, ClientFrame, Config, Message, ServerFrame, Session, Upload } from './protocol.js';

/** A refusal by the server, with its fixed code; `offline` when there was no answer at all. */
export class ApiError extends Error {
  constructor(readonly code: string, readonly retryAfterMs?: number) {
    super(code);
  }
}

/** The routes under `chat/v1/CHANNEL`. Every method throws an `ApiError`. */
export class Api {
  /** Without closing slash. */
  constructor(readonly base: string, private readonly token: () => string | undefined) {}

  config(language: string): Promise<Config> {
    return this.call('GET', `config?language=${encodeURIComponent(language)}`);
  }

  session(body: { token?: string; language: string; timeZone: string }): Promise<Session> {
    return this.call('POST', 'session', { body });
  }

  identify(claim: Claim): Promise<Session> {
    return this.call('POST', 'identify', { body: claim });
  }

  message(frame: ClientFrame & { type: 'message' }): Promise<ServerFrame> {
    return this.call('POST', 'messages', { body: frame });
  }

  signal(frame: ClientFrame): Promise<unknown> {
    return this.call('POST', 'signals', { body: frame });
  }

  /** Without `wait` the answer comes at once, else with the first thing that happens. */
  events(cursor: string | undefined, options: { wait: boolean; signal: AbortSignal }): Promise<{ frames: ServerFrame[]; cursor: string }> {
    return this.call('GET', `events?wait=${options.wait ? 1 : 0}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, { signal: options.signal });
  }

  older(before: string): Promise<{ messages: Message[]; more: boolean }> {
    return this.call('GET', `messages?before=${encodeURIComponent(before)}`);
  }

  startProof(): Promise<{ result: 'sent' | 'no_mailbox' | 'too_many' | 'failed' }> {
    return this.call('POST', 'proof/start', { body: {} });
  }

  finishProof(code: string): Promise<{ result: 'verified' | 'wrong' | 'expired'; session: Session }> {
    return this.call('POST', 'proof/finish', { body: { code } });
  }

  /** Only XMLHttpRequest tells how far an upload has come. */
  upload(file: File, onProgress: (share: number) => void): { done: Promise<Upload>; abort(): void } {
    const request = new XMLHttpRequest();
    const done = new Promise<Upload>((resolve, reject) => {
      request.open('POST', `${this.base}/uploads`);
      request.setRequestHeader('authorization', `Bearer ${this.token() ?? ''}`);
      request.upload.onprogress = ({ loaded, total, lengthComputable }) => onProgress(lengthComputable ? loaded / total : 0);
      request.onload = () => {
        const answer = parsed(request.responseText);
        if (request.status === 200) resolve(answer as Upload);
        else reject(errorOf(answer));
      };
      request.onerror = () => reject(new ApiError('offline'));
      request.onabort = () => reject(new ApiError('aborted'));
      const form = new FormData();
      form.append('file', file, file.name || 'file');
      request.send(form);
    });
    return { done, abort: () => request.abort() };
  }

  private async call<T>(method: string, path: string, options: { body?: object; signal?: AbortSignal } = {}): Promise<T> {
    const token = this.token();
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    if (options.body !== undefined) headers['content-type'] = 'application/json';
    let response: Response;
    try {
      response = await fetch(`${this.base}/${path}`, {
        method, headers, credentials: 'omit', cache: 'no-store',
        ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
    } catch (error) {
      throw new ApiError(error instanceof DOMException && error.name === 'AbortError' ? 'aborted' : 'offline');
    }
    const answer = parsed(await response.text().catch(() => ''));
    if (!response.ok || answer === undefined) throw errorOf(answer);
    return answer as T;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function errorOf(answer: unknown): ApiError {
  const { error } = (answer ?? {}) as { error?: { code?: string; facts?: { retryAfterMs?: number } } };
  return new ApiError(error?.code ?? 'offline', error?.facts?.retryAfterMs);
}
