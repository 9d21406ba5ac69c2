import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { AppError } from '../../errors.js';

export interface UploadedFile {
  /** As the browser called it: data, never a path. */
  name: string;
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Reads the one file of a multipart body and hands it on as it comes; nothing of it is kept in memory.
 * Throws `unsupported_media`, `too_large`, or `bad_request` for a body that is malformed or breaks off.
 */
export async function receiveUpload<R>(request: IncomingMessage, maxBytes: number, take: (file: UploadedFile) => Promise<R>): Promise<R> {
  if (!/^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '')) throw new AppError('unsupported_media', 'Send the file as multipart/form-data.');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + 10_000) throw tooLarge(maxBytes);
  const form = openForm(request, maxBytes);
  let result: Promise<R> | undefined;
  const finished = new Promise<void>((resolve, reject) => {
    form.on('file', (_field, stream, info) => {
      // Whoever reads the bytes gets the error; before somebody reads them it must not end the process.
      stream.on('error', () => undefined);
      result ??= take({ name: info.filename ?? 'file', bytes: bytesOf(stream, maxBytes) });
      result.catch(reject);
    });
    form.on('filesLimit', () => reject(new AppError('bad_request', 'One file at a time.')));
    form.on('partsLimit', () => reject(new AppError('bad_request', 'The form has too many parts.')));
    form.on('error', (error) => reject(brokeOff(error)));
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
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits: { files: 1, fields: 0, parts: 2, fileSize: maxBytes + 1, headerPairs: 20, fieldNameSize: 100 } });
  } catch (error) {
    throw new AppError('bad_request', 'The form is malformed.', { cause: error });
  }
}

/** The bytes as they come; an error at the end when the file was cut off at the limit. */
async function* bytesOf(stream: Readable & { truncated?: boolean }, maxBytes: number): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    throw brokeOff(error);
  }
  if (stream.truncated) throw tooLarge(maxBytes);
}

function brokeOff(cause: unknown): AppError {
  return new AppError('bad_request', 'The upload is malformed or broke off.', { cause });
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('too_large', `A file may have at most ${maxBytes} bytes.`, { facts: { maxBytes } });
}
