import type { Account, ChannelAdapter, OutboundFetch } from '../contract.js';
import type { BackFills, ExplainsSetUp, FetchesFiles, ReceivesWebhooks, TestsConnection, WebhookRequest, WebhookResult } from '../contract/abilities.js';
import { backFill } from './back-fill.js';
import { createClient } from './client.js';
import { fields, settings as schema, type SmsSettings } from './config.js';
import { deliver } from './deliver.js';
import { Doubts } from './doubts.js';
import { capabilities } from './limits.js';
import { fetchMedia } from './media.js';
import { parse } from './parse.js';
import { setUp } from './set-up.js';
import { testConnection } from './test-connection.js';
import { isSigned } from './verify.js';

/** SMS and MMS over Twilio. */
export function createSmsAdapter(deps: { fetch: OutboundFetch; clock: () => number }): ChannelAdapter & ReceivesWebhooks & TestsConnection & FetchesFiles & BackFills & ExplainsSetUp {
  const doubts = new Doubts();
  return {
    kind: 'sms',
    title: 'SMS (Twilio)',
    capabilities,
    fields,
    settings: schema,
    setUp,
    deliver: (outbound, account, tools) => deliver(outbound, settingsOf(account), { ...deps, doubts, tools }),
    receive: (request, account) => receive(request, account.channel._id, settingsOf(account)),
    test: (given) => testConnection(given as SmsSettings, deps.fetch),
    fetchFile: (source, account, { maxBytes }) => fetchMedia(source, settingsOf(account), { fetch: deps.fetch, maxBytes }),
    backFill: (since, account, sink) => {
      const settings = settingsOf(account);
      return backFill(since, createClient(settings, deps.fetch), { channelId: account.channel._id, clock: deps.clock, number: settings.number, apiUrl: settings.apiUrl, sink });
    },
  };
}

function settingsOf(account: Account): SmsSettings {
  return account.settings as SmsSettings;
}

const fieldsMax = 200;
/** Twilio's requests are a few kB; nothing of another size is worth the sum of its signature. */
const bodyMax = 64 * 1024;

function receive(request: WebhookRequest, channelId: string, settings: SmsSettings): WebhookResult {
  if (request.method !== 'POST') return { accepted: false, status: 405, code: 'method_not_allowed', message: 'Choose HTTP POST at Twilio.' };
  if (request.rawBody.length > bodyMax) return { accepted: false, status: 400, code: 'malformed', message: 'That is longer than anything Twilio posts.' };
  const form = [...new URLSearchParams(request.rawBody.toString('utf8'))];
  const tokens = settings.previousToken === '' ? [settings.authToken] : [settings.authToken, settings.previousToken];
  if (!isSigned({ header: request.headers['x-twilio-signature'], form, query: request.query }, settings.publicUrl, tokens)) {
    return { accepted: false, status: 401, code: 'bad_signature', message: 'The signature does not fit the webhook address in the settings and these fields.' };
  }
  const params: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [key, value] of form.slice(0, fieldsMax)) params[key] ??= value;
  const ours = request.query['m'];
  const events = parse(params, { channelId, receivedAt: request.receivedAt, verifiedBy: 'signature', ...(ours === undefined ? {} : { ours }) });
  if (events === undefined) return { accepted: false, status: 400, code: 'malformed', message: 'No message is named.' };
  // An empty answer sends nothing back to the customer.
  return { accepted: true, events, body: '<Response/>', contentType: 'text/xml' };
}
