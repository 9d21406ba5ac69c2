import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';

/** The guarded client in the clothes of `fetch`, for SDKs that take one. Bodies are read whole; streams and files become bytes first. */
export function asWebFetch(guarded: OutboundFetch, options: { timeoutMs?: number; maxBytes?: number } = {}): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input instanceof Request ? input : String(input), init);
    const method = request.method;
    if (!isMethod(method)) throw new AppError('bug', `the guarded client does not send ${method}`);
    const body = method === 'GET' ? undefined : new Uint8Array(await request.arrayBuffer());
    const answer = await guarded(request.url, { method, headers: Object.fromEntries(request.headers), ...(body === undefined || body.length === 0 ? {} : { body }), ...options });
    const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
    const headers = Object.entries(answer.headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return new Response(empty ? null : new Uint8Array(answer.body), { status: answer.status, headers });
  };
}

function isMethod(method: string): method is 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' {
  return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method);
}
