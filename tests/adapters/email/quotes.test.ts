import { expect } from 'chai';
import fc from 'fast-check';
import { splitQuotes } from '../../../src/adapters/email/quotes.js';

const lines = fc.constantFrom(
  'Hello', '', '> cited', '>> deeper', 'On 3/11/26 17:02, Velowerk wrote:', 'Am 11.03.26 um 17:02 schrieb Velowerk <', 'support@velowerk.example>:', '-- ', '--', 'From: a', 'To: b', 'Subject: c', 'Sent: d',
  '-----Original Message-----', '________________________________', 'Sent from my iPhone', '   ', '\u00a0', '> ', 'Le jeu. 12 mars 2026 à 10:11, X a écrit :', 'ordinary text with words',
);

const solid = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

describe('telling new text from quoted text', () => {
  it('loses no line and changes no line, whatever the mail looks like', () => {
    fc.assert(fc.property(fc.array(fc.oneof(lines, fc.string()), { maxLength: 40 }), (given) => {
      const whole = given.join('\n');
      const { text, quoted } = splitQuotes(whole);
      expect([...solid(text), ...solid(quoted)].sort()).to.deep.equal(solid(whole).sort());
    }), { numRuns: 2_000 });
  });

  it('keeps the order of the lines in both parts', () => {
    fc.assert(fc.property(fc.array(lines, { maxLength: 30 }), (given) => {
      const whole = given.join('\n');
      const { text, quoted } = splitQuotes(whole);
      for (const part of [solid(text), solid(quoted)]) {
        let from = 0;
        const all = solid(whole);
        for (const line of part) {
          const at = all.indexOf(line, from);
          expect(at).to.be.at.least(from);
          from = at + 1;
        }
      }
    }), { numRuns: 1_000 });
  });

  it('never leaves the agent with an empty message when something was written', () => {
    fc.assert(fc.property(fc.array(lines, { maxLength: 20 }), (given) => {
      const whole = given.join('\n');
      expect(splitQuotes(whole).text.trim() === '').to.equal(whole.trim() === '');
    }), { numRuns: 1_000 });
  });

  it('finds nothing to quote twice: what was split stays split', () => {
    const whole = 'Yes, please.\n\nOn 3/11/26 17:02, Velowerk wrote:\n> Shall we?';
    expect(splitQuotes(splitQuotes(whole).text)).to.deep.equal({ text: 'Yes, please.', quoted: '' });
  });
});
