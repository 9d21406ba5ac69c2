import { AppError, messageOf } from '../../errors.js';
import type { Json } from '../../inbox/model/common.js';
import { asText, field } from '../lib/read-json.js';
import { credentials, type DiscourseDeps } from './client.js';
import type { DiscourseSettings } from './config.js';

/**
 * An upload, by its short address on the site itself; from there the site may lead to where it keeps files, without our
 * key. Throws for what may be had later.
 */
export async function fetchFile(source: Json, how: { settings: DiscourseSettings; deps: DiscourseDeps; maxBytes: number }): Promise<{ bytes: Buffer; mime?: string } | { gone: string }> {
  const upload = asText(field(source, 'upload'));
  if (upload === undefined || !/^[\w-]{1,120}(?:\.\w{1,10})*$/.test(upload)) return { gone: 'It is no upload of this community.' };
  let answer: Awaited<ReturnType<DiscourseDeps['fetch']>>;
  try {
    answer = await how.deps.fetch(`${how.settings.baseUrl}/uploads/short-url/${upload}`, { method: 'GET', headers: credentials(how.settings), maxBytes: how.maxBytes, timeoutMs: 30_000 });
  } catch (error) {
    if (error instanceof AppError && (error.code === 'too_large' || error.code === 'outbound_refused')) return { gone: messageOf(error) };
    throw error;
  }
  if ([401, 403, 404, 410].includes(answer.status)) return { gone: `Discourse answered ${answer.status}.` };
  if (answer.status !== 200) throw new AppError('connection_failed', `Discourse answered ${answer.status}.`);
  const mime = answer.headers['content-type']?.split(';')[0]?.trim();
  return { bytes: answer.body, ...(mime === undefined ? {} : { mime }) };
}
