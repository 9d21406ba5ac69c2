import type { Json } from '../../inbox/model/common.js';
import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import { asText, field } from '../lib/read-json.js';
import type { TelegramSettings } from './config.js';
import { openApi } from './api.js';
import { isApiError } from './errors.js';
import { uploadMs } from './limits.js';

type Fetched = { bytes: Buffer; name?: string } | { gone: string };

const tooBig = 'Telegram lets bots fetch files of at most 20 MB, and this one is larger. Ask for it in parts, or as a link.';

/** Asks where the file lies and gets it, both from the configured API only: its address carries the bot's token. */
export async function fetchFile(source: Json, settings: TelegramSettings, options: { fetch: OutboundFetch; maxBytes: number }): Promise<Fetched> {
  const fileId = asText(field(source, 'fileId'));
  if (fileId === undefined) return { gone: 'The file has no id.' };
  const path = await pathOf(fileId, settings, options.fetch);
  if (typeof path !== 'string') return path;
  try {
    const answer = await options.fetch(`${settings.apiUrl}/file/bot${settings.token}/${path}`, { method: 'GET', timeoutMs: uploadMs, maxBytes: options.maxBytes });
    if (answer.status === 404 || answer.status === 410) return { gone: 'Telegram no longer has this file.' };
    if (answer.status !== 200) throw new AppError('connection_failed', `Telegram answered ${answer.status} to a file`, { facts: { status: answer.status } });
    return { bytes: answer.body };
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_large') return { gone: `The file is larger than ${Math.floor(options.maxBytes / 1024 / 1024)} MB.` };
    throw error;
  }
}

async function pathOf(fileId: string, settings: TelegramSettings, fetch: OutboundFetch): Promise<string | { gone: string }> {
  const api = await openApi(settings, fetch);
  try {
    const { file_path: path } = await api.getFile(fileId);
    if (path === undefined) throw new AppError('connection_failed', 'Telegram has not made the file ready yet');
    // A server of one's own in local mode gives a path on its disk; one that climbs leads elsewhere.
    return /^[\w-][\w./-]*$/u.test(path) && !path.includes('..') ? path : { gone: 'The Bot API server keeps its files on its own disk (local mode).' };
  } catch (error) {
    if (!isApiError(error) || error.error_code !== 400) throw error;
    if (/too big/iu.test(error.description)) return { gone: tooBig };
    if (/temporarily/iu.test(error.description)) throw error;
    return { gone: `Telegram: ${error.description}` };
  }
}
