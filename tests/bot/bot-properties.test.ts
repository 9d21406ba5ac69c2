import { expect } from 'chai';
import fc from 'fast-check';
import { createBot } from '../../src/bot/create-bot.js';
import type { BotTurn } from '../../src/inbox/ports.js';
import { conversation, monday } from './support/people.js';
import { handOvers, spoken, stateStore, Talk } from './support/turns.js';

const silence = Symbol('silence');
const said = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('Hello', 'Hola', 'Where is my order?', 'Wo bleibt mein Paket?', '48213', 'ines@posteo.example', 'I will wait here', 'Ich habe die Nummer nicht', 'Quiero hablar con una persona', 'C’est inadmissible', 'Thanks!', 'Please confirm receipt', '', '👍', 'urgent') },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 120 }) },
  { weight: 1, arbitrary: fc.constant(silence) },
);
const bases = fc.record({
  kind: fc.constantFrom('webchat' as const, 'email' as const, 'webhook' as const), needsAddress: fc.boolean(), openNow: fc.boolean(), opensIn: fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: undefined }), defaultLanguage: fc.constantFrom('en', 'de', 'ja'),
}).map(({ kind, needsAddress, openNow, opensIn, defaultLanguage }): Partial<BotTurn> => ({
  conversation: conversation({ channelKind: kind }), needsAddress, defaultLanguage, opening: { openNow, timeZone: 'Europe/Berlin', ...(openNow || opensIn === undefined ? {} : { opensAt: monday + opensIn * 60_000 }) },
}));

async function hold(base: Partial<BotTurn>, words: readonly (string | symbol)[]): Promise<Talk> {
  const talk = new Talk(createBot({ store: stateStore() }), base);
  for (const word of words) await (typeof word === 'string' ? talk.says(word) : talk.staysSilent());
  return talk;
}

describe('Whatever a customer writes, the bot', () => {
  const talks = fc.tuple(bases, fc.array(said, { minLength: 1, maxLength: 7 }));

  it('asks at most one question in a conversation', async () => {
    await fc.assert(fc.asyncProperty(talks, async ([base, words]) => {
      const { actions } = await hold(base, words);
      const questions = actions.filter((action) => action.type === 'say' && action.text.includes('?'));
      expect(questions.length).to.be.at.most(1);
      if (base.conversation?.channelKind !== 'webchat') expect(questions).to.deep.equal([]);
    }), { numRuns: 250 });
  });

  it('hands over exactly once, after three messages at the latest, and says nothing after that', async () => {
    await fc.assert(fc.asyncProperty(talks, async ([base, words]) => {
      const { actions } = await hold(base, words);
      expect(handOvers(actions).length).to.be.at.most(1);
      if (words.filter((word) => word !== silence).length >= 3) expect(handOvers(actions)).to.have.length(1);
      const after = actions.slice(actions.findIndex((action) => action.type === 'hand_over') + 1);
      if (handOvers(actions).length === 1) expect(after.filter((action) => action.type !== 'note_facts')).to.deep.equal([]);
    }), { numRuns: 250 });
  });

  it('introduces itself at most once, and by e-mail writes at most one note', async () => {
    await fc.assert(fc.asyncProperty(talks, async ([base, words]) => {
      const { actions } = await hold(base, words);
      expect(spoken(actions).split('Velo ').length - 1).to.be.at.most(1);
      if (base.conversation?.channelKind !== 'webchat') expect(actions.filter((action) => action.type === 'say').length).to.be.at.most(1);
    }), { numRuns: 150 });
  });

  it('never speaks when a human has spoken', async () => {
    await fc.assert(fc.asyncProperty(bases, fc.array(said, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 9 }), async (base, words, ownership) => {
      const owned = { ...base, conversation: { ...(base.conversation ?? conversation()), ownership } };
      expect((await hold(owned, words)).actions).to.deep.equal([]);
    }), { numRuns: 100 });
  });

  it('does the same again when every turn is run twice', async () => {
    await fc.assert(fc.asyncProperty(bases, fc.array(said.filter((word) => typeof word === 'string'), { minLength: 1, maxLength: 4 }), async (base, words) => {
      const bot = createBot({ store: stateStore() });
      const doubled = new Talk({ takeTurn: async (turn) => {
        const once = await bot.takeTurn(turn);
        expect(await bot.takeTurn(turn)).to.deep.equal(once);
        return once;
      } }, base);
      for (const word of words) if (typeof word === 'string') await doubled.says(word);
    }), { numRuns: 150 });
  });
});
