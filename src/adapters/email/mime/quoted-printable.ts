import { Transform, type TransformCallback } from 'node:stream';

const [equals, space, tab, lineFeed, carriageReturn] = [0x3d, 0x20, 0x09, 0x0a, 0x0d];

/**
 * Undoes quoted-printable in one pass over the bytes (the decoder that mailparser brings takes quadratic time for long
 * runs of spaces). White space at line ends goes, soft breaks join, what is no valid escape stays as it is.
 */
export function decodeQuotedPrintable(input: Buffer): Buffer {
  const out = Buffer.allocUnsafe(input.length);
  let size = 0;
  /** Where trailing white space began in `out`. */
  let solid = 0;
  for (let at = 0; at < input.length; at += 1) {
    const byte = input[at] ?? 0;
    if (byte === lineFeed || (byte === carriageReturn && input[at + 1] === lineFeed)) {
      size = solid;
      if (byte === carriageReturn) out[size++] = byte;
      else out[size++] = lineFeed;
      solid = size;
      continue;
    }
    const escape = byte === equals ? readEscape(input, at) : undefined;
    if (escape === undefined) {
      out[size++] = byte;
      if (byte !== space && byte !== tab) solid = size;
      continue;
    }
    at += escape.length - 1;
    if (escape.byte !== undefined) out[size++] = escape.byte;
    solid = size;
  }
  return out.subarray(0, solid);
}

/** `=C3`, or a soft line break (`=` and white space up to the line end). */
function readEscape(input: Buffer, at: number): { length: number; byte?: number } | undefined {
  const hex = input.toString('latin1', at + 1, at + 3);
  if (/^[\da-f]{2}$/i.test(hex)) return { length: 3, byte: parseInt(hex, 16) };
  let end = at + 1;
  while ((input[end] === space || input[end] === tab) && end - at < 80) end += 1;
  if (end >= input.length) return { length: end - at };
  if (input[end] === carriageReturn && input[end + 1] === lineFeed) return { length: end - at + 2 };
  return input[end] === lineFeed ? { length: end - at + 1 } : undefined;
}

/** The same as a stream, for mailparser. */
export class QuotedPrintableDecoder extends Transform {
  readonly #chunks: Buffer[] = [];

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.#chunks.push(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    done(null, decodeQuotedPrintable(Buffer.concat(this.#chunks)));
  }
}
