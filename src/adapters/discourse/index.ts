import { randomBytes } from 'node:crypto';
import type { Account, ChannelAdapter } from '../contract.js';
import type { ActsOnMessages, BackFills, ExplainsSetUp, FetchesFiles, MakesSecrets, ReceivesWebhooks, TestsConnection, WebhookRequest, WebhookResult } from '../contract/abilities.js';
import { act, actions } from './act.js';
import { backFill } from './back-fill.js';
import type { DiscourseDeps } from './client.js';
import { type DiscourseSettings, fields, settings } from './config.js';
import { deliver } from './deliver.js';
import { fetchFile } from './files.js';
import { scopeOf } from './ids.js';
import { capabilities } from './limits.js';
import { type Facts, parse } from './parse.js';
import { setUp } from './set-up.js';
import { testConnection } from './test-connection.js';
import { isSigned } from './verify.js';

type DiscourseAdapter = ChannelAdapter & ReceivesWebhooks & FetchesFiles & ActsOnMessages & BackFills & TestsConnection & ExplainsSetUp & MakesSecrets;

/** Discourse: the topics and private messages of one online community. */
export function createDiscourseAdapter(deps: DiscourseDeps): DiscourseAdapter {
  return {
    kind: 'discourse',
    title: 'Discourse',
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
    test: (given) => testConnection(given as DiscourseSettings, deps),
    newSecrets: () => ({ webhookSecret: randomBytes(24).toString('base64url') }),
  };
}

function settingsOf(account: Account): DiscourseSettings {
  return account.settings as DiscourseSettings;
}

function factsOf(account: Account, how: Pick<Facts, 'receivedAt' | 'verifiedBy'>): Facts {
  const { baseUrl, apiUsername, staff, staffByRole, privateMessages } = settingsOf(account);
  return { channelId: account.channel._id, scope: scopeOf(baseUrl), apiUsername, staff: new Set(staff), staffByRole, privateMessages, ...how };
}

function receive(request: WebhookRequest, account: Account): WebhookResult {
  if (request.method !== 'POST') return { accepted: false, status: 405, code: 'method_not_allowed', message: 'Discourse posts events here.' };
  if (!isSigned(request.rawBody, request.headers['x-discourse-event-signature'], settingsOf(account).webhookSecret)) {
    return { accepted: false, status: 401, code: 'bad_signature', message: 'The signature is missing or wrong: is the secret the one of this webhook?' };
  }
  let body: unknown;
  try {
    body = JSON.parse(request.rawBody.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { accepted: false, status: 400, code: 'malformed', message: 'The body is not JSON.' };
  }
  const delivery = { event: request.headers['x-discourse-event'], id: request.headers['x-discourse-event-id'], instance: request.headers['x-discourse-instance'] };
  return { accepted: true, events: parse(body, delivery, factsOf(account, { receivedAt: request.receivedAt, verifiedBy: 'signature' })), status: 200 };
}
