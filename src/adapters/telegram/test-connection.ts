import type { Api } from 'grammy';
import { messageOf } from '../../errors.js';
import type { ConnectionReport } from '../contract/abilities.js';
import type { OutboundFetch } from '../contract.js';
import type { TelegramSettings } from './config.js';
import { openApi } from './api.js';
import { isApiError } from './errors.js';

type Step = ConnectionReport['steps'][number];

/** Who the bot is, what it may see, and how its messages come. Changes nothing. */
export async function testConnection(settings: TelegramSettings, fetch: OutboundFetch): Promise<ConnectionReport> {
  const steps: Step[] = [];
  try {
    const api = await openApi(settings, fetch, { timeoutMs: 8_000 });
    steps.push(...await aboutBot(api));
    steps.push(await aboutWay(api, settings));
  } catch (error) {
    steps.push(failure(steps.length === 0 ? 'Bot token' : 'How messages arrive', error, settings));
  }
  return { ok: steps.every((step) => step.ok), steps };
}

async function aboutBot(api: Api): Promise<Step[]> {
  const me = await api.getMe();
  return [
    { name: 'Bot token', ok: true, detail: `It is @${me.username}, “${me.first_name}”.` },
    { name: 'Groups', ok: true, detail: me.can_read_all_group_messages ? 'It sees every message of its groups.' : 'In groups it sees only answers to it and commands (privacy mode). To see all: @BotFather, /setprivacy, Disable, then add it to the group anew.' },
    { name: 'Business accounts', ok: true, detail: me.can_connect_to_business ? 'It can be connected to a business account (Telegram: Settings, Business, Chatbots).' : 'It cannot speak for a business account. To allow it: @BotFather, /mybots, Bot Settings, Business Mode.' },
  ];
}

async function aboutWay(api: Api, settings: TelegramSettings): Promise<Step> {
  const info = await api.getWebhookInfo();
  const name = 'How messages arrive';
  if (settings.mode === 'long poll') {
    return { name, ok: true, detail: info.url === '' ? `By long poll; ${info.pending_update_count} waiting.` : `By long poll. The webhook ${info.url} is taken away when the channel starts.` };
  }
  if (info.url !== settings.publicUrl) return { name, ok: true, detail: `By webhook; ${settings.publicUrl} is registered when the channel starts${info.url === '' ? '' : `, instead of ${info.url}`}.` };
  const failing = info.last_error_message !== undefined && info.pending_update_count > 0;
  return { name, ok: !failing, detail: failing ? `Telegram cannot reach ${info.url}: ${info.last_error_message ?? ''}. ${info.pending_update_count} messages wait.` : `By webhook at ${info.url}; ${info.pending_update_count} waiting.` };
}

function failure(name: string, error: unknown, settings: TelegramSettings): Step {
  if (isApiError(error) && (error.error_code === 401 || error.error_code === 404)) return { name, ok: false, detail: 'Telegram does not know this token. Copy it again from @BotFather (/token).' };
  if (isApiError(error)) return { name, ok: false, detail: `Telegram: ${error.description}` };
  const cause = error instanceof Error && 'error' in error ? error.error : error;
  return { name, ok: false, detail: `${new URL(settings.apiUrl).host} does not answer: ${messageOf(cause)}` };
}
