import { resolve as resolveDns } from 'node:dns/promises';
import { AppError } from '../errors.js';
import type { ChannelKind } from '../inbox/model/common.js';
import { createBlueskyAdapter } from './bluesky/index.js';
import { createBotFrameworkAdapter } from './botframework/index.js';
import type { ChannelAdapter, OutboundFetch } from './contract.js';
import { createDiscordAdapter } from './discord/index.js';
import { createDiscourseAdapter } from './discourse/index.js';
import { createEmailAdapter } from './email/index.js';
import { createInstagramAdapter } from './instagram/index.js';
import { createIrcAdapter } from './irc/index.js';
import type { OutboundAddress } from './lib/open-socket.js';
import { createMastodonAdapter } from './mastodon/index.js';
import { createMessengerAdapter } from './messenger/index.js';
import { createSlackAdapter } from './slack/index.js';
import { createSmsAdapter } from './sms/index.js';
import { createTelegramAdapter } from './telegram/index.js';
import { createWebchatAdapter } from './webchat/index.js';
import { createWebhookAdapter } from './webhook/index.js';
import { createWhatsAppAdapter } from './whatsapp/index.js';
import { createXAdapter } from './x/index.js';
import { createXmppAdapter } from './xmpp/index.js';

export interface AdapterDeps {
  clock: () => number;
  fetch: OutboundFetch;
  /** Which addresses a connection that is no HTTP may go to. */
  addressOf: OutboundAddress;
  visitorKey: Buffer;
  replyKey: Buffer;
  readBlob: (id: string) => Promise<Buffer | undefined>;
  crashAt: (point: string) => void;
  /** Puts something in front of every adapter (the demo: nothing leaves the house). */
  wrap?: (adapter: ChannelAdapter) => ChannelAdapter;
}

/** Every channel there is. A new one is one folder and one line here. */
export function createAdapters(deps: AdapterDeps): ReadonlyMap<ChannelKind, ChannelAdapter> {
  const adapters: ChannelAdapter[] = [
    createWebchatAdapter({ visitorKey: deps.visitorKey }),
    createEmailAdapter({ replyKey: deps.replyKey, readBlob: deps.readBlob, crashAt: deps.crashAt, refuseHost: (host) => whyRefused(deps.addressOf, host), resolver: (name, type) => resolveDns(name, type) as Promise<string[] | string[][]> }),
    createWebhookAdapter(deps),
    createSlackAdapter(deps),
    createDiscordAdapter(deps),
    createMessengerAdapter(deps),
    createInstagramAdapter(deps),
    createWhatsAppAdapter(deps),
    createTelegramAdapter(deps),
    createXAdapter(deps),
    createBotFrameworkAdapter(deps),
    createSmsAdapter(deps),
    createXmppAdapter(deps),
    createIrcAdapter(deps),
    createMastodonAdapter(deps),
    createBlueskyAdapter(deps),
    createDiscourseAdapter(deps),
  ];
  return new Map(adapters.map((adapter) => [adapter.kind, deps.wrap?.(adapter) ?? adapter]));
}

/** Any port that is free to choose: which one a mailbox uses is the operator's to say, only where it lies is asked. */
const anyPort = 1_024;

/** Why a mail server of this name may not be connected to; `undefined` when it may, and for a name that is not found, which the connection itself says better. */
async function whyRefused(addressOf: OutboundAddress, host: string): Promise<string | undefined> {
  try {
    await addressOf(host, anyPort);
    return undefined;
  } catch (error) {
    return error instanceof AppError && error.code === 'outbound_refused' ? error.message : undefined;
  }
}
