import { AppError } from '../../errors.js';

/** One line of the file as it lies there, without its end. */
export interface RawLine {
  number: number;
  /** The first byte behind it: where reading goes on when everything up to here is done. */
  end: number;
  /** `undefined`: it was longer than a line may be. */
  bytes: Uint8Array | undefined;
}

/** Where in a file reading begins: bytes and lines that are done with. */
export interface Position {
  bytes: number;
  lines: number;
  /** The line that goes on here was too long; its rest is no line of its own. */
  skipping: boolean;
}

/** Longest line, in bytes. */
export const lineMaxBytes = 1_048_576;
const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Cuts bytes into lines as they come. Keeps one unfinished line at most, never a longer one than `lineMaxBytes`. Throws
 * `unsupported_media` for a file that is packed or not UTF-8 from its first bytes on.
 */
export class LineSplitter {
  private parts: Uint8Array[] = [];
  private held = 0;
  private at: number;
  private number: number;
  private skipping: boolean;
  private readonly start: number;

  constructor(from: Position) {
    this.at = from.bytes;
    this.start = from.bytes;
    this.number = from.lines;
    this.skipping = from.skipping;
  }

  /** The lines that end in this chunk. */
  push(chunk: Uint8Array): RawLine[] {
    const lines: RawLine[] = [];
    for (let from = 0; ;) {
      const found = chunk.indexOf(newline, from);
      if (found < 0) {
        this.keep(chunk.subarray(from));
        return lines;
      }
      this.keep(chunk.subarray(from, found));
      this.at += 1;
      this.finish(lines);
      from = found + 1;
    }
  }

  /** What stands behind the last line end: the file's last line, when the file ends here. */
  rest(): RawLine[] {
    const lines: RawLine[] = [];
    if (this.held > 0 || this.skipping) this.finish(lines);
    return lines;
  }

  /** An unfinished line that is too long already: it is done with here, and what is still to come of it is skipped. */
  tooLong(): { line: RawLine } | undefined {
    if (this.held <= lineMaxBytes) return undefined;
    this.number += 1;
    return { line: { number: this.number, end: this.at, bytes: undefined } };
  }

  private keep(part: Uint8Array): void {
    if (part.length === 0) return;
    this.at += part.length;
    if (this.skipping) return;
    this.held += part.length;
    if (this.held <= lineMaxBytes + 1) this.parts.push(part);
    else this.parts = [];
    if (this.number === 0 && this.start === 0) this.assertText();
  }

  private finish(lines: RawLine[]): void {
    if (this.skipping) {
      this.skipping = false;
      return;
    }
    this.number += 1;
    lines.push({ number: this.number, end: this.at, bytes: this.held > lineMaxBytes + 1 ? undefined : withoutEnds(joined(this.parts), this.number === 1) });
    this.parts = [];
    this.held = 0;
  }

  private assertText(): void {
    const [a, b, c, d] = joined(this.parts.slice(0, 4)).subarray(0, 4);
    if (a === 0x1f && b === 0x8b) throw new AppError('unsupported_media', 'This file is packed with gzip: unpack it first (gunzip FILE), then import it.');
    if (a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04) throw new AppError('unsupported_media', 'This is a zip archive: unpack it first, then import the file in it.');
    if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) throw new AppError('unsupported_media', 'This file is written in UTF-16: save it as UTF-8, then import it.');
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}

/** Without the carriage return before the line's end, and without the mark that some programs put at a file's beginning. */
function withoutEnds(bytes: Uint8Array, first: boolean): Uint8Array {
  const to = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
  const from = first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return bytes.subarray(from, to);
}
