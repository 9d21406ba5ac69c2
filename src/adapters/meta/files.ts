import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';

/** Hosts that Meta's media lie on, with their subdomains. Seen in the webhooks' documented payloads and in the clients. */
const mediaHosts = ['fbcdn.net', 'fbsbx.com', 'cdninstagram.com', 'facebook.com', 'whatsapp.net'];
const fetchTimeoutMs = 20_000;

export type Fetched = { bytes: Buffer; mime?: string } | { gone: string };

/** Whether an address out of a payload may be asked: https on one of Meta's hosts, or the host that the settings name. */
export function isMediaUrl(text: string, baseUrl: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.origin === new URL(baseUrl).origin) return true;
  return url.protocol === 'https:' && mediaHosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}

/** Gets a file from one of Meta's hosts. `token`: only where the platform asks for one. Throws for what may be had later. */
export async function fetchMedia(guarded: OutboundFetch, url: string, options: { baseUrl: string; maxBytes: number; token?: string }): Promise<Fetched> {
  if (!isMediaUrl(url, options.baseUrl)) return { gone: 'It does not lie on one of Meta’s hosts.' };
  try {
    const answer = await guarded(url, { method: 'GET', maxBytes: options.maxBytes, timeoutMs: fetchTimeoutMs, ...(options.token === undefined ? {} : { headers: { authorization: `Bearer ${options.token}` } }) });
    if (answer.status >= 200 && answer.status < 300) {
      const mime = answer.headers['content-type'];
      return { bytes: answer.body, ...(mime === undefined ? {} : { mime }) };
    }
    if ([400, 403, 404, 410].includes(answer.status)) return { gone: `Meta answered ${answer.status}: such addresses end after a while.` };
    throw new AppError('connection_failed', `Meta answered ${answer.status} for a file`);
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_large') return { gone: `It is larger than ${options.maxBytes} bytes.` };
    if (error instanceof AppError && error.code === 'outbound_refused') return { gone: error.message };
    throw error;
  }
}
