import { AppError } from '../../errors.js';
import type { Json } from '../../inbox/model/common.js';
import type { OutboundFetch } from '../contract.js';
import { asObject, asText, field } from '../lib/read-json.js';
import { DiscordRefusal, type DiscordApi } from './api.js';
import { snowflake } from './ids.js';
import { attachmentsOf } from './text-in.js';
import { isFileHost } from './verify.js';

type Fetched = { bytes: Buffer; mime?: string; name?: string } | { gone: string };

/** Files are large and come from a network of their own. */
const fileMs = 60_000;

/**
 * Gets an attachment. Its address ends about a day after it was given (`ex=`, hex seconds); then the message is asked for
 * a new one. Without our token: the file hosts need none.
 */
export async function fetchFile(source: Json, context: { api: DiscordApi; fetch: OutboundFetch; clock: () => number }, limits: { maxBytes: number }): Promise<Fetched> {
  const url = asText(field(source, 'url')) ?? '';
  if (!isExpired(url, context.clock())) {
    const got = await download(url, context, limits);
    if (got !== undefined) return got;
  }
  const fresh = await freshAddress(source, context.api);
  if (typeof fresh !== 'string') return fresh;
  return await download(fresh, context, limits) ?? { gone: 'Discord does not give out this file.' };
}

function isExpired(address: string, now: number): boolean {
  if (!URL.canParse(address)) return true;
  const seconds = parseInt(new URL(address).searchParams.get('ex') ?? '', 16);
  return !Number.isNaN(seconds) && seconds * 1_000 <= now;
}

/** `undefined`: not at this address, or not any more. */
async function download(url: string, deps: { api: DiscordApi; fetch: OutboundFetch }, { maxBytes }: { maxBytes: number }): Promise<Fetched | undefined> {
  if (!isFileHost(url, deps.api.settings.apiUrl)) return { gone: 'The file lies on a host that is not Discord’s.' };
  try {
    const answer = await deps.fetch(url, { method: 'GET', maxBytes, timeoutMs: fileMs });
    if (answer.status === 200) return { bytes: answer.body, ...mimeOf(answer.headers['content-type']) };
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return undefined;
    throw new AppError('connection_failed', `The file host answered ${answer.status}.`, { facts: { status: answer.status } });
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_large') return { gone: error.message };
    throw error;
  }
}

function mimeOf(header: string | undefined): { mime?: string } {
  const mime = header?.split(';')[0]?.trim();
  return mime === undefined || mime === '' ? {} : { mime };
}

async function freshAddress(source: Json, api: DiscordApi): Promise<string | { gone: string }> {
  const channel = snowflake(field(source, 'channel'));
  const id = snowflake(field(source, 'message'));
  if (channel === undefined || id === undefined) return { gone: 'Its address has expired.' };
  try {
    const message = asObject(await api.ask('GET', `/channels/${channel}/messages/${id}`)) ?? {};
    const file = attachmentsOf(message).find((one) => one['id'] === field(source, 'attachment'));
    return asText(file?.['url']) ?? { gone: 'It was taken off its message.' };
  } catch (error) {
    if (error instanceof DiscordRefusal && (error.status === 404 || error.status === 403)) return { gone: 'Its message was deleted, or may not be read any more.' };
    throw error;
  }
}
