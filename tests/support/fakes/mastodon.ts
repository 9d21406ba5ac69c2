import type { FarEnd, Person, Posted, Received } from '../../contract/fake-platform.js';
import { waitFor } from '../wait-for.js';
import { MastodonServer, type Status } from './mastodon-server.js';

/** A Mastodon server as a far end: people mention our account, publicly or directly, and follow the thread. */
export async function startMastodon(options: { visibility?: string } = {}): Promise<FarEnd & { server: MastodonServer }> {
  const visibility = options.visibility ?? 'public';
  const server = new MastodonServer();
  await server.start();
  const conversationOf = new Map<string, string>();
  const toUs = (): Status['mentions'] => [{ id: server.me.id, acct: server.me.acct, username: server.me.username, url: server.me.url }];

  const newest = (conversation: string): Status | undefined => server.statuses.findLast((status) => conversationNow(status) === conversation);
  function conversationNow(status: Status): string | undefined {
    const known = conversationOf.get(status.id) ?? server.ancestorsOf(status).map(({ id }) => conversationOf.get(id)).findLast((one) => one !== undefined);
    if (known !== undefined) conversationOf.set(status.id, known);
    return known;
  }

  async function told(id: string): Promise<void> {
    await waitFor(() => server.told.has(id), { what: `the adapter to read ${id}` });
  }

  function mention(conversation: string, from: Person, text: string, more: { bot?: boolean; files?: { name: string; bytes: Buffer }[] } = {}): Posted & { notification: string } {
    const parent = newest(conversation);
    const status = server.add({
      account: server.account(from, more), content: server.html(`@${server.me.acct} ${text}`, toUs()), mentions: toUs(), visibility,
      in_reply_to_id: parent?.id ?? null, in_reply_to_account_id: parent?.account.id ?? null,
      media_attachments: (more.files ?? []).map((file) => {
        const id = server.newId();
        server.media.set(id, file);
        return { id, type: 'image', url: `${server.url}/files/${id}/${file.name}`, meta: {} };
      }),
    });
    conversationOf.set(status.id, conversation);
    const notification = server.notify('mention', { account: status.account, status });
    // A client that comes back asks behind an older id: the same notification is given once more.
    const again = async (): Promise<void> => {
      server.told.delete(notification);
      server.replay.add(notification);
      await told(notification);
    };
    const underOtherId = async (): Promise<void> => told(server.notify('mention', { account: status.account, status }));
    return { externalId: status.id, conversation, again, underOtherId, notification };
  }

  const statusOf = (post: { externalId: string }): Status => {
    const found = server.statuses.find(({ id }) => id === post.externalId);
    if (found === undefined) throw new Error(`there is no status ${post.externalId}`);
    return found;
  };

  return {
    server,
    settings: { baseUrl: server.url },
    secrets: { accessToken: server.token },
    allow: [server.host],
    connected: () => waitFor(() => server.calls.filter(({ path }) => path.endsWith('/statuses')).length > 1, { what: 'the first round' }).then(() => undefined),
    says: async ({ conversation, from, text, files }) => {
      const post = mention(conversation, from, text, files === undefined ? {} : { files });
      await told(post.notification);
      return post;
    },
    batch: async (posts, { broken }) => {
      const list: (Posted & { notification: string })[] = [];
      for (const [index, post] of posts.entries()) {
        if (broken && index === 1) server.notifications.push({ id: server.newId(), type: 'mention', created_at: 'yesterday', status: { id: { $ne: 1 } } as unknown as Status });
        list.push(mention(post.conversation, post.from, post.text));
      }
      for (const post of list) await told(post.notification);
      return list;
    },
    edits: (post, text) => {
      server.change(statusOf(post), server.html(`@${server.me.acct} ${text}`, toUs()));
      return Promise.resolve();
    },
    deletes: (post) => {
      server.statuses.splice(server.statuses.indexOf(statusOf(post)), 1);
      return Promise.resolve();
    },
    reacts: 'only favourites of our own posts are told, and not that they were taken back (tests/adapters/mastodon)',
    receipt: 'Mastodon has no receipts',
    typing: 'Mastodon has no typing signs',
    outside: async (conversation, text) => {
      const parent = newest(conversation);
      const to = server.statuses.findLast((status) => conversationNow(status) === conversation && status.account.id !== server.me.id)?.account;
      if (parent === undefined || to === undefined) throw new Error('there is nobody to answer');
      const mentions = [{ id: to.id, acct: to.acct, username: to.username, url: to.url }];
      const status = server.add({ account: server.me, content: server.html(`@${to.acct} ${text}`, mentions), mentions, visibility, in_reply_to_id: parent.id, in_reply_to_account_id: parent.account.id });
      await told(status.id);
      return { externalId: status.id, conversation, again: () => Promise.resolve() };
    },
    echoes: (order) => {
      server.beforeAnswer = order === 'before' ? (status) => told(status.id) : undefined;
    },
    botSays: async (conversation, text) => {
      const post = mention(conversation, { id: 'news-bot', name: 'News' }, text, { bot: true });
      await told(post.notification);
      return post;
    },
    unknownKind: async () => {
      await told(server.notify('constellation', {}));
      return 'constellation';
    },
    received: (): Received[] => server.received().map((one) => ({ ...one, conversation: conversationNow(statusOf(one)) ?? '' })),
    failNext: (failure) => {
      if (failure === 'lost_answer') server.failNext = 'lost_answer';
      else if (failure === 'rate_limited') server.failNext = { status: 429, error: 'Too many requests', headers: { 'x-ratelimit-reset': new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 1_000).toISOString() } };
      else if (failure === 'server_error') server.failNext = { status: 503, error: 'There was a temporary problem' };
      else if (failure === 'token_revoked') server.failNext = { status: 401, error: 'The access token was revoked' };
      else if (failure === 'not_found') server.failNext = { status: 404, error: 'The post you are trying to reply to does not appear to exist.' };
      else if (failure === 'too_long') server.failNext = { status: 422, error: 'Validation failed: Text character limit of 500 exceeded' };
      else if (failure === 'blocked') server.failNext = { status: 403, error: 'This action is not allowed' };
    },
    stop: () => server.stop(),
  };
}
