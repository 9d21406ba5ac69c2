import type { WebClient } from '@slack/web-api';
import type { Json } from '../../inbox/model/common.js';
import { AppError } from '../../errors.js';
import { asText, field } from '../lib/read-json.js';
import type { SlackDeps } from './client.js';
import type { SlackSettings } from './config.js';
import { fileHosts, uploadTimeoutMs } from './limits.js';
import { endOf } from './outcome.js';

type Fetched = { bytes: Buffer; mime?: string; name?: string } | { gone: string };

/** Slack's own host for files, by https; or the host that Settings name for the API. */
export function isFileHost(url: string, slackApiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, hostname } = new URL(url);
  if (host === new URL(slackApiUrl).host) return protocol === new URL(slackApiUrl).protocol;
  return protocol === 'https:' && (fileHosts.includes(hostname) || hostname.endsWith('.slack.com'));
}

/** Gets `url_private` with the bot's token. Files of shared channels come without an address: `files.info` knows it. */
export async function fetchFile(source: Json, settings: SlackSettings, use: { client: WebClient; deps: SlackDeps; maxBytes: number }): Promise<Fetched> {
  const id = asText(field(source, 'id'));
  if (id === undefined) return { gone: 'it has no id' };
  const url = asText(field(source, 'url')) ?? await addressOf(use.client, id);
  if (typeof url !== 'string') return url;
  if (!isFileHost(url, settings.slackApiUrl)) return { gone: 'its address is not one of Slack' };
  try {
    const answer = await use.deps.fetch(url, { method: 'GET', headers: { authorization: `Bearer ${settings.botToken}` }, timeoutMs: uploadTimeoutMs, maxBytes: use.maxBytes });
    return readAnswer(answer);
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_large') return { gone: 'it is larger than what is taken in' };
    if (error instanceof AppError && error.code === 'outbound_refused') return { gone: error.message };
    throw error;
  }
}

function readAnswer(answer: { status: number; headers: Record<string, string | undefined>; body: Buffer; url?: string }): Fetched {
  const mime = answer.headers['content-type']?.split(';')[0]?.trim();
  // Without files:read Slack answers 200 with the page for signing in; a real HTML file is sent as text/plain or as a download.
  if (answer.status === 200 && mime === 'text/html' && answer.headers['content-disposition'] === undefined) return { gone: 'Slack asks to sign in: the app lacks files:read, or may not see this file' };
  if (answer.status === 200) return { bytes: answer.body, ...(mime === undefined ? {} : { mime }) };
  if ([401, 403, 404, 410].includes(answer.status)) return { gone: `Slack answered ${answer.status}` };
  throw new AppError('connection_failed', `Slack answered ${answer.status}`, { facts: { status: answer.status } });
}

async function addressOf(client: WebClient, id: string): Promise<string | { gone: string }> {
  try {
    const { file } = await client.files.info({ file: id });
    return file?.url_private_download ?? file?.url_private ?? { gone: 'Slack tells no address for it' };
  } catch (error) {
    const { outcome } = endOf(error);
    if (outcome.result === 'rejected') return { gone: outcome.reason };
    throw error;
  }
}
