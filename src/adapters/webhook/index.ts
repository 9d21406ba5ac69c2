import { randomBytes } from 'node:crypto';
import type { ChannelAdapter, OutboundFetch } from '../contract.js';
import type { MakesSecrets, ReceivesWebhooks, WebhookRequest, WebhookResult } from '../contract/abilities.js';
import { fields, settings, type WebhookSettings } from './config.js';
import { deliver } from './deliver.js';
import { capabilities } from './limits.js';
import { parse } from './parse.js';
import { isSigned } from './verify.js';

/** The channel for systems of one's own: signed JSON in, signed JSON out. */
export function createWebhookAdapter(deps: { fetch: OutboundFetch; clock: () => number }): ChannelAdapter & ReceivesWebhooks & MakesSecrets {
  return {
    kind: 'webhook',
    title: 'Webhook (your own app)',
    capabilities,
    fields,
    settings,
    deliver: (outbound, account) => deliver(outbound, account.settings as WebhookSettings, deps),
    receive: (request, account) => receive(request, account.channel._id, account.settings as WebhookSettings),
    newSecrets: () => ({ secret: randomBytes(24).toString('base64url') }),
  };
}

function receive(request: WebhookRequest, channelId: string, given: WebhookSettings): WebhookResult {
  if (request.method !== 'POST') return { accepted: false, status: 405, code: 'method_not_allowed', message: 'Post events here.' };
  const secrets = given.previousSecret === undefined || given.previousSecret === '' ? [given.secret] : [given.secret, given.previousSecret];
  if (!isSigned(request.rawBody, request.headers['x-rapport-signature'], secrets, request.receivedAt)) {
    return { accepted: false, status: 401, code: 'bad_signature', message: 'The signature is missing, wrong, or more than five minutes off.' };
  }
  let body: unknown;
  try {
    body = JSON.parse(request.rawBody.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { accepted: false, status: 400, code: 'malformed', message: 'The body is not JSON.' };
  }
  const parsed = parse(body, { channelId, receivedAt: request.receivedAt, trustsAddresses: given.trustsAddresses });
  return parsed.ok ? { accepted: true, events: parsed.events } : { accepted: false, status: 400, code: parsed.code, message: parsed.message };
}
