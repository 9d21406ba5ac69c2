import { expect } from 'chai';
import { botLanguages, findInLanguage } from '../../../src/bot/signals/phrases.js';
import { compilePhrases, findPhrases } from '../../../src/bot/signals/patterns.js';
import { readTokens } from '../../../src/bot/signals/tokens.js';

const find = (phrase: string, text: string): string[] => {
  const tokens = readTokens(text);
  return findPhrases(compilePhrases([{ label: 'x', value: 1, phrases: [phrase] }]), tokens).map((hit) => tokens.words.slice(hit.from, hit.to).join(' '));
};

describe('Phrases of the lexicons', () => {
  for (const language of botLanguages) {
    it(`are all well formed in ${language}`, () => {
      expect(findInLanguage(language, readTokens('a b c'))).to.be.an('array');
    });
  }

  it('have alternatives, optional words and beginnings of words', () => {
    expect(find('speak|talk to a? human|person', 'I want to TALK to person')).to.deep.equal(['talk to person']);
    expect(find('bestell*', 'Meine Bestellnummer')).to.deep.equal(['bestellnummer']);
    expect(find('speak to a? human', 'speak to the human')).to.deep.equal([]);
  });

  it('may leave out up to three words, and never reach over the end of a sentence', () => {
    expect(find('habe .. nicht', 'Ich habe die Nummer leider nicht')).to.deep.equal(['habe die nummer leider nicht']);
    expect(find('habe .. nicht', 'Ich habe eins zwei drei vier nicht')).to.deep.equal([]);
    expect(find('habe .. nicht', 'Das habe ich. Nicht so')).to.deep.equal([]);
  });

  it('do not care for accents, capitals and typographic apostrophes', () => {
    expect(find('réclamation', 'RECLAMATION')).to.deep.equal(['reclamation']);
    expect(find('wütend', 'Wuetend')).to.deep.equal(['wuetend']);
    expect(find("don't have", 'I don’t have it')).to.deep.equal(["don't have"]);
    expect(find("j'ai besoin", 'J’ai besoin')).to.deep.equal(['j ai besoin']);
  });

  it('tell the German “schon” from “schön”', () => {
    expect(find('schön', 'Das ist schon da')).to.deep.equal([]);
    expect(find('schön', 'Das ist schön')).to.deep.equal(['schoen']);
  });

  it('refuse a phrase that could begin anywhere', () => {
    expect(() => compilePhrases([{ label: 'x', value: 1, phrases: ['a? b'] }])).to.throw(/begins/);
    expect(() => compilePhrases([{ label: 'x', value: 1, phrases: ['one|two-three'] }])).to.throw(/one word/);
  });
});
