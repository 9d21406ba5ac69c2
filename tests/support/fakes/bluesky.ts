import { createHash } from 'node:crypto';
import type { FarEnd, Person, Posted, Received } from '../../contract/fake-platform.js';
import { waitFor } from '../wait-for.js';
import { BlueskyServer, type StoredRecord } from './bluesky-server.js';

type Bluesky = FarEnd & { server: BlueskyServer };

async function begin(): Promise<{ server: BlueskyServer; told: (id: string) => Promise<void>; common: Pick<FarEnd, 'settings' | 'secrets' | 'allow' | 'connected' | 'echoes' | 'failNext' | 'stop' | 'receipt' | 'typing' | 'edits' | 'deletes'> }> {
  const server = new BlueskyServer();
  await server.start();
  const told = async (id: string): Promise<void> => {
    await waitFor(() => server.told.has(id), { what: `the adapter to read ${id}` });
  };
  return {
    server, told,
    common: {
      settings: { baseUrl: server.url, cdnUrl: server.url, identifier: server.me.handle },
      secrets: { appPassword: 'abcd-efgh-ijkl-mnop' },
      allow: [server.host],
      connected: () => waitFor(() => server.calls.filter((method) => method === 'chat.bsky.convo.getLog').length > 1, { what: 'the first rounds' }).then(() => undefined),
      edits: 'posts cannot be edited',
      deletes: 'nobody is told that a post was taken back',
      receipt: 'there are no receipts',
      typing: 'there are no typing signs',
      echoes: (order) => {
        server.beforeAnswer = order === 'before' ? told : undefined;
      },
      failNext: (failure) => {
        const named = (status: number, error: string, message: string, headers?: Record<string, string>): void => {
          server.failNext = { status, error, message, ...(headers === undefined ? {} : { headers }) };
        };
        if (failure === 'lost_answer') server.failNext = 'lost_answer';
        else if (failure === 'rate_limited') named(429, 'RateLimitExceeded', 'Rate Limit Exceeded', { 'ratelimit-reset': String(Math.ceil(Date.now() / 1_000) + 1) });
        else if (failure === 'server_error') named(502, 'UpstreamFailure', 'Upstream failure');
        else if (failure === 'token_revoked') named(400, 'AccountTakedown', 'Account has been taken down');
        else if (failure === 'blocked') named(400, 'InvalidRequest', 'block between recipient and sender');
        else if (failure === 'not_found') named(400, 'InvalidConvo', 'Convo not found');
        else if (failure === 'too_long') named(400, 'InvalidRequest', 'Record/text must not be longer than 300 graphemes');
      },
      stop: () => server.stop(),
    },
  };
}

/** Conversations are public threads: people mention our account and answer what it says. */
export async function startBluesky(): Promise<Bluesky> {
  const { server, told, common } = await begin();
  const roots = new Map<string, StoredRecord>();
  const newest = new Map<string, StoredRecord>();

  function mention(conversation: string, from: Person, text: string, more: { bot?: boolean; files?: { name: string; bytes: Buffer }[] } = {}): Posted {
    const root = roots.get(conversation);
    const ours = server.posted.findLast(({ thread }) => thread === root?.uri);
    const parent = (ours === undefined ? undefined : server.records.get(ours.id)) ?? newest.get(conversation);
    const lead = `@${server.me.handle} `;
    const images = (more.files ?? []).map(({ bytes }) => {
      const cid = `bafkrei${createHash('sha256').update(bytes).digest('hex')}`;
      server.images.set(cid, bytes);
      return { alt: '', image: { $type: 'blob', ref: { $link: cid }, mimeType: 'image/jpeg', size: bytes.length } };
    });
    const record = server.post(server.profile(from, more), {
      text: `${lead}${text}`, langs: ['de'],
      facets: [{ index: { byteStart: 0, byteEnd: Buffer.byteLength(lead) - 1 }, features: [{ $type: 'app.bsky.richtext.facet#mention', did: server.me.did }] }],
      ...(root === undefined || parent === undefined ? {} : { reply: { root: { uri: root.uri, cid: root.cid }, parent: { uri: parent.uri, cid: parent.cid } } }),
      ...(images.length === 0 ? {} : { embed: { $type: 'app.bsky.embed.images', images } }),
    });
    if (root === undefined) roots.set(conversation, record);
    newest.set(conversation, record);
    server.notify(root === undefined ? 'mention' : 'reply', record);
    const again = async (): Promise<void> => {
      server.told.delete(record.uri);
      await told(record.uri);
    };
    const underOtherId = async (): Promise<void> => {
      server.told.delete(record.uri);
      server.notify('quote', record);
      await told(record.uri);
    };
    return { externalId: record.uri, conversation, again, underOtherId };
  }

  return {
    ...common, server,
    says: async ({ conversation, from, text, files }) => {
      const post = mention(conversation, from, text, files === undefined ? {} : { files });
      await told(post.externalId);
      return post;
    },
    batch: async (posts, { broken }) => {
      const list: Posted[] = [];
      for (const [index, post] of posts.entries()) {
        if (broken && index === 1) server.notify('mention', { uri: 'not an address', cid: 'x', value: { text: 7 }, author: server.me });
        list.push(mention(post.conversation, post.from, post.text));
      }
      for (const post of list) await told(post.externalId);
      return list;
    },
    reacts: 'a like is only told of our own posts, and not that it was taken back (tests/adapters/bluesky)',
    outside: async (conversation, text) => {
      const root = roots.get(conversation);
      const parent = newest.get(conversation);
      if (root === undefined || parent === undefined) throw new Error('there is nobody to answer');
      const record = server.post(server.me, { text, reply: { root: { uri: root.uri, cid: root.cid }, parent: { uri: parent.uri, cid: parent.cid } } });
      await told(record.uri);
      return { externalId: record.uri, conversation, again: () => Promise.resolve() };
    },
    botSays: async (conversation, text) => {
      const post = mention(conversation, { id: 'news-bot', name: 'News' }, text, { bot: true });
      await told(post.externalId);
      return post;
    },
    unknownKind: async () => {
      const record = server.post(server.profile({ id: 'someone', name: 'Someone' }), { text: 'x' });
      server.notify('constellation', record);
      await told(record.uri);
      return 'constellation';
    },
    received: (): Received[] => server.posted.map(({ id, text, thread, answers, files }) => ({
      conversation: [...roots].find(([, root]) => root.uri === thread)?.[0] ?? '', text, externalId: id, files: files.map((bytes) => ({ name: '', bytes })), ...(answers === undefined ? {} : { answers }),
    })),
  };
}

/** Conversations are direct messages. */
export async function startBlueskyChat(): Promise<Bluesky> {
  const { server, told, common } = await begin();
  const people = new Map<string, Person>();

  function say(conversation: string, from: Person, text: string, mine = false): Posted & { rev: string } {
    const chat = server.chat(conversation, [server.profile(people.get(conversation) ?? from)]);
    if (!people.has(conversation)) people.set(conversation, from);
    const message = server.say(chat.id, mine ? server.me : server.profile(from), { text });
    return {
      externalId: `chat/${conversation}/${message.id}`, conversation, rev: message.rev,
      again: async () => {
        const entry = server.log.find(({ rev }) => rev === message.rev);
        const rev = server.nextRev();
        if (entry !== undefined) server.log.push({ ...entry, rev });
        await told(rev);
      },
    };
  }

  return {
    ...common, server,
    says: async ({ conversation, from, text }) => {
      const post = say(conversation, from, text);
      await told(post.rev);
      return post;
    },
    batch: async (posts, { broken }) => {
      const list = posts.flatMap((post, index) => {
        if (broken && index === 1) server.log.push({ $type: 'chat.bsky.convo.defs#logCreateMessage', rev: server.nextRev(), convoId: post.conversation, message: { id: 7 } });
        return [say(post.conversation, post.from, post.text)];
      });
      for (const post of list) await told(post.rev);
      return list;
    },
    reacts: async (post, by, emoji, on) => {
      await told(server.react(post.conversation, post.externalId.split('/')[2] ?? '', { by: server.profile(by), emoji, on }));
    },
    outside: async (conversation, text) => {
      const post = say(conversation, people.get(conversation) ?? { id: 'nobody', name: 'Nobody' }, text, true);
      await told(post.rev);
      return post;
    },
    botSays: 'chats are between people',
    unknownKind: async () => {
      const rev = server.nextRev();
      server.log.push({ $type: 'chat.bsky.convo.defs#constellation', rev, convoId: 'c9' });
      await told(rev);
      return 'constellation';
    },
    received: (): Received[] => server.posted.map(({ id, text, thread }) => ({ conversation: thread, text, externalId: id, files: [] })),
  };
}
