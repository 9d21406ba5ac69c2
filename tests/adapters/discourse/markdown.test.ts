import { expect } from 'chai';
import { readMarkdown } from '../../../src/adapters/discourse/read-markdown.js';
import { writeMarkdown } from '../../../src/adapters/discourse/write-markdown.js';

describe('Markdown of a Discourse post', () => {
  it('plain text reads as it stands, and calls nobody', () => {
    expect(writeMarkdown('# no heading')).to.equal('\\# no heading');
    expect(writeMarkdown('Titel\n---\n<b>fett</b> [x] &amp; @jonas_w')).to.equal('Titel\n\\---\n\\<b\\>fett\\</b\\> \\[x\\] \\&amp; @\u200Bjonas\\_w');
    expect(writeMarkdown('post@velowerk.example')).to.equal('post@velowerk.example');
  });

  it('an address keeps its signs', () => {
    expect(writeMarkdown('Siehe https://velowerk.example/a_b_c*d und a_b')).to.equal('Siehe https://velowerk.example/a_b_c*d und a\\_b');
  });

  it('marks go out as Markdown, blocks on lines of their own', () => {
    expect(writeMarkdown('**fett** *schräg* ~~weg~~ `code` [hier](https://velowerk.example)')).to.equal('**fett** *schräg* ~~weg~~ `code` [hier](https://velowerk.example)');
    expect(writeMarkdown('vorher ```a\nb``` nachher')).to.equal('vorher \n```\nb\n```\n nachher');
  });

  it('what goes out comes back the same', () => {
    for (const text of ['Ein * allein, snake_case, 2 < 3 & 4 > 1', '**fett** und `code_mit_strich`', 'Zeile\n\nAbsatz\n- Liste\n1. eins', '@jonas, hallo', '1 ~ 2', 'a\\b']) {
      expect(readMarkdown(writeMarkdown(text)).text.replace(/\\([*_~`[\]\\])/g, '$1'), text).to.equal(text);
    }
  });

  it('code is left alone, quotes may be open or nested', () => {
    expect(readMarkdown('`__init__` und __fett__').text).to.equal('`__init__` und **fett**');
    expect(readMarkdown('```\n![x](upload://a.png) \\_\n```').files).to.deep.equal([]);
    expect(readMarkdown('[quote="otto"]\noffen').text).to.equal('[quote="otto"]\noffen');
    expect(readMarkdown('[quote="a"]\neins [quote="b"]zwei[/quote]\n[/quote]\ndrei').quoted).to.contain('zwei');
  });

  it('reads the nastiest text in no time', () => {
    const nasty = ['[quote]'.repeat(5_000), '`'.repeat(32_000), `![${'a'.repeat(31_000)}`, '__a'.repeat(10_000), '['.repeat(32_000), `[quote]${' '.repeat(31_000)}`, '@\u200B'.repeat(16_000), '\\'.repeat(32_000)];
    const from = performance.now();
    for (const raw of nasty) readMarkdown(raw);
    expect(performance.now() - from).to.be.lessThan(1_500);
  });
});
