import type { Json } from '../../inbox/model/common.js';
import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import { asText, field } from '../lib/read-json.js';
import type { MastodonSettings } from './config.js';
import { hostOf, type ServerFacts } from './server-facts.js';

/** Gets a picture of a post. No credentials go with it: files of a server are public, and lie with others. */
export async function fetchFile(source: Json, about: { settings: MastodonSettings; facts: ServerFacts; fetch: OutboundFetch; maxBytes: number }): Promise<{ bytes: Buffer; mime?: string } | { gone: string }> {
  const url = asText(field(source, 'url'));
  if (url === undefined || !isKnownHost(url, about)) return { gone: 'it lies on a host that this server does not keep its files on' };
  try {
    const { status, headers, body } = await about.fetch(url, { method: 'GET', timeoutMs: 30_000, maxBytes: about.maxBytes });
    if (status === 404 || status === 410 || status === 403) return { gone: `the server answered ${status}` };
    if (status !== 200) throw new AppError('connection_failed', `the server answered ${status}`);
    const mime = headers['content-type'];
    return { bytes: body, ...(mime === undefined ? {} : { mime }) };
  } catch (error) {
    if (error instanceof AppError && (error.code === 'too_large' || error.code === 'outbound_refused')) return { gone: error.message };
    throw error;
  }
}

function isKnownHost(url: string, about: { settings: MastodonSettings; facts: ServerFacts }): boolean {
  const host = hostOf(url);
  const own = hostOf(about.settings.baseUrl);
  if (host === undefined || own === undefined) return false;
  const known = [own, ...about.facts.mediaHosts, ...about.settings.mediaHosts.map((one) => one.toLowerCase())];
  return known.some((one) => host === one || host.endsWith(`.${one}`));
}
