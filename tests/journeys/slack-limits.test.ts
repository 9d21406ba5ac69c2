import { expect } from 'chai';
import type { Account, ChannelAdapter } from '../../src/adapters/contract.js';
import { createSlackAdapter } from '../../src/adapters/slack/index.js';
import { createGuardedFetch } from '../../src/http/outbound/guarded-fetch.js';
import type { MessageEvent } from '../../src/inbox/model/event.js';
import { deliver, type DeliverDeps, settleExpired } from '../../src/workers/deliver.js';
import { Pace } from '../../src/workers/pace.js';
import { embeddedDatabases } from '../support/engines.js';
import { openTestCore } from '../support/core.js';
import { signingSecret } from '../support/fakes/slack.js';
import { botToken, startSlackServer, team, verdictOf, type Weather } from '../support/fakes/slack-server.js';
import { waitFor } from '../support/wait-for.js';

const conversations = 100;
const repliesEach = 10;
/** Slack's second between two posts of a channel lasts so long here, at the fake and in what the worker is told. */
const secondMs = 250;
const badShare = 0.15;

/** The same weather in every run. `hang` costs a call's whole timeout, and comes seldom. */
function weatherSource(): () => Weather | undefined {
  let state = 7;
  const roll = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const kinds: Weather[] = [{ status: 429, retryAfter: 1 }, { status: 429, retryAfter: 2 }, { status: 500 }, { status: 503 }, 'reset', 'lost', { error: 'internal_error' }];
  return () => {
    const chance = roll();
    if (chance < 0.004) return 'hang';
    if (chance < 0.008) return 'hang lost';
    return chance < badShare ? kinds[Math.floor(roll() * kinds.length)] : undefined;
  };
}

describe('100 conversations with 10 replies each, to a Slack in bad weather', () => {
  const databases = embeddedDatabases();

  it('arrive in order, none twice, none lost', async function () {
    this.timeout(180_000);
    const slack = await startSlackServer({ perChannelMs: secondMs * 0.9, weather: weatherSource() });
    const fetch = createGuardedFetch({ allow: [slack.host] });
    const slackAdapter = createSlackAdapter({ fetch, clock: Date.now });
    // Everything as Slack's adapter has it, with the fake's shorter second.
    const adapter: ChannelAdapter = { ...slackAdapter, capabilities: { ...slackAdapter.capabilities, rates: (slackAdapter.capabilities.rates ?? []).map((rate) => ({ ...rate, perMs: (rate.perMs / 1_000) * secondMs })) } };
    const held = { deps: undefined as DeliverDeps | undefined };
    const t = await openTestCore(await databases.open(), { clock: Date.now, botActions: () => [], deliver: (id) => (held.deps === undefined ? Promise.resolve() : deliver(held.deps, id)) });
    const channel = await t.addChannel({ _id: 'slack1', kind: 'slack', name: 'Slack' });
    const account: Account = { channel, settings: adapter.settings.parse({ botToken, signingSecret, slackApiUrl: slack.url }) };
    const lena = await t.addAgent({ _id: 'lena', name: 'Lena Meyer', role: 'administrator' });
    const broken: string[] = [];
    held.deps = {
      core: t.core, senderOf: () => ({ adapter, account }), ownAddresses: () => new Set(), markBroken: (_id, reason) => Promise.resolve(void broken.push(reason)), noteSent: () => undefined,
      companyName: () => Promise.resolve('Velowerk'), random: () => 0.5, pace: new Pace(Date.now), readBlob: () => Promise.resolve(undefined),
    };
    const sweeper = setInterval(() => void sweep().catch(() => undefined), 500);
    async function sweep(): Promise<void> {
      if (held.deps !== undefined) await settleExpired(held.deps);
      for (const row of await t.c.outbox.due(Date.now(), 500)) t.core.jobs.add('deliver', row._id);
    }

    const wanted = new Map<string, string[]>();
    for (let n = 0; n < conversations; n += 1) {
      await t.receive(firstWord(n));
      wanted.set(directChannel(n), Array.from({ length: repliesEach }, (_, part) => `${n}/${part}`));
    }
    const rows = new Map((await t.c.conversations.list({ view: 'open', agentId: 'x', limit: conversations })).map((row) => [row.threadKey, row._id]));
    const begun = performance.now();
    await Promise.all([...wanted].map(async ([thread, texts]) => {
      for (const [part, text] of texts.entries()) await t.actions.reply(lena, rows.get(thread) ?? '', { text, attachmentIds: [], clientId: `${thread}-${part}`, force: true });
    }));
    await waitFor(async () => (await t.c.outbox.nextDueAt()) === undefined && (await t.c.outbox.expired(Number.MAX_SAFE_INTEGER, 1)).length === 0, { what: 'an empty outbox', timeoutMs: 170_000, everyMs: 250 });
    const tookMs = performance.now() - begun;
    clearInterval(sweeper);
    await t.jobs.idle();

    expect(verdictOf(slack.accepted, wanted)).to.deep.equal({ doubles: [], lost: [], outOfOrder: [], strangers: [] });
    const states = await Promise.all([...rows.values()].map(async (id) => (await t.c.messages.page(id, { limit: 50 })).filter((message) => message.kind === 'out').map((message) => message.delivery?.state)));
    expect(new Set(states.flat())).to.deep.equal(new Set(['sent']));
    expect(states.flat().length).to.equal(conversations * repliesEach);
    expect([...slack.refused.keys()], 'there was weather').to.include.members(['429', '500', 'reset', 'lost', 'hang', 'hang lost']);
    expect(broken).to.deep.equal([]);
    process.stdout.write(`      ${conversations * repliesEach} replies in ${(tookMs / 1_000).toFixed(1)} s; Slack's answers: ${[...slack.refused].map(([what, times]) => `${what} ${times}`).join(', ')}\n`);
    await t.close();
    await fetch.close();
    await slack.stop();
  });
});

function directChannel(n: number): string {
  return `D0DM${String(n).padStart(3, '0')}`;
}

function firstWord(n: number): MessageEvent {
  const key = directChannel(n);
  return {
    type: 'message', channelId: 'slack1', eventId: `Ev${n}`, externalId: `${key}:1700000000.${String(n).padStart(6, '0')}`, direction: 'in', receivedAt: Date.now(), verifiedBy: 'signature',
    sender: { kind: 'slack', scope: team, externalUserId: `U0CUSTOMER${n}`, proof: 'channel', aliases: [], displayName: `Customer ${n}` }, thread: { key, keyIs: 'exact' }, text: `Question ${n}`,
  };
}
