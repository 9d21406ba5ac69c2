import { AppError, messageOf } from '../../errors.js';
import type { Json } from '../../inbox/model/common.js';
import { asList, asText, field } from '../lib/read-json.js';
import { callX, signedHeaders, type XDeps } from './client.js';
import type { XSettings } from './config.js';
import { mediaHosts, signedMediaHosts } from './limits.js';
import { mediaUrl, nameOf } from './media.js';

type Fetched = { bytes: Buffer; mime?: string; name?: string } | { gone: string };

/** A picture or video, from X's own hosts only; signed only where X asks for that. Throws for what may be had later. */
export async function fetchFile(source: Json, how: { settings: XSettings; deps: XDeps; maxBytes: number }): Promise<Fetched> {
  const url = asText(field(source, 'url')) ?? (await addressOf(source, how));
  if (url === undefined) return { gone: 'X gives no address for it.' };
  const host = URL.canParse(url) ? new URL(url).host : '';
  const own = new URL(how.settings.baseUrl).host;
  const isSigned = signedMediaHosts.includes(host) || host === own;
  if (!isSigned && !mediaHosts.includes(host)) return { gone: `It lies on ${host.slice(0, 100)}, which is no host of X.` };
  return download(url, isSigned, how);
}

async function download(url: string, isSigned: boolean, how: { settings: XSettings; deps: XDeps; maxBytes: number }): Promise<Fetched> {
  let answer: Awaited<ReturnType<XDeps['fetch']>>;
  try {
    answer = await how.deps.fetch(url, { method: 'GET', headers: isSigned ? signedHeaders(how.deps, how.settings, { method: 'GET', url }) : {}, maxBytes: how.maxBytes, timeoutMs: 30_000 });
  } catch (error) {
    if (error instanceof AppError && (error.code === 'too_large' || error.code === 'outbound_refused')) return { gone: messageOf(error) };
    throw error;
  }
  if (answer.status === 401 || answer.status === 403 || answer.status === 404 || answer.status === 410) return { gone: `X answered ${answer.status}.` };
  if (answer.status !== 200) throw new AppError('connection_failed', `X answered ${answer.status}.`);
  const mime = answer.headers['content-type']?.split(';')[0]?.trim();
  return { bytes: answer.body, name: nameOf(url, 0), ...(mime === undefined ? {} : { mime }) };
}

/** For media that X named and did not include. */
async function addressOf(source: Json, how: { settings: XSettings; deps: XDeps }): Promise<string | undefined> {
  const postId = asText(field(source, 'postId'));
  const mediaKey = asText(field(source, 'mediaKey'));
  if (postId === undefined || mediaKey === undefined) return undefined;
  const answer = await callX(how.deps, how.settings, 'GET', `/2/tweets/${encodeURIComponent(postId)}`, { query: { expansions: 'attachments.media_keys', 'media.fields': 'url,preview_image_url,variants' } });
  if (answer.status === 429 || answer.status >= 500) throw new AppError('connection_failed', `X answered ${answer.status}.`);
  return mediaUrl(asList(field(answer.body, 'includes', 'media')).find((one) => field(one, 'media_key') === mediaKey));
}
