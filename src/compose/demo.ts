import type { Logger } from 'pino';
import { createDemoAdapter } from '../demo/demo-adapter.js';
import type { DemoDeps } from '../demo/deps.js';
import { startLiveTraffic } from '../demo/play/live-traffic.js';
import { demoAccounts, playDemo } from '../demo/play/play-demo.js';
import { createStoryClock, type StoryClock } from '../demo/story-clock.js';
import { createPasswordHashing } from '../http/auth/password-hashing.js';
import type { App, BuildOptions } from './app.js';

/** What a demo changes in how the product is built: its clock can stand, and nothing leaves the house. */
export function demoOptions(): { story: StoryClock; options: Pick<BuildOptions, 'clock' | 'wrapAdapter'> } {
  const story = createStoryClock(Date.now);
  return { story, options: { clock: story.clock, wrapAdapter: (adapter) => adapter.kind === 'webchat' ? adapter : createDemoAdapter(adapter) } };
}

/** Plays the half year into an empty store, prints who can sign in, and gives back the slow live traffic. */
export async function runDemo(app: App, story: StoryClock, log: Logger): Promise<{ startLive(): { stop(): Promise<void> } }> {
  const deps = demoDeps(app, story, log);
  const begun = performance.now();
  const played = await playDemo(deps, { now: Date.now() });
  if (played.steps > 0) deps.say(`Filled in ${((performance.now() - begun) / 1_000).toFixed(1)} s.`);
  deps.say(['Demo accounts:', ...demoAccounts()].join('\n'));
  return { startLive: () => startLiveTraffic(deps, { clock: story.clock, seed: Date.now() }) };
}

export function demoDeps(app: App, story: StoryClock, log: Logger): DemoDeps {
  const c = app.store.inbox.now;
  const hashing = createPasswordHashing();
  const hashes = new Map<string, Promise<string>>();
  return {
    isEmpty: async () => (await c.agents.all()).length === 0 && app.book.all().size === 0,
    setNow: story.setNow,
    receive: app.receive,
    settle: async () => {
      do await Promise.all([app.core.lanes.idle(), app.core.jobs.idle()]); while (await app.workers.sweepNow() > 0);
      await app.core.jobs.idle();
    },
    actions: app.actions,
    reads: app.reads,
    putBlob: (bytes) => app.store.blobs.put(bytes),
    setWorkspace: async (workspace) => {
      await c.settings.claimSetUp(workspace.companyName, story.clock());
      const { hours, ...rest } = workspace;
      await c.settings.change({ set: rest });
      await app.calendars.change('default', { version: { ...hours, since: null, exceptions: [], teamIds: [], channelIds: [], customerTags: [] } });
    },
    addTarget: async (target) => {
      await c.targets.insert({ ...target, createdAt: story.clock() });
      await app.times.reload();
    },
    addTeam: (team) => app.people.insertTeam({ ...team, createdAt: story.clock() }),
    addAgent: async ({ password, ...agent }) => {
      const hash = hashes.get(password) ?? hashing.hash(password);
      hashes.set(password, hash);
      await app.people.insertAgent({ ...agent, passwordHash: await hash, state: 'active', load: 0, createdAt: story.clock() });
    },
    addChannel: async ({ _id, ...channel }) => {
      await app.book.create(channel, _id);
    },
    addPresence: (spans) => app.store.inbox.work(async ({ presence }) => {
      for (const span of spans) await presence.insert(span);
    }),
    say: (line) => process.stdout.write(`${line}\n`),
    log,
  };
}
