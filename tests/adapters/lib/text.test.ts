import { expect } from 'chai';
import fc from 'fast-check';
import { escapeMarks, parseMarks, plainMarks, writeMarks } from '../../../src/adapters/lib/marks.js';
import { measure, smsSegments } from '../../../src/adapters/lib/measure.js';
import { splitText } from '../../../src/adapters/lib/split-text.js';
import type { TextUnit } from '../../../src/adapters/contract.js';

const units: TextUnit[] = ['utf16', 'codepoint', 'byte', 'grapheme', 'weighted', 'segment'];
const words = fc.array(fc.oneof(fc.constantFrom('Rad', 'Fährräder', '自転車', '👩🏽‍🔧', '🇩🇪', 'https://velowerk.example/a', '\n', '\n\n', 'Ende.', ' ', 'e\u0301'), fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 120 }).map((list) => list.join(' '));
const bare = (text: string): string => text.replace(/\s+/gu, '');

describe('The length of a text', () => {
  it('is what the channel counts', () => {
    expect(measure('Fährräder 👩🏽‍🔧', 'utf16')).to.equal(17);
    expect(measure('Fährräder 👩🏽‍🔧', 'codepoint')).to.equal(14);
    expect(measure('Fährräder 👩🏽‍🔧', 'grapheme')).to.equal(11);
    expect(measure('Fährräder 👩🏽‍🔧', 'byte')).to.equal(27);
  });

  it('counts on X a link as 23, an emoji as 2 and most alphabets as 1', () => {
    expect(measure('See https://velowerk.example/a/very/long/address?of=a&page=1 now', 'weighted')).to.equal('See  now'.length + 23);
    expect(measure('See velowerk.example', 'weighted')).to.equal('See '.length + 23);
    expect(measure('👩🏽‍🔧🇩🇪', 'weighted')).to.equal(4);
    expect(measure('自転車', 'weighted')).to.equal(6);
    expect(measure('e.g. z.B.', 'weighted')).to.equal(9);
  });

  it('is a number of text messages by SMS: the euro sign takes two places, one Chinese letter makes all of it longer', () => {
    expect(smsSegments('a'.repeat(160))).to.deep.equal({ encoding: 'gsm7', segments: 1, units: 160 });
    expect(smsSegments('a'.repeat(161)).segments).to.equal(2);
    expect(smsSegments('€'.repeat(80))).to.deep.equal({ encoding: 'gsm7', segments: 1, units: 160 });
    expect(smsSegments(`${'a'.repeat(69)}車`)).to.deep.equal({ encoding: 'ucs2', segments: 1, units: 70 });
    expect(smsSegments(`${'a'.repeat(70)}車`).segments).to.equal(2);
    expect(smsSegments(`${'a'.repeat(66)}🚲${'a'.repeat(60)}`).segments, 'an emoji is not torn over two').to.equal(2);
  });
});

describe('A text that is too long', () => {
  it('is cut so that every part fits, no letter is lost and no part is empty, whatever it is made of', () => {
    fc.assert(fc.property(words, fc.constantFrom(...units), fc.integer({ min: 1, max: 60 }), (text, unit, size) => {
      const max = unit === 'segment' ? 1 + (size % 3) : unit === 'weighted' ? size + 30 : size + 28;
      const parts = splitText(text, max, unit);
      expect(bare(parts.join(''))).to.equal(bare(text));
      for (const part of parts) {
        expect(part.trim()).not.to.equal('');
        if (!/https?:/.test(part)) expect(measure(part, unit)).to.be.at.most(Math.max(max, measure([...new Intl.Segmenter().segment(part)][0]?.segment ?? '', unit)));
      }
    }), { numRuns: 400 });
  });

  it('is cut between paragraphs, then lines, then sentences, then words', () => {
    expect(splitText('One two three.\n\nFour five six seven.', 24, 'utf16')).to.deep.equal(['One two three.', 'Four five six seven.']);
    expect(splitText('One two three. Four five six', 20, 'utf16')).to.deep.equal(['One two three.', 'Four five six']);
    expect(splitText('One two three four', 10, 'utf16')).to.deep.equal(['One two', 'three four']);
  });

  it('is never cut inside an emoji', () => {
    for (const part of splitText('👩🏽‍🔧'.repeat(20), 25, 'utf16')) expect(bare(part).replaceAll('👩🏽‍🔧', '')).to.equal('');
  });

  it('is cut without delay, however long', () => {
    const began = performance.now();
    splitText('Räder '.repeat(20_000), 2_000, 'byte');
    splitText('x'.repeat(100_000), 2_000, 'grapheme');
    expect(performance.now() - began).to.be.lessThan(5_000);
  });
});

describe('Light marks', () => {
  const html = { text: (t: string) => t, bold: (t: string) => `<b>${t}</b>`, italic: (t: string) => `<i>${t}</i>`, strike: (t: string) => `<s>${t}</s>`, code: (t: string) => `<c>${t}</c>`, block: (t: string) => `<p>${t}</p>`, link: (t: string, u: string) => `<a ${u}>${t}</a>` };
  const shown = (text: string): string => writeMarks(parseMarks(text), html);

  it('are read where they are meant, and nowhere else', () => {
    expect(shown('a **bold** and *soft* ~~no~~ `x*y` word')).to.equal('a <b>bold</b> and <i>soft</i> <s>no</s> <c>x*y</c> word');
    expect(shown('**bold with *soft* in it**')).to.equal('<b>bold with <i>soft</i> in it</b>');
    expect(shown('2 * 3 * 4 and snake_case_name and a ** b')).to.equal('2 * 3 * 4 and snake_case_name and a ** b');
    expect(shown('[the shop](https://velowerk.example/a) [no](javascript:x)')).to.equal('<a https://velowerk.example/a>the shop</a> [no](javascript:x)');
    expect(shown('```js\nlet x = **1**;\n```')).to.equal('<p>let x = **1**;</p>');
    expect(shown('\\*not soft\\* \\[x]')).to.equal('*not soft* [x]');
  });

  it('show any text as it is once it is escaped', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('*', '_', '~', '`', '[', ']', '(', ')', '\\', 'a', ' ', '\n', 'ä', 'https://x.example') }), (text) => {
      expect(plainMarks(parseMarks(escapeMarks(text)))).to.equal(text);
    }), { numRuns: 3_000 });
  });

  it('are read in time that grows with the text and no faster', () => {
    for (const nasty of ['*', '**', '_', '`', '[', '~~', '*a ', '_a_', '[a](', '**a*']) {
      const began = performance.now();
      parseMarks(nasty.repeat(Math.floor(20_000 / nasty.length)));
      expect(performance.now() - began, nasty).to.be.lessThan(1_500);
    }
  });
});
