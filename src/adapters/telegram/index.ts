import { randomBytes } from 'node:crypto';
import type { Channel } from '../../inbox/model/channel.js';
import type { Account, ChannelAdapter, OutboundFetch } from '../contract.js';
import type { ActsOnMessages, ExplainsSetUp, FetchesFiles, HoldsConnection, MakesSecrets, ReceivesWebhooks, TestsConnection, WebhookRequest, WebhookResult } from '../contract/abilities.js';
import { act, actions } from './act.js';
import { fields, settings as schema, type TelegramSettings } from './config.js';
import { holdConnection } from './connection.js';
import { deliver } from './deliver.js';
import type { ParseFacts } from './facts.js';
import { fetchFile } from './files.js';
import { botIdOf } from './ids.js';
import { capabilities } from './limits.js';
import { parse } from './parse.js';
import { setUp } from './set-up.js';
import { testConnection } from './test-connection.js';
import { hasSecret } from './verify.js';

type Abilities = ReceivesWebhooks & HoldsConnection & TestsConnection & FetchesFiles & ActsOnMessages & MakesSecrets & ExplainsSetUp;

/** Telegram by a bot: its private chats, groups and topics, and the chats of business accounts it is connected to. */
export function createTelegramAdapter(deps: { fetch: OutboundFetch; clock: () => number }): ChannelAdapter & Abilities {
  return {
    kind: 'telegram',
    title: 'Telegram',
    capabilities,
    fields,
    settings: schema,
    setUp,
    actions,
    deliver: (outbound, account, tools) => deliver(outbound, settingsOf(account), { ...deps, tools }),
    act: (action, context, account) => act(action, context, { settings: settingsOf(account), fetch: deps.fetch }),
    receive: (request, account) => receive(request, account.channel, settingsOf(account)),
    open: (account, host) => {
      const facts = factsOf(account.channel, settingsOf(account));
      const read = (update: unknown) => parse(update, { ...facts, receivedAt: host.clock(), verifiedBy: 'connection' }) ?? [];
      return holdConnection({ settings: settingsOf(account), fetch: deps.fetch, host, read });
    },
    test: (given) => testConnection(given as TelegramSettings, deps.fetch),
    fetchFile: (source, account, { maxBytes }) => fetchFile(source, settingsOf(account), { fetch: deps.fetch, maxBytes }),
    newSecrets: () => ({ webhookSecret: randomBytes(32).toString('base64url') }),
  };
}

function settingsOf(account: Account): TelegramSettings {
  return account.settings as TelegramSettings;
}

function factsOf(channel: Channel, settings: TelegramSettings): Pick<ParseFacts, 'channelId' | 'botId' | 'colleagues'> {
  return { channelId: channel._id, botId: botIdOf(settings.token), colleagues: new Set(settings.colleagues) };
}

function receive(request: WebhookRequest, channel: Channel, settings: TelegramSettings): WebhookResult {
  if (request.method !== 'POST') return { accepted: false, status: 405, code: 'method_not_allowed', message: 'Telegram posts here.' };
  if (!hasSecret(request.headers['x-telegram-bot-api-secret-token'], settings.webhookSecret)) {
    return { accepted: false, status: 401, code: 'bad_signature', message: 'The secret token is missing or wrong.' };
  }
  let body: unknown;
  try {
    body = JSON.parse(request.rawBody.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { accepted: false, status: 400, code: 'malformed', message: 'The body is not JSON.' };
  }
  const events = parse(body, { ...factsOf(channel, settings), receivedAt: request.receivedAt, verifiedBy: 'token' });
  return events === undefined ? { accepted: false, status: 400, code: 'malformed', message: 'That is no update.' } : { accepted: true, events };
}
