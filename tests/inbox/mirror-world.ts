import { createHmac } from 'node:crypto';
import type { Account } from '../../src/adapters/contract.js';
import { createSlackAdapter } from '../../src/adapters/slack/index.js';
import { receiveWebhook } from '../../src/compose/receive-webhook.js';
import { createGuardedFetch } from '../../src/http/outbound/guarded-fetch.js';
import type { Viewer } from '../../src/inbox/api.js';
import type { Json } from '../../src/inbox/model/common.js';
import type { Conversation } from '../../src/inbox/model/conversation.js';
import type { Message } from '../../src/inbox/model/message.js';
import { startMirror } from '../../src/inbox/mirror-conversation.js';
import type { Engine } from '../../src/store/driver.js';
import { deliver } from '../../src/workers/deliver.js';
import { mirrorConversation, type MirrorDeps, sweepMirrors } from '../../src/workers/mirror.js';
import { Pace } from '../../src/workers/pace.js';
import { chatMessage, openTestCore } from '../support/core.js';
import { createFarEnd } from '../support/far-end.js';
import { signingSecret } from '../support/fakes/slack.js';
import { appId, appToken, botToken, botUser, startSlackServer, team } from '../support/fakes/slack-server.js';
import { memoryBlobs } from '../support/memory-blobs.js';
import { waitFor } from '../support/wait-for.js';

export const place = 'C0TEAM';

/** A web chat whose conversations are mirrored to a Slack of our own: the real core, workers and adapter between the two. */
export async function openMirrorWorld(engine: Engine, options: Parameters<typeof startSlackServer>[0] = {}) {
  const slack = await startSlackServer(options);
  slack.channels.set(place, { name: 'support', kind: 'channel', member: true });
  const fetch = createGuardedFetch({ allow: [slack.host] });
  const blobs = memoryBlobs();
  const time = { offset: 0 };
  const clock = (): number => Date.now() + time.offset;
  const held = { far: undefined as ReturnType<typeof createFarEnd> | undefined };
  const t = await openTestCore(engine, { clock, blobs, botActions: () => [], deliver: (id) => (held.far === undefined ? Promise.resolve() : deliver(held.far.deps, id)) });
  const far = held.far = createFarEnd(t);
  await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Web chat' });
  const channel = await t.addChannel({ _id: 'team', kind: 'slack', name: 'Velowerk Slack' });
  const lena: Viewer = await t.addAgent({ _id: 'lena', name: 'Lena Meyer', role: 'administrator' });
  const account: Account = { channel, settings: createSlackAdapter({ fetch, clock: Date.now }).settings.parse({ botToken, signingSecret, appToken, slackApiUrl: slack.url, mirrorChannels: [place] }) };
  const broken: string[] = [];
  const state = { adapter: createSlackAdapter({ fetch, clock: Date.now }), deps: undefined as MirrorDeps | undefined, event: 0, on: true };
  // Without the platform's rate of one post a second, so that the tests are quick; the rate has a test of its own.
  const mirrorDeps = (): MirrorDeps => ({
    core: t.core, blobs, sniff: () => Promise.resolve('application/pdf'), random: () => 0, pace: new Pace(clock),
    senderOf: () => (state.on ? { adapter: { ...state.adapter, capabilities: { ...state.adapter.capabilities, rates: [] } }, account } : undefined),
    markBroken: (_id, reason) => Promise.resolve(void broken.push(reason)),
  });
  state.deps = mirrorDeps();
  t.core.mirrored = (event) => (event.channelId === 'team' ? state.adapter.mirrored(event) : undefined);
  t.jobs.handle('mirror', (id) => (state.deps === undefined ? Promise.resolve() : mirrorConversation(state.deps, id)), { laneOf: (id) => id });

  const envelope = (event: Json): Json => {
    state.event += 1;
    return {
      team_id: team, context_team_id: team, api_app_id: appId, event, type: 'event_callback', event_id: `Ev0MIRROR${state.event}`, event_time: Math.floor(Date.now() / 1_000),
      authorizations: [{ team_id: team, user_id: botUser, is_bot: true }], is_ext_shared_channel: false,
    };
  };
  const bring = async (body: Json): Promise<number> => {
    const rawBody = Buffer.from(JSON.stringify(body));
    const seconds = Math.floor(Date.now() / 1_000);
    const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${seconds}:`).update(rawBody).digest('hex')}`;
    const headers = { 'content-type': 'application/json', 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': signature };
    return (await receiveWebhook(t.core, { account: () => account, adapter: () => state.adapter }, 'team', { method: 'POST', query: {}, rawBody, headers, receivedAt: Date.now() })).status;
  };
  const conversation = async (): Promise<Conversation> => {
    const [found] = await t.c.conversations.list({ view: 'open', agentId: 'x', limit: 1 });
    if (found === undefined) throw new Error('there is no conversation');
    return found;
  };
  const posted = (): string[] => slack.accepted.filter((entry) => entry.channel === place).map((entry) => entry.text);
  return {
    ...t, slack, far, lena, time, state, broken, blobs, conversation, posted,
    says: (id: string, text: string) => t.receive(chatMessage(id, text, { receivedAt: clock(), name: 'Ines Sommer' })),
    start: async () => startMirror(t.core, [{ channelId: 'team', place }], lena, (await conversation())._id, { channelId: 'team', place }),
    mirror: async () => t.c.mirrors.get((await conversation())._id),
    messages: async (): Promise<Message[]> => t.c.messages.page((await conversation())._id, { limit: 200 }),
    /** The thread, when a post with this text stands in it. */
    shows: async (text: string): Promise<string> => {
      await waitFor(() => posted().some((post) => post.includes(text)), { what: `a post with “${text}”, beside ${JSON.stringify(posted())},`, timeoutMs: 15_000 });
      return slack.accepted.find((entry) => entry.channel === place && entry.threadTs === undefined)?.ts ?? '';
    },
    /** A colleague writes in the thread; gives back how to bring the same post once more, in another delivery. */
    writes: async (thread: string, text: string, more: { user?: string; files?: Json[] } = {}) => {
      const ts = slack.newTs();
      const event = {
        type: 'message', user: more.user ?? 'U0JANA', ts, team, channel: place, channel_type: 'channel', event_ts: ts, text, thread_ts: thread, parent_user_id: botUser,
        ...(more.files === undefined ? {} : { subtype: 'file_share', files: more.files }),
      };
      await bring(envelope(event));
      return { ts, again: () => bring(envelope(event)) };
    },
    /** The process has died: memory is gone, leases run out, the sweeper finds what is left. */
    restart: async (): Promise<void> => {
      t.core.crashAt = () => undefined;
      state.adapter = createSlackAdapter({ fetch, clock: Date.now });
      state.deps = mirrorDeps();
      time.offset += 31_000;
      await sweepMirrors(t.core, 100);
    },
    /** From now on the process dies at this point. */
    dieAt: (point: string): Promise<void> => new Promise((resolve) => {
      let dead = false;
      t.core.crashAt = (here) => {
        if (!dead && here !== point) return;
        dead = true;
        resolve();
        throw new Error(`the process died at ${point}`);
      };
    }),
    close: async () => {
      await t.core.lanes.idle();
      await t.close();
      await fetch.close();
      await slack.stop();
    },
  };
}

export type MirrorWorld = Awaited<ReturnType<typeof openMirrorWorld>>;
