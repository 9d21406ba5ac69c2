import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { fileTypeFromBuffer } from 'file-type';
import { AppError } from '../../errors.js';

export interface UploadedFile {
  /** As the browser called it: data, never a path. */
  name: string;
  bytes: AsyncIterable<Uint8Array>;
  /** By its content. */
  mime: string;
}

/** `file-type` needs at most this much. */
const sniffBytes = 4100;

/**
 * Reads the one file of a multipart body and hands it on as it comes; nothing is kept in memory but its first bytes.
 * Throws `unsupported_media`, `too_large`, or `bad_request` for a body that is malformed or breaks off.
 */
export async function receiveUpload<R>(request: IncomingMessage, maxBytes: number, take: (file: UploadedFile) => Promise<R>): Promise<R> {
  if (!/^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '')) throw new AppError('unsupported_media', 'Send the file as multipart/form-data.');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + 10_000) throw tooLarge(maxBytes);
  const form = openForm(request, maxBytes);
  let result: Promise<R> | undefined;
  const finished = new Promise<void>((resolve, reject) => {
    form.on('file', (_field, stream, info) => {
      result ??= takeFile({ stream, name: info.filename ?? 'file', maxBytes, take });
      result.catch(reject);
    });
    form.on('filesLimit', () => reject(new AppError('bad_request', 'One file at a time.')));
    form.on('partsLimit', () => reject(new AppError('bad_request', 'The form has too many parts.')));
    form.on('error', (error) => reject(new AppError('bad_request', 'The upload is malformed or broke off.', { cause: error })));
    form.on('close', resolve);
    request.on('close', () => {
      if (!request.complete) form.destroy(new Error('broke off'));
    });
  });
  try {
    request.pipe(form);
    await finished;
    if (!result) throw new AppError('bad_request', 'The form has no file.');
    return await result;
  } finally {
    request.unpipe(form);
    request.resume();
  }
}

function openForm(request: IncomingMessage, maxBytes: number): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits: { files: 1, fields: 0, parts: 2, fileSize: maxBytes, headerPairs: 20, fieldNameSize: 100 } });
  } catch (error) {
    throw new AppError('bad_request', 'The form is malformed.', { cause: error });
  }
}

async function takeFile<R>(input: { stream: Readable & { truncated?: boolean }; name: string; maxBytes: number; take: (file: UploadedFile) => Promise<R> }): Promise<R> {
  const { stream } = input;
  const { head, rest } = await readHead(stream);
  const type = await fileTypeFromBuffer(head);
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield head;
    for await (const chunk of rest) yield chunk;
    if (stream.truncated) throw tooLarge(input.maxBytes);
  }
  return input.take({ name: input.name, bytes: bytes(), mime: type?.mime ?? (looksLikeText(head) ? 'text/plain' : 'application/octet-stream') });
}

async function readHead(stream: Readable): Promise<{ head: Buffer; rest: AsyncIterable<Uint8Array> }> {
  const rest: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let size = 0;
  while (size < sniffBytes) {
    const next = await rest.next();
    if (next.done) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  return { head: Buffer.concat(chunks), rest: { [Symbol.asyncIterator]: () => rest } };
}

function looksLikeText(head: Buffer): boolean {
  return !head.includes(0) && !head.toString('utf8').slice(0, -4).includes('\ufffd');
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('too_large', `A file may have at most ${maxBytes} bytes.`, { facts: { maxBytes } });
}
