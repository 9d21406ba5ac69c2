import type { WebClient } from '@slack/web-api';
import type { OutboundFetch } from '../contract.js';
import { asWebFetch } from '../lib/web-fetch.js';
import type { SlackSettings } from './config.js';
import { callTimeoutMs } from './limits.js';
import { silentLogger } from './logger.js';

/** What the parts of this adapter share. */
export interface SlackDeps {
  fetch: OutboundFetch;
  clock: () => number;
}

/** Opens Web API clients and keeps the one of each token; the SDK is loaded with the first. */
export class Clients {
  private readonly open = new Map<string, Promise<WebClient>>();

  constructor(private readonly deps: SlackDeps) {}

  /** The bot's client: no retries and no waiting of its own, the outbox has both. */
  of(settings: Pick<SlackSettings, 'botToken' | 'slackApiUrl'>): Promise<WebClient> {
    const key = `${settings.slackApiUrl} ${settings.botToken}`;
    let client = this.open.get(key);
    if (client === undefined) {
      if (this.open.size > 200) this.open.clear();
      this.open.set(key, client = openClient(settings, this.deps.fetch));
    }
    return client;
  }
}

async function openClient(settings: Pick<SlackSettings, 'botToken' | 'slackApiUrl'>, fetch: OutboundFetch): Promise<WebClient> {
  const { WebClient: Client } = await import('@slack/web-api');
  return new Client(settings.botToken, clientOptions(settings.slackApiUrl, fetch));
}

export function clientOptions(slackApiUrl: string, fetch: OutboundFetch) {
  return {
    slackApiUrl, fetch: saysWhen(asWebFetch(fetch, { timeoutMs: callTimeoutMs })), logger: silentLogger, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, allowAbsoluteUrls: false,
    maxRequestConcurrency: 20,
  };
}

/** The SDK takes a 429 without a readable Retry-After for an error without a name. */
function saysWhen(guarded: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const answer = await guarded(input, init);
    if (answer.status !== 429 || /^\d+/u.test(answer.headers.get('retry-after') ?? '')) return answer;
    return new Response(await answer.text(), { status: 429, headers: { 'retry-after': '5' } });
  };
}
