import type { Account, ChannelAdapter } from '../contract.js';
import type { ActsOnMessages, BackFills, ExplainsSetUp, FetchesFiles, ReceivesWebhooks, TestsConnection, WebhookRequest, WebhookResult } from '../contract/abilities.js';
import { act, actions } from './act.js';
import { backFill } from './back-fill.js';
import type { XDeps } from './client.js';
import { fields, settings, type XSettings } from './config.js';
import { deliver } from './deliver.js';
import type { Facts } from './facts.js';
import { fetchFile } from './files.js';
import { capabilities } from './limits.js';
import { parse } from './parse.js';
import { setUp } from './set-up.js';
import { testConnection } from './test-connection.js';
import { answerChallenge, isSigned } from './verify.js';

type XAdapter = ChannelAdapter & ReceivesWebhooks & FetchesFiles & ActsOnMessages & BackFills & TestsConnection & ExplainsSetUp;

/** X: mentions and replies as public conversations, and unencrypted direct messages where they are wanted. */
export function createXAdapter(deps: XDeps): XAdapter {
  return {
    kind: 'x',
    title: 'X',
    capabilities,
    fields,
    settings,
    setUp,
    actions,
    deliver: (outbound, account, tools) => deliver(outbound, { settings: settingsOf(account), deps, tools }),
    receive: (request, account) => receive(request, account),
    act: (action, _context, account) => act(action, settingsOf(account), deps),
    fetchFile: (source, account, limits) => fetchFile(source, { settings: settingsOf(account), deps, maxBytes: limits.maxBytes }),
    backFill: (since, account, sink) => backFill({ settings: settingsOf(account), deps, since, facts: factsOf(account, { receivedAt: deps.clock(), verifiedBy: 'token' }) }, sink),
    test: (given) => testConnection(given as XSettings, deps),
  };
}

function settingsOf(account: Account): XSettings {
  return account.settings as XSettings;
}

function factsOf(account: Account, how: Pick<Facts, 'receivedAt' | 'verifiedBy'>): Facts {
  const { accountId, directMessages } = settingsOf(account);
  return { channelId: account.channel._id, accountId, directMessages, ...how };
}

function receive(request: WebhookRequest, account: Account): WebhookResult {
  const { apiSecret } = settingsOf(account);
  if (request.method === 'GET') return challenge(request, apiSecret);
  if (request.method !== 'POST') return { accepted: false, status: 405, code: 'method_not_allowed', message: 'X posts events here.' };
  if (!isSigned(request.rawBody, request.headers['x-twitter-webhooks-signature'], apiSecret)) {
    return { accepted: false, status: 401, code: 'bad_signature', message: 'The signature is missing or wrong: is the API key secret the one of this app?' };
  }
  let body: unknown;
  try {
    body = JSON.parse(request.rawBody.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { accepted: false, status: 400, code: 'malformed', message: 'The body is not JSON.' };
  }
  return { accepted: true, status: 200, ...parse(body, factsOf(account, { receivedAt: request.receivedAt, verifiedBy: 'signature' })) };
}

function challenge(request: WebhookRequest, apiSecret: string): WebhookResult {
  const body = answerChallenge(request.query['crc_token'], apiSecret);
  if (body === undefined) return { accepted: false, status: 400, code: 'malformed', message: 'No challenge of X’s.' };
  return { accepted: true, events: [], status: 200, contentType: 'application/json', body };
}
