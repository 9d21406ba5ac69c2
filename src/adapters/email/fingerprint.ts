import { createHash } from 'node:crypto';
import { headersOf, readHeader } from './mime/header.js';

const steady = ['from', 'to', 'cc', 'subject', 'date', 'message-id', 'in-reply-to', 'content-type'];

/**
 * Hash of what does not change on the way: the stable headers and the body. The same mail, delivered twice on two ways,
 * has the same one; another mail under a repeated Message-ID has another.
 */
export function fingerprint(raw: Buffer): string {
  const headers = readHeader(raw);
  const hash = createHash('sha256');
  for (const key of steady) hash.update(`${key}:${headersOf(headers, key).join('\n')}\n`);
  const ends = ['\r\n\r\n', '\n\n'].map((gap) => ({ at: raw.indexOf(gap), size: gap.length })).filter((gap) => gap.at >= 0);
  const end = ends.sort((a, b) => a.at - b.at)[0];
  return hash.update(raw.subarray(end === undefined ? raw.length : end.at + end.size)).digest('hex').slice(0, 32);
}
