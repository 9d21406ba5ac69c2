import type { FarEnd, Person, Posted } from '../../contract/fake-platform.js';
import { waitFor } from '../wait-for.js';
import { attachGateway } from './discord-gateway.js';
import { createDiscordRest, token } from './discord-rest.js';
import { type DiscordAnswer, startDiscordServer } from './discord-server.js';
import { bot, colleague, createDiscordWorld, ids, member, type Thing, userOf } from './discord-world.js';

/**
 * A Discord of our own: REST and gateway on one port. `posts`: every conversation is a post in a forum; `direct`: it is
 * the direct messages with the bot.
 */
export async function startDiscord(options: { chats?: 'posts' | 'direct' } = {}) {
  const conversations = new Map<string, string>();
  let answer: (call: Parameters<typeof rest.answer>[0]) => Promise<DiscordAnswer> = () => Promise.resolve({ status: 503 });
  const http = await startDiscordServer((call) => answer(call));
  const gatewayUrl = `ws://${http.host}/gateway`;
  const inADay = (): string => Math.floor(Date.now() / 1_000 + 86_400).toString(16);
  const world = createDiscordWorld({ fileUrl: (id, name) => `${http.url}/attachments/${id}/${encodeURIComponent(name)}?ex=${inADay()}&is=1&hm=f00` });
  const gateway = attachGateway(http.server, {
    token, url: () => state.gatewayUrl ?? gatewayUrl,
    ready: () => ({ user: bot, guilds: [{ id: ids.guild, unavailable: true }], private_channels: [], application: { id: ids.bot, flags: 0 } }),
    began: () => (gateway.state.intents & 1 ? [{ t: 'GUILD_CREATE', d: world.guild() }] : []),
  });
  const state = { gatewayUrl: undefined as string | undefined };
  const rest = createDiscordRest({ world, gatewayUrl: () => state.gatewayUrl ?? gatewayUrl, conversationOf: (channel) => [...conversations].find(([, id]) => id === channel)?.[0] ?? channel, told: (t, d) => void gateway.dispatch(t, d) });
  answer = rest.answer;

  /** The channel of a conversation; a new forum post is told of first. */
  function channelOf(conversation: string, from: Thing): string {
    const known = conversations.get(conversation);
    if (known !== undefined) return known;
    const made = options.chats === 'direct' ? world.direct(from) : world.thread(`Post ${conversation}`);
    conversations.set(conversation, String(made['id']));
    if (made['type'] === 11) gateway.dispatch('THREAD_CREATE', { ...made, newly_created: true });
    return String(made['id']);
  }

  const guildOf = (channel: string): Thing => (world.channels.get(channel)?.['guild_id'] === undefined ? {} : { guild_id: ids.guild });

  function post(channel: string, author: Thing, content: Thing, roles: readonly string[] = [ids.customerRole]): Posted & { message: Thing } {
    const message = world.message(channel, author, content);
    const guild = guildOf(channel);
    const packet = gateway.dispatch('MESSAGE_CREATE', { ...message, ...guild, ...(guild['guild_id'] === undefined ? {} : { member: member(roles) }) });
    const conversation = [...conversations].find(([, id]) => id === channel)?.[0] ?? channel;
    return { message, externalId: String(message['id']), conversation, again: () => Promise.resolve(gateway.again(packet)) };
  }

  const at = (target: { externalId: string; conversation: string }): { channel: string; message: Thing } => {
    const message = world.messages.get(target.externalId) ?? {};
    return { channel: String(message['channel_id'] ?? conversations.get(target.conversation) ?? ''), message };
  };
  const done = Promise.resolve();
  const direct = options.chats === 'direct';

  const far: FarEnd = {
    settings: { apiUrl: `${http.url}/api`, channels: direct ? [] : [ids.support, ids.forum, ids.closed], colleagueRoles: direct ? [] : [ids.colleagueRole] },
    secrets: { token },
    allow: [http.host],
    connected: async () => {
      await waitFor(() => gateway.isConnected(), { what: 'a session on the gateway' });
    },
    says: (what) => {
      const from = userOf(what.from);
      return Promise.resolve(post(channelOf(what.conversation, from), from, { content: what.text, attachments: world.attachments(what.files ?? []) }));
    },
    saysBack: (received, from: Person) => Promise.resolve(post(channelOf(received.conversation, userOf(from)), userOf(from), { content: rest.ledger.find((one) => one.externalId === received.externalId)?.content ?? '' })),
    batch: 'the gateway tells one event at a time',
    edits: (target, text) => {
      const { channel, message } = at(target);
      Object.assign(message, { content: text, edited_timestamp: new Date().toISOString() });
      gateway.dispatch('MESSAGE_UPDATE', { ...message, ...guildOf(channel) });
      return done;
    },
    deletes: (target) => {
      const { channel } = at(target);
      world.messages.delete(target.externalId);
      gateway.dispatch('MESSAGE_DELETE', { id: target.externalId, channel_id: channel, ...guildOf(channel) });
      return done;
    },
    reacts: (target, by, emoji, on) => {
      const { channel, message } = at(target);
      const user = userOf(by);
      const guild = guildOf(channel);
      const common: Thing = { user_id: user['id'] ?? '', channel_id: channel, message_id: target.externalId, emoji: { id: null, name: emoji }, burst: false, type: 0, ...guild };
      gateway.dispatch(on ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE', { ...common, ...(on ? { message_author_id: (message['author'] as Thing | undefined)?.['id'] ?? '' } : {}), ...(on && guild['guild_id'] !== undefined ? { member: { user, ...member([]) } } : {}) });
      return done;
    },
    receipt: 'Discord tells bots of no receipts',
    typing: (conversation, from, on) => {
      const channel = channelOf(conversation, userOf(from));
      if (on) gateway.dispatch('TYPING_START', { channel_id: channel, user_id: userOf(from)['id'] ?? '', timestamp: Math.floor(Date.now() / 1_000), ...guildOf(channel) });
      return done;
    },
    outside: direct ? 'between two only the bot itself can answer' : (conversation, text) => Promise.resolve(post(channelOf(conversation, colleague), colleague, { content: text }, [ids.colleagueRole])),
    echoes: (order) => {
      rest.state.echoes = order;
    },
    botSays: direct ? 'direct messages have two sides only' : (conversation, text) => Promise.resolve(post(channelOf(conversation, world.helperBot), world.helperBot, { content: text })),
    unknownKind: () => {
      gateway.dispatch('MESSAGE_TRANSLATED', { message_id: world.newId(), language: 'de' });
      return Promise.resolve('MESSAGE_TRANSLATED');
    },
    received: () => rest.ledger,
    failNext: (failure) => rest.failNext(failure),
    stop: async () => {
      await gateway.stop();
      await http.stop();
    },
  };
  return { ...far, world, gateway, rest, http, state, post, channelOf, conversations };
}

export type FakeDiscord = Awaited<ReturnType<typeof startDiscord>>;
