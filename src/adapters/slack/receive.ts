import type { WebhookRequest, WebhookResult } from '../contract/abilities.js';
import type { Account } from '../contract.js';
import { asObject, asText, field } from '../lib/read-json.js';
import type { Listen } from './bolt.js';
import type { SlackSettings } from './config.js';
import type { ParseFacts } from './envelope.js';
import type { OwnFiles } from './own-files.js';
import type { People } from './people.js';
import { healthOf } from './parse.js';
import { isSigned } from './verify.js';

/** What parsing has to know of this account. */
export function factsOf(account: Account, known: { people: People; files: OwnFiles }, at: Pick<ParseFacts, 'receivedAt' | 'verifiedBy'>): ParseFacts {
  const { channels, colleagues, mirrorChannels, ownWorkspaceIsUs } = account.settings as SlackSettings;
  return {
    ...at, channelId: account.channel._id, ownWorkspaceIsUs, channels: setOf(channels), colleagues: setOf(colleagues), mirrorChannels: setOf(mirrorChannels),
    personName: (id) => known.people.nameOf(id), messageOfFile: (id) => known.files.messageOf(id),
  };
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Settings do not change while they are in use: each list becomes a set once. */
function setOf(list: readonly string[]): ReadonlySet<string> {
  let found = sets.get(list);
  if (found === undefined) sets.set(list, found = new Set(list));
  return found;
}

/** Verifies over the raw bytes, then hands over to bolt, and waits for what it makes of it. */
export async function receive(request: WebhookRequest, account: Account, use: { listen: () => Promise<Listen>; people: People; files: OwnFiles }): Promise<WebhookResult> {
  const { signingSecret, previousSigningSecret } = account.settings as SlackSettings;
  if (request.method !== 'POST') return { accepted: false, status: 405, code: 'method_not_allowed', message: 'Slack posts its events here.' };
  if (!isSigned(request.rawBody, request.headers, [signingSecret, previousSigningSecret], request.receivedAt)) {
    return { accepted: false, status: 401, code: 'bad_signature', message: 'The signature is missing, wrong, or more than five minutes off.' };
  }
  const body = readBody(request);
  if (body === undefined) return { accepted: false, status: 400, code: 'malformed', message: 'The body is neither JSON nor a form with a payload.' };
  if (body['type'] === 'url_verification') return { accepted: true, events: [], status: 200, body: (asText(body['challenge']) ?? '').slice(0, 1_000), contentType: 'text/plain; charset=utf-8' };
  const listen = await use.listen();
  const retryReason = request.headers['x-slack-retry-reason'];
  const retryNumber = Number(request.headers['x-slack-retry-num']);
  const events = await listen(body, factsOf(account, use, { receivedAt: request.receivedAt, verifiedBy: 'signature' }), {
    ...(Number.isInteger(retryNumber) ? { number: retryNumber } : {}), ...(retryReason === undefined ? {} : { reason: retryReason }),
  });
  use.people.meet(events);
  const health = healthOf(body);
  // A press of a button wants an empty answer.
  return { accepted: true, events, status: 200, body: '', contentType: 'text/plain; charset=utf-8', ...(health === undefined ? {} : { health }) };
}

/** Events come as JSON, presses of buttons as a form with JSON in it. */
function readBody(request: WebhookRequest): Record<string, unknown> | undefined {
  const text = request.rawBody.toString('utf8');
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const json = isForm ? new URLSearchParams(text).get('payload') ?? '' : text;
  try {
    return asObject(JSON.parse(json));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return isForm ? { type: asText(field(Object.fromEntries(new URLSearchParams(text)), 'command')) === undefined ? 'form' : 'slash_command' } : undefined;
  }
}
