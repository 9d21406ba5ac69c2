import type { Json } from '../../inbox/model/common.js';
import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import { asText, field } from '../lib/read-json.js';
import { authorizationOf } from './client.js';
import type { SmsSettings } from './config.js';
import { mediaHosts, requestMs } from './limits.js';

/**
 * Gets what an MMS carried. The address comes from outside, so its host is checked again; the account's credentials go to
 * Twilio's API only, and not along with its redirect to the store where the bytes lie.
 */
export async function fetchMedia(source: Json, settings: SmsSettings, options: { fetch: OutboundFetch; maxBytes: number }): Promise<{ bytes: Buffer; mime?: string } | { gone: string }> {
  const url = asText(field(source, 'url')) ?? '';
  if (!isTwilios(url, settings)) return { gone: 'The address of this file is not one of Twilio’s.' };
  try {
    const answer = await options.fetch(url, { method: 'GET', headers: { authorization: authorizationOf(settings) }, timeoutMs: 2 * requestMs, maxBytes: options.maxBytes });
    if (answer.status === 404 || answer.status === 410) return { gone: 'Twilio no longer has this file.' };
    if (answer.status !== 200) throw new AppError('connection_failed', `Twilio answered ${answer.status} to a file`, { facts: { status: answer.status } });
    const mime = answer.headers['content-type']?.split(';')[0]?.trim();
    return { bytes: answer.body, ...(mime === undefined ? {} : { mime }) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_large') return { gone: `The file is larger than ${Math.floor(options.maxBytes / 1024 / 1024)} MB.` };
    throw error;
  }
}

function isTwilios(text: string, settings: SmsSettings): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.origin === new URL(settings.apiUrl).origin) return true;
  return url.protocol === 'https:' && url.port === '' && mediaHosts.test(url.hostname);
}
