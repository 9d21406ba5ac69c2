import type { Json } from '../../inbox/model/common.js';
import { AppError } from '../../errors.js';
import { asText, field } from '../lib/read-json.js';
import type { CloudDeps } from './cloud.js';
import { fileHosts } from './limits.js';
import { isHostOf, isServiceUrl } from './service-url.js';

/** Gets a file of a message: from the channel's own host with our token, from where Teams keeps files without it, from nowhere else. */
export async function fetchFile(source: Json, deps: CloudDeps, maxBytes: number): Promise<{ bytes: Buffer; mime?: string } | { gone: string }> {
  const url = asText(field(source, 'url'));
  if (url === undefined || !URL.canParse(url)) return { gone: 'it has no address' };
  const isChannels = isServiceUrl(url, deps.settings);
  const { protocol, hostname } = new URL(url);
  if (!isChannels && !(protocol === 'https:' && isHostOf(hostname.toLowerCase(), fileHosts))) return { gone: `it lies on ${hostname}, which is no host of a channel` };
  try {
    const authorization = isChannels ? { authorization: `Bearer ${await deps.tokens.get()}` } : undefined;
    const { status, headers, body } = await deps.fetch(url, { method: 'GET', ...(authorization === undefined ? {} : { headers: authorization }), timeoutMs: 30_000, maxBytes });
    if (status === 404 || status === 410 || status === 403) return { gone: `its host answered ${status}` };
    if (status !== 200) throw new AppError('connection_failed', `its host answered ${status}`);
    const mime = headers['content-type'];
    return { bytes: body, ...(mime === undefined ? {} : { mime }) };
  } catch (error) {
    if (error instanceof AppError && (error.code === 'too_large' || error.code === 'outbound_refused')) return { gone: error.message };
    throw error;
  }
}
