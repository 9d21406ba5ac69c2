import { expect } from 'chai';
import fc from 'fast-check';
import { makeScript } from '../../src/demo/script/make-script.js';
import type { ScriptStep } from '../../src/demo/script/script.js';
import { channels } from '../../src/demo/world/company.js';
import { channelKinds } from '../../src/inbox/model/common.js';
import { adaptersForData } from '../../scripts/channel-table.js';
import { allStories } from '../../src/demo/stories/all-stories.js';
import { people } from '../../src/demo/world/people.js';

const now = Date.UTC(2026, 4, 20, 14, 0);

function textsOf(steps: readonly ScriptStep[]): string[] {
  return steps.flatMap((step) => {
    if (step.do === 'write') return [step.event.text, step.event.email?.subject ?? '', step.event.quoted ?? ''];
    if (step.do === 'change') return step.event.type === 'edit' ? [step.event.text] : [];
    return step.do === 'act' && 'text' in step.deed ? [step.deed.text] : [];
  });
}

describe("The demo's half year", () => {
  const script = makeScript({ seed: 7, now });

  it('is the same for the same seed, and another for another', () => {
    expect(makeScript({ seed: 7, now })).to.deep.equal(script);
    expect(makeScript({ seed: 8, now }).steps).not.to.deep.equal(script.steps);
  });

  it('has some 300 conversations of 40 customers and a few passers-by, in four languages, on every kind of channel', () => {
    const threads = new Set(script.steps.map((step) => step.thread));
    expect(threads.size).to.be.within(285, 320);
    expect(people).to.have.length(40);
    expect(new Set(people.map((person) => person.language))).to.deep.equal(new Set(['en', 'de', 'fr', 'es']));
    const kinds = new Set(script.steps.flatMap((step) => (step.do === 'write' ? [step.event.sender.kind] : [])));
    expect([...kinds].sort()).to.deep.equal([...channelKinds].sort());
    expect(people.filter((person) => script.steps.some((step) => step.do === 'write' && step.event.sender.displayName === `${person.first} ${person.last}`)).length).to.be.at.least(38);
  });

  it('has three to eight conversations on each platform, in threads that are in the form of the platform', () => {
    const threads = new Map<string, Set<string>>();
    for (const step of script.steps) {
      if (step.do !== 'write' || ['email', 'webchat', 'webhook'].includes(step.event.sender.kind)) continue;
      const { kind } = step.event.sender;
      threads.set(kind, (threads.get(kind) ?? new Set()).add(step.thread));
      expect(step.event.thread.keyIs, kind).to.equal('exact');
      expect(step.event.sender.scope, kind).not.to.include(':');
    }
    for (const [kind, told] of threads) expect(told.size, kind).to.be.within(3, 8);
  });

  it('says that a thread is public where everybody can read it', () => {
    const audienceOf = (kind: string): Set<unknown> => new Set(script.steps.flatMap((step) => (step.do === 'write' && step.event.sender.kind === kind ? [step.event.thread.audience] : [])));
    for (const kind of ['mastodon', 'bluesky', 'discourse', 'discord', 'irc']) expect(audienceOf(kind), kind).to.deep.equal(new Set(['public']));
    expect(audienceOf('x'), 'the story that goes on privately').to.deep.equal(new Set(['public', undefined]));
    for (const kind of ['slack', 'whatsapp', 'sms', 'telegram', 'messenger', 'xmpp', 'botframework']) expect(audienceOf(kind), kind).to.deep.equal(new Set([undefined]));
  });

  it('changes, takes back and reacts only where the platform has it, and each of them somewhere', () => {
    const adapters = adaptersForData();
    const ability = { edit: 'edits', delete: 'deletes', reaction: 'reactions' } as const;
    const seen = new Set<string>();
    for (const step of makeScript({ seed: 7, now, stories: 1_200 }).steps) {
      if (step.do !== 'change') continue;
      const kind = channels.find((channel) => channel._id === step.event.channelId)?.kind ?? 'email';
      expect(adapters.get(kind)?.capabilities.inbound, `${kind} ${step.event.type}`).to.include(ability[step.event.type]);
      seen.add(step.event.type);
    }
    expect(seen).to.deep.equal(new Set(['edit', 'delete', 'reaction']));
  });

  it('has a channel of every kind, with settings that its adapter takes', () => {
    for (const [kind, adapter] of adaptersForData()) {
      const ours = channels.filter((channel) => channel.kind === kind);
      expect(ours.length, kind).to.be.at.least(1);
      for (const channel of ours) expect(adapter.settings.safeParse({ ...channel.settings, ...channel.secrets }).error?.issues ?? [], `${channel._id}`).to.deep.equal([]);
    }
  });

  it('is told from at least 60 different stories, none with the name of another', () => {
    const stories = allStories();
    expect(stories.length).to.be.at.least(60);
    expect(new Set(stories.map((story) => story.id)).size).to.equal(stories.length);
    for (const story of stories) expect(story.beats.some((beat) => beat.do === 'write'), story.id).to.equal(true);
  });

  it('leaves no slot, no choice and no outside address in any text, whatever the seed', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      for (const text of textsOf(makeScript({ seed, now, stories: 120 }).steps)) {
        expect(text.replaceAll('{agent}', '')).not.to.match(/[{}]|\[\[|\]\]|undefined|NaN/);
        for (const [address] of text.matchAll(/[\w.+-]+@[\w.-]+/g)) expect(address).to.match(/\.example$/);
      }
    }), { numRuns: 15 });
  });

  it('says most things once only', () => {
    const said = script.steps.flatMap((step) => (step.do === 'write' ? [step.event.text] : []));
    expect(new Set(said).size / said.length).to.be.greaterThan(0.65);
  });

  it('is in the order of time, ends before now, and nobody answers at night', () => {
    let last = 0;
    for (const step of script.steps) {
      expect(step.at).to.be.at.least(last);
      last = step.at;
      if (step.do === 'act' && step.deed.do === 'reply') {
        const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Brussels', hour: 'numeric', hourCycle: 'h23' }).format(step.at));
        expect(hour, new Date(step.at).toISOString()).to.be.within(8, 19);
      }
    }
    expect(last).to.be.lessThan(now);
  });

  it('gives every event an id of its own', () => {
    const ids = script.steps.flatMap((step) => (step.do === 'write' || step.do === 'change' ? [`${step.event.channelId} ${step.event.eventId}`] : []));
    expect(new Set(ids).size).to.equal(ids.length);
  });
});
