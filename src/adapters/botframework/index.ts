import type { Account, ChannelAdapter, OutboundFetch } from '../contract.js';
import type { ActsOnMessages, ExplainsSetUp, FetchesFiles, ReceivesWebhooks, TestsConnection, WebhookRequest, WebhookResult } from '../contract/abilities.js';
import { act } from './act.js';
import type { CloudDeps } from './cloud.js';
import { type BotSettings, fields, settings } from './config.js';
import { deliver } from './deliver.js';
import { fetchFile } from './files.js';
import { capabilities } from './limits.js';
import { parse } from './parse.js';
import { setUp } from './set-up.js';
import { testConnection } from './test-connection.js';
import { createTokens, type Tokens } from './tokens.js';
import { belongs, createVerifier, type Verifier } from './verify.js';

export interface BotFrameworkDeps {
  fetch: OutboundFetch;
  clock: () => number;
}

type BotFrameworkAdapter = ChannelAdapter & ReceivesWebhooks & TestsConnection & FetchesFiles & ActsOnMessages & ExplainsSetUp;

interface Registration {
  settings: BotSettings;
  of: string;
  verifier: Verifier;
  tokens: Tokens;
}

/** Teams, Web Chat, Direct Line and whatever else speaks to an Azure Bot. botbuilder is loaded with the first answer. */
export function createBotFrameworkAdapter(deps: BotFrameworkDeps): BotFrameworkAdapter {
  const registrations = new Map<string, Registration>();

  /** Keys and tokens of a channel are kept as long as its settings are the same. */
  function registrationOf(account: Account): Registration {
    const given = account.settings as BotSettings;
    const known = registrations.get(account.channel._id);
    if (known !== undefined && known.settings === given) return known;
    const of = JSON.stringify(given);
    if (known !== undefined && known.of === of) return known;
    const fresh = { settings: given, of, verifier: createVerifier(given, deps.fetch), tokens: createTokens(given, deps) };
    registrations.set(account.channel._id, fresh);
    return fresh;
  }

  function cloudOf(account: Account): CloudDeps {
    const { settings: given, tokens } = registrationOf(account);
    return { settings: given, tokens, fetch: deps.fetch, clock: deps.clock };
  }

  return {
    kind: 'botframework',
    title: 'Microsoft Teams, Web Chat, Direct Line',
    capabilities,
    fields,
    settings,
    setUp,
    actions: ['edit', 'delete', 'typing'],
    receive: (request, account) => receive(request, account.channel._id, registrationOf(account)),
    deliver: (outbound, account, tools) => deliver(outbound, cloudOf(account), tools),
    act: (action, about, account) => act(action, about, cloudOf(account)),
    test: (given) => {
      const checked = settings.parse(given);
      return testConnection(checked, { fetch: deps.fetch, tokens: createTokens(checked, deps) });
    },
    fetchFile: (source, account, { maxBytes }) => fetchFile(source, cloudOf(account), maxBytes),
  };
}

/** Token first, then the body; the token has to be for the very service URL that the body names. */
async function receive(request: WebhookRequest, channelId: string, registration: Registration): Promise<WebhookResult> {
  if (request.method !== 'POST') return { accepted: false, status: 405, code: 'method_not_allowed', message: 'Activities are posted here.' };
  const claims = await registration.verifier.check(request.headers['authorization'], request.receivedAt);
  if (claims === undefined) return { accepted: false, status: 401, code: 'bad_signature', message: 'The token is missing, not for this bot, out of its time, or not signed by the Bot Framework.' };
  let activity: unknown;
  try {
    activity = JSON.parse(request.rawBody.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { accepted: false, status: 400, code: 'malformed', message: 'The body is not JSON.' };
  }
  if (typeof activity !== 'object' || activity === null || Array.isArray(activity)) return { accepted: false, status: 400, code: 'malformed', message: 'The body is not an activity.' };
  if (!belongs(activity, claims, registration.settings)) return { accepted: false, status: 401, code: 'bad_service_url', message: 'The token was made for another service URL or channel, or its host is not known here.' };
  const { events, typing } = parse(activity, { channelId, receivedAt: request.receivedAt });
  return { accepted: true, events, typing, status: 202, body: '' };
}
