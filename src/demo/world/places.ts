import type { ChannelKind, Json } from '../../inbox/model/common.js';
import type { DemoChannel } from '../deps.js';

/** The kinds of channels beside mailbox, chat and market place. */
export type PlaceKind = Exclude<ChannelKind, 'email' | 'webchat' | 'webhook'>;

export interface Place {
  channel: DemoChannel;
  /** Of our own account there: what makes a user's id unique, and what customers write to. */
  own: { scope: string; account: string };
  /** What the platform brings besides text. A story's beat that cannot be carried is left out. */
  carries: readonly ('files' | 'edits' | 'deletes' | 'reactions')[];
  /** How soon people answer: as in a chat, or when they look again. */
  pace: 'chat' | 'post';
}

/** Opens nothing anywhere: all of them are made up, in the form that each platform gives. */
const secret = 'invented-for-the-demo-0000000000';
const all = ['files', 'edits', 'deletes', 'reactions'] as const;

interface Facts extends Pick<Place, 'carries' | 'pace'> {
  name: string;
  team: 'orders' | 'workshop' | 'billing';
  scope: string;
  account: string;
  settings: Record<string, Json>;
  secrets: Record<string, string>;
}

function place(kind: PlaceKind, facts: Facts): Place {
  const { name, team, scope, account, settings, secrets, carries, pace } = facts;
  return { channel: { _id: `demo-${kind}`, kind, name, teamId: `demo-team-${team}`, settings, secrets }, own: { scope, account }, carries, pace };
}

const meta = { appId: '104400221907', appSecret: secret, accessToken: secret, verifyToken: secret };
const metaSettings = { appId: meta.appId };
const metaSecrets = { appSecret: meta.appSecret, accessToken: meta.accessToken, verifyToken: meta.verifyToken };

/** Our accounts on other people's platforms; nothing is at their far end (`demo-adapter.ts`). */
export const places: Readonly<Record<PlaceKind, Place>> = {
  slack: place('slack', {
    name: 'Fleet customers (Slack)', team: 'workshop', scope: 'T07VELOWERK', account: 'C07FLEETDESK', carries: all, pace: 'chat',
    settings: { mode: 'http', channels: ['C07FLEETDESK'] }, secrets: { botToken: `xoxb-${secret}`, signingSecret: secret },
  }),
  discord: place('discord', {
    name: 'Riders (Discord)', team: 'workshop', scope: 'discord.com', account: '1183920047715500042', carries: all, pace: 'chat',
    settings: { channels: ['1183920047715500101'] }, secrets: { token: secret },
  }),
  messenger: place('messenger', {
    name: 'Velowerk page', team: 'orders', scope: '102284419905512', account: '102284419905512', carries: all, pace: 'chat',
    settings: { pageId: '102284419905512', ...metaSettings }, secrets: metaSecrets,
  }),
  instagram: place('instagram', {
    name: '@velowerk (Instagram)', team: 'orders', scope: '17841405500912233', account: '17841405500912233', carries: all, pace: 'chat',
    settings: { instagramId: '17841405500912233', ...metaSettings }, secrets: metaSecrets,
  }),
  whatsapp: place('whatsapp', {
    name: 'WhatsApp', team: 'orders', scope: '106540352242922', account: '4976155501200', carries: all, pace: 'chat',
    settings: { phoneNumberId: '106540352242922', businessAccountId: '102290129340398', ...metaSettings }, secrets: metaSecrets,
  }),
  telegram: place('telegram', {
    name: '@velowerk_bot', team: 'orders', scope: 'user', account: '7042261195', carries: ['files', 'edits', 'reactions'], pace: 'chat',
    settings: {}, secrets: { token: `7042261195:${secret}`, webhookSecret: secret },
  }),
  x: place('x', {
    name: '@velowerk (X)', team: 'orders', scope: 'x.com', account: '1529900117733', carries: all, pace: 'post',
    settings: { accountId: '1529900117733', directMessages: true }, secrets: { apiKey: secret, apiSecret: secret, accessToken: `1529900117733-${secret}`, accessTokenSecret: secret },
  }),
  botframework: place('botframework', {
    name: 'Dealers (Teams)', team: 'workshop', scope: '5b1f4f1e-0a54-4f4b-9d0a-2f6c1c7f9a10', account: '28:7d0d7a5e-6c1b-4a57-8c1c-93d1f0a4be21', carries: ['edits', 'deletes', 'reactions', 'files'], pace: 'chat',
    settings: { appId: '7d0d7a5e-6c1b-4a57-8c1c-93d1f0a4be21' }, secrets: { appPassword: secret },
  }),
  sms: place('sms', {
    name: 'Text messages', team: 'workshop', scope: 'number', account: '+4976155501234', carries: ['files'], pace: 'chat',
    settings: { accountSid: 'AC0000000000000000000000000000demo', number: '+4976155501234', publicUrl: 'https://inbox.velowerk.example/hooks/demo-sms' }, secrets: { authToken: '00000000000000000000000000000000' },
  }),
  xmpp: place('xmpp', {
    name: 'support@chat.velowerk.example', team: 'workshop', scope: 'jid', account: 'support@chat.velowerk.example', carries: all, pace: 'chat',
    settings: { jid: 'support@chat.velowerk.example' }, secrets: { password: secret },
  }),
  irc: place('irc', {
    name: '#velowerk (IRC)', team: 'workshop', scope: 'irc.velowerk.example', account: '#velowerk', carries: [], pace: 'chat',
    settings: { host: 'irc.velowerk.example', nick: 'velowerk', channels: ['#velowerk'] }, secrets: { password: secret },
  }),
  mastodon: place('mastodon', {
    name: '@velowerk@raeder.example', team: 'orders', scope: 'raeder.example', account: 'velowerk', carries: all, pace: 'post',
    settings: { baseUrl: 'https://raeder.example' }, secrets: { accessToken: secret },
  }),
  bluesky: place('bluesky', {
    name: '@velowerk.example (Bluesky)', team: 'orders', scope: '*', account: 'did:plc:ve2owerkve2owerkve2owerk', carries: ['files', 'reactions'], pace: 'post',
    settings: { identifier: 'velowerk.example' }, secrets: { appPassword: 'demo-demo-demo-demo' },
  }),
  discourse: place('discourse', {
    name: 'Community forum', team: 'workshop', scope: 'community.velowerk.example', account: 'velowerk', carries: all, pace: 'post',
    settings: { baseUrl: 'https://community.velowerk.example', apiUsername: 'velowerk' }, secrets: { apiKey: secret, webhookSecret: secret },
  }),
};

export const placeKinds = Object.keys(places) as PlaceKind[];
