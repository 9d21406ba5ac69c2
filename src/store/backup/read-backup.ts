import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import { AppError, messageOf } from '../../errors.js';
import { errnoOf } from '../files.js';
import { formatNumber, headerSchema, lineSchema, trailerSchema, type BackupCounts, type BackupHeader, type BackupLine } from './format.js';

/** Longer than any line that is written: a large document. */
const longestLine = 64 * 1024 * 1024;
const lineFeed = 10;

export interface VerifiedBackup {
  header: BackupHeader;
  counts: BackupCounts;
}

/**
 * Reads the whole file once and changes nothing: the header must be one this code knows, the checksum must fit, and what
 * is in it must be what it says. Throws `bad_request` for a file that is damaged, cut off or no backup, `config_invalid`
 * for one of a newer version.
 */
export async function verifyBackup(file: string, knownVersion: number): Promise<VerifiedBackup> {
  const found: { counts: Record<string, number>; blobs: number } = { counts: {}, blobs: 0 };
  let header: BackupHeader | undefined;
  let counts: BackupCounts | undefined;
  for await (const line of readLines(file)) {
    if (header === undefined) header = checkHeader(line, knownVersion);
    else counts = add(found, parse(lineSchema, line)) ?? counts;
  }
  if (header === undefined || counts === undefined) throw damaged('it has no end');
  const names = new Set([...Object.keys(counts.counts), ...Object.keys(found.counts)]);
  for (const name of names) if ((counts.counts[name] ?? 0) !== (found.counts[name] ?? 0)) throw damaged(`the number of ${name} is not as written`);
  if (counts.blobs !== found.blobs) throw damaged('the number of files is not as written');
  return { header, counts };
}

/** The documents and files of a verified backup, in the order of writing. */
export async function* readBackup(file: string): AsyncGenerator<BackupLine> {
  let first = true;
  for await (const line of readLines(file)) {
    if (!first) yield parse(lineSchema, line);
    first = false;
  }
}

function add(found: { counts: Record<string, number>; blobs: number }, line: BackupLine): BackupCounts | undefined {
  if ('collection' in line) found.counts[line.collection] = (found.counts[line.collection] ?? 0) + line.docs.length;
  else if ('blob' in line) found.blobs += line.last ? 1 : 0;
  else return line;
  return undefined;
}

function checkHeader(line: string, knownVersion: number): BackupHeader {
  const header = parse(headerSchema, line);
  if (header.format > formatNumber || header.version > knownVersion) {
    throw new AppError('config_invalid', 'this backup was written by a newer Rapport: restore it with that one', { facts: { format: header.format, version: header.version, knownVersion } });
  }
  return header;
}

function parse<S extends z.ZodType>(schema: S, line: string): z.infer<S> {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw damaged('a line of it cannot be read', cause);
  }
}

function damaged(why: string, cause?: unknown): AppError {
  return new AppError('bad_request', `this is not a whole, undamaged backup: ${why}`, { cause });
}

/** Every line but the last, which must be the checksum of all before it. */
async function* readLines(file: string): AsyncGenerator<string> {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  for await (const line of splitLines(file)) {
    if (held !== undefined) {
      hash.update(held);
      yield held.toString('utf8');
    }
    held = line;
  }
  if (held === undefined) throw damaged('it is empty');
  if (parse(trailerSchema, held.toString('utf8')).sha256 !== hash.digest('hex')) throw damaged('its checksum does not fit');
}

/** Lines with their line feeds. */
async function* splitLines(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of decompressed(file)) {
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end + 1)]);
      rest = [];
      length = 0;
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > longestLine) throw damaged('a line of it has no end');
  }
  if (length > 0) throw damaged('it breaks off in the middle of a line');
}

async function* decompressed(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of source.pipe(gunzip)) yield chunk as Buffer;
  } catch (cause) {
    if (errnoOf(cause) !== undefined) throw new AppError('bad_request', `${file} cannot be read: ${messageOf(cause)}`, { cause });
    throw damaged(messageOf(cause), cause);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}
