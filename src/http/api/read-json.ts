import type { IncomingMessage } from 'node:http';
import { AppError } from '../../errors.js';

const deepest = 20;

/**
 * Reads a request's body whole. Throws `too_large` beyond `maxBytes`; the rest of the body is thrown away then.
 * A body cut short is a `bad_request`.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      request.resume();
      reject(tooLarge(maxBytes));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else reject(tooLarge(maxBytes));
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', (error) => reject(new AppError('bad_request', 'The request broke off.', { cause: error })));
    request.on('close', () => {
      if (!request.complete) reject(new AppError('bad_request', 'The request broke off.'));
    });
  });
}

/** Reads and parses a JSON body: `unsupported_media`, `too_large`, or `bad_request` when it is none, too deep, or has a `__proto__` key. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const type = request.headers['content-type'];
  const bytes = await readBody(request, maxBytes);
  if (bytes.length === 0) return {};
  if (type === undefined || !/^application\/json\s*(;|$)/i.test(type)) throw new AppError('unsupported_media', 'Send JSON, with Content-Type: application/json.');
  const value = parse(bytes);
  assertHarmless(value);
  return value;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new AppError('bad_request', 'The body is not JSON.', { cause: error });
  }
}

function assertHarmless(root: unknown): void {
  const left: { value: unknown; depth: number }[] = [{ value: root, depth: 1 }];
  for (let item = left.pop(); item; item = left.pop()) {
    if (typeof item.value !== 'object' || item.value === null) continue;
    if (item.depth > deepest) throw new AppError('bad_request', `The body is nested deeper than ${deepest}.`);
    for (const [key, value] of Object.entries(item.value)) {
      if (key === '__proto__') throw new AppError('bad_request', 'The body has a key that is not allowed.');
      if (typeof value === 'object' && value !== null) left.push({ value, depth: item.depth + 1 });
    }
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('too_large', `The body is larger than ${maxBytes} bytes.`, { facts: { maxBytes } });
}
