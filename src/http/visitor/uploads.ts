import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { fileTypeFromBuffer } from 'file-type';
import { AppError } from '../../errors.js';
import { countedAs, type Visitor, type VisitorContext } from './visitor.js';

/** As many bytes as type detection looks at. */
const headBytes = 4_100;

export interface UploadAnswer {
  /** Signed; a later message names it in `uploads`. */
  handle: string;
  name: string;
  mime: string;
  size: number;
}

/** Stores the one file of a multipart form, streaming. The declared type is not looked at; the content is. */
export async function takeUpload(context: VisitorContext, visitor: Visitor, request: IncomingMessage): Promise<UploadAnswer> {
  const { deps, limits } = context;
  await limits.upload(countedAs(visitor));
  const stored = await storeFirstFile(request, { maxBytes: deps.webchat.capabilities.fileMax, put: (bytes) => deps.blobs.put(bytes) });
  await limits.uploaded(countedAs(visitor), stored.size);
  const file = { blobId: stored.blobId, name: safeName(stored.name), mime: await sniff(stored.head), size: stored.size };
  const { channelId, visitorId } = visitor.pass;
  return { handle: deps.webchat.sealFile({ channelId, visitorId, ...file }, 'upload', deps.clock()), name: file.name, mime: file.mime, size: file.size };
}

interface Stored {
  blobId: string;
  size: number;
  name: string;
  head: Uint8Array;
}

function storeFirstFile(request: IncomingMessage, options: { maxBytes: number; put: (bytes: AsyncIterable<Uint8Array>) => Promise<{ blobId: string; size: number }> }): Promise<Stored> {
  return new Promise((resolve, reject) => {
    const form = openForm(request, options.maxBytes);
    let storing: Promise<Stored> | undefined;
    const end = (error: Error): void => {
      request.unpipe(form);
      request.resume();
      reject(error);
    };
    form.on('file', (_field, stream, info) => {
      // A form that ends in its middle fails the stream, also when nobody reads it yet or any more; whoever reads it is told.
      stream.on('error', () => undefined);
      storing = storeOne(stream, { ...options, name: info.filename });
      storing.then(resolve, end);
    });
    form.on('error', (error) => {
      if (storing === undefined) end(new AppError('bad_request', 'malformed form', { cause: error }));
    });
    form.on('close', () => {
      if (storing === undefined) end(new AppError('bad_request', 'no file in the form'));
    });
    request.on('close', () => {
      if (request.complete) return;
      form.destroy(new Error('the upload broke off'));
      end(new AppError('bad_request', 'the upload broke off'));
    });
    request.pipe(form);
  });
}

function openForm(request: IncomingMessage, maxBytes: number): busboy.Busboy {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + 10_000) throw new AppError('too_large', 'file too large');
  try {
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits: { files: 1, fields: 0, parts: 2, fileSize: maxBytes + 1, headerPairs: 20 } });
  } catch (error) {
    throw new AppError('unsupported_media', 'not a multipart form', { cause: error });
  }
}

async function storeOne(stream: Readable, options: { maxBytes: number; name: string | undefined; put: (bytes: AsyncIterable<Uint8Array>) => Promise<{ blobId: string; size: number }> }): Promise<Stored> {
  const head: Buffer[] = [];
  let size = 0;
  const watched = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunksOf(stream)) {
      if (size < headBytes) head.push(chunk.subarray(0, headBytes - size));
      size += chunk.length;
      if (size > options.maxBytes) throw new AppError('too_large', 'file too large');
      yield chunk;
    }
    if (size === 0) throw new AppError('bad_request', 'an empty file');
  };
  const { blobId } = await options.put(watched());
  return { blobId, size, name: options.name ?? '', head: Buffer.concat(head) };
}

/** Whatever goes wrong while reading is the sender's fault, and said so. */
async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch (error) {
    throw new AppError('bad_request', 'malformed form', { cause: error });
  }
}

/** By content alone. Text of any kind is plain text: nothing that a visitor sends is ever run. */
async function sniff(head: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(head);
  if (found !== undefined) return found.mime;
  return isText(head) ? 'text/plain' : 'application/octet-stream';
}

function isText(head: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(head.subarray(0, Math.max(0, head.length - 3)));
  return !/[\uFFFD\u0000-\u0008\u000E-\u001A]/.test(text);
}

/** A name is only shown and offered for saving; still: no path, no control or direction marks, no dots around it, not endless. */
export function safeName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '').replace(/\s+/g, ' ').replace(/^[. ]+|[. ]+$/g, '');
  if (plain === '') return 'file';
  if (plain.length <= 120) return plain;
  const ending = /\.[\w-]{1,10}$/.exec(plain)?.[0] ?? '';
  return plain.slice(0, 120 - ending.length) + ending;
}
