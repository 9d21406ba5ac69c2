import { expect } from 'chai';
import fc from 'fast-check';
import { makeScript } from '../../src/demo/script/make-script.js';
import type { ScriptStep } from '../../src/demo/script/script.js';
import { allStories } from '../../src/demo/stories/all-stories.js';
import { people } from '../../src/demo/world/people.js';

const now = Date.UTC(2026, 4, 20, 14, 0);

function textsOf(steps: readonly ScriptStep[]): string[] {
  return steps.flatMap((step) => {
    if (step.do === 'write') return [step.event.text, step.event.email?.subject ?? '', step.event.quoted ?? ''];
    return step.do === 'act' && 'text' in step.deed ? [step.deed.text] : [];
  });
}

describe("The demo's half year", () => {
  const script = makeScript({ seed: 7, now });

  it('is the same for the same seed, and another for another', () => {
    expect(makeScript({ seed: 7, now })).to.deep.equal(script);
    expect(makeScript({ seed: 8, now }).steps).not.to.deep.equal(script.steps);
  });

  it('has some 300 conversations of 40 customers and a few passers-by, in four languages, on three channels', () => {
    const threads = new Set(script.steps.map((step) => step.thread));
    expect(threads.size).to.be.within(285, 320);
    expect(people).to.have.length(40);
    expect(new Set(people.map((person) => person.language))).to.deep.equal(new Set(['en', 'de', 'fr', 'es']));
    const kinds = new Set(script.steps.flatMap((step) => (step.do === 'write' ? [step.event.sender.kind] : [])));
    expect(kinds).to.deep.equal(new Set(['email', 'webchat', 'webhook']));
    expect(people.filter((person) => script.steps.some((step) => step.do === 'write' && step.event.sender.displayName === `${person.first} ${person.last}`)).length).to.be.at.least(38);
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
    const ids = script.steps.flatMap((step) => (step.do === 'write' || step.do === 'identify' ? [`${step.event.channelId} ${step.event.eventId}`] : []));
    const writes = ids.filter((id) => !id.includes('identity:'));
    expect(new Set(writes).size).to.equal(writes.length);
  });
});
