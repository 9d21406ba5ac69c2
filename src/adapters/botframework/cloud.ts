import type { TurnContext } from 'botbuilder';
import type { ConnectorClient, ConnectorFactory, UserTokenClient } from 'botframework-connector';
import type { ConversationReference } from 'botframework-schema';
import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import type { BotSettings } from './config.js';
import type { BotHandle } from './parse.js';
import { isServiceUrl } from './service-url.js';
import type { Tokens } from './tokens.js';

export interface CloudDeps {
  settings: BotSettings;
  fetch: OutboundFetch;
  tokens: Tokens;
  clock: () => number;
}

/** The last request of a turn and how it ended: the SDK's errors lose headers and who was at fault. */
export interface Exchange {
  status?: number;
  headers?: Record<string, string | undefined>;
  json?: unknown;
  error?: unknown;
}

type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof ConnectorClient>[1]>['httpClient']>;

/**
 * Runs `logic` in a proactive turn of botbuilder's CloudAdapter. The SDK's own ways out (axios, node-fetch, MSAL) are not
 * used: its connector gets an HTTP client over the guarded fetch, which reaches the conversation's checked service URL and
 * nothing else, its token comes from `tokens`, and its retries are off. Throws what `logic` throws; `exchange` tells why.
 */
export async function inTurn(handle: BotHandle, deps: CloudDeps, logic: (context: TurnContext) => Promise<void>): Promise<Exchange> {
  if (!isServiceUrl(handle.serviceUrl, deps.settings)) throw new AppError('outbound_refused', `Answers do not go to ${hostOf(handle.serviceUrl)}: it is no known host of a channel.`);
  const token = await deps.tokens.get();
  const exchange: Exchange = {};
  const [{ CloudAdapter }, connector] = await Promise.all([import('botbuilder/lib/cloudAdapter.js'), import('botframework-connector')]);

  class GuardedFactory extends connector.ConnectorFactory {
    override create(serviceUrl: string): Promise<ConnectorClient> {
      const signRequest = (request: { headers: { set(name: string, value: string): void } }): Promise<never> => {
        request.headers.set('authorization', `Bearer ${token}`);
        return Promise.resolve(request as never);
      };
      const client = new connector.ConnectorClient({ signRequest }, { baseUri: serviceUrl, httpClient: httpClientFor(handle, deps.fetch, exchange) });
      withoutRetries(client);
      return Promise.resolve(client);
    }
  }

  class GuardedAuthentication extends connector.BotFrameworkAuthentication {
    override authenticateRequest(): Promise<never> {
      return Promise.reject(new AppError('bug', 'requests are checked in verify.ts, before there is a turn'));
    }
    override authenticateStreamingRequest(): Promise<never> {
      return Promise.reject(new AppError('bug', 'no streaming connections are taken'));
    }
    override createConnectorFactory(): ConnectorFactory {
      return new GuardedFactory();
    }
    override createUserTokenClient(): Promise<UserTokenClient> {
      // Only sign-in cards would ask it; a turn of ours has none.
      return Promise.resolve(Object.create(null) as UserTokenClient);
    }
  }

  try {
    await new CloudAdapter(new GuardedAuthentication()).continueConversationAsync(deps.settings.appId, referenceOf(handle), (context) => {
      // The SDK makes up an id for the turn and would answer to it; there is no such activity at the channel.
      delete context.activity.id;
      return logic(context);
    });
  } catch (error) {
    exchange.error ??= error;
  }
  return exchange;
}

function referenceOf(handle: BotHandle): Partial<ConversationReference> {
  const { id, isGroup, tenantId } = handle.conversation;
  return {
    serviceUrl: handle.serviceUrl, channelId: handle.channelId, bot: handle.bot, user: handle.user,
    conversation: { id, isGroup, name: '', conversationType: isGroup ? 'channel' : 'personal', ...(tenantId === undefined ? {} : { tenantId }) },
    ...(handle.locale === undefined ? {} : { locale: handle.locale }),
  };
}

function httpClientFor(handle: BotHandle, guarded: OutboundFetch, exchange: Exchange): HttpClient {
  const origin = new URL(handle.serviceUrl).origin;
  return {
    sendRequest: async (request) => {
      const { url, method, body } = request;
      try {
        if (new URL(url).origin !== origin) throw new AppError('outbound_refused', `Answers of this conversation go to ${origin} only.`);
        if (method !== 'GET' && method !== 'POST' && method !== 'PUT' && method !== 'DELETE' && method !== 'PATCH') throw new AppError('bug', `the connector wants to ${method}`);
        const answer = await guarded(url, { method, headers: request.headers.rawHeaders(), ...(typeof body === 'string' ? { body } : {}), timeoutMs: 10_000 });
        const bodyAsText = answer.body.toString('utf8');
        Object.assign(exchange, { status: answer.status, headers: answer.headers, json: parsed(bodyAsText) });
        return { request, status: answer.status, headers: headersOf(request, answer.headers), bodyAsText };
      } catch (error) {
        exchange.error = error;
        throw error;
      }
    },
  };
}

/** The SDK's own kind of headers, which it exports nowhere: a copy of the request's, emptied. */
function headersOf(request: Parameters<HttpClient['sendRequest']>[0], from: Record<string, string | undefined>): ReturnType<Parameters<HttpClient['sendRequest']>[0]['headers']['clone']> {
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  for (const [name, value] of Object.entries(from)) if (value !== undefined) headers.set(name, value);
  return headers;
}

/** Our outbox asks again, with its own patience; a second attempt that nobody knows of could say things twice. */
function withoutRetries(client: ConnectorClient): void {
  const inner = Reflect.get(client, 'client') as { pipeline: { removePolicy(which: { phase?: 'Retry'; name?: string }): unknown[] } };
  if (inner.pipeline.removePolicy({ phase: 'Retry' }).length === 0) throw new AppError('bug', 'the connector has no retry policy to take out: its pipeline has changed');
  inner.pipeline.removePolicy({ name: 'redirectPolicy' });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'what is no address';
}
