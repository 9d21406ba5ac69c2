import type { Json } from '../../inbox/model/common.js';
import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import { field } from '../lib/read-json.js';
import type { XmppSettings } from './config.js';

/**
 * A file that somebody's server keeps for us. It may lie anywhere, so it is asked without any credentials, over https (over
 * http only where the account itself is on a server without encryption), and by the guarded client alone.
 */
export async function fetchFile(source: Json, settings: XmppSettings, limits: { maxBytes: number }, deps: { fetch: OutboundFetch }): Promise<{ bytes: Buffer; mime?: string } | { gone: string }> {
  const url = field(source, 'url');
  if (typeof url !== 'string' || !URL.canParse(url)) return { gone: 'its address is not valid' };
  const { protocol } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && settings.tls === 'none')) return { gone: 'it does not lie at an encrypted address' };
  try {
    const answer = await deps.fetch(url, { method: 'GET', maxBytes: limits.maxBytes, timeoutMs: 60_000 });
    const mime = answer.headers['content-type']?.split(';')[0]?.trim();
    if (answer.status === 200) return { bytes: answer.body, ...(mime === undefined || mime === '' ? {} : { mime }) };
    if (answer.status === 403 || answer.status === 404 || answer.status === 410) return { gone: `the server no longer has it (${answer.status})` };
    throw new AppError('connection_failed', `The server answered ${answer.status}.`);
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_large') return { gone: `it is larger than ${Math.floor(limits.maxBytes / 1024 / 1024)} MB` };
    if (error instanceof AppError && error.code === 'outbound_refused') return { gone: error.message };
    throw error;
  }
}
