import { expect } from 'chai';
import { emojiOfName, nameOfEmoji } from '../../../src/adapters/slack/emoji.js';
import { readMrkdwn } from '../../../src/adapters/slack/mrkdwn.js';
import { render, targetOf, writeMrkdwn } from '../../../src/adapters/slack/render.js';

const names = { person: (id: string) => (id === 'U0INES' ? 'Ines Kern' : undefined), ownUserId: 'U0RAPPORT' };

describe('Slack’s mrkdwn', () => {
  const cases: [string, string, string][] = [
    ['marks become light marks', '*bold* _slanted_ ~gone~ `code`', '**bold** *slanted* ~~gone~~ `code`'],
    ['marks stand within marks', '*bold _and slanted_*', '**bold _and slanted_**'],
    ['a sign inside a word is none', 'snake_case_name 2*3*4 a~b~c', 'snake_case_name 2*3*4 a~b~c'],
    ['a sign without its partner is text', 'a *star and 2 * 3 * 4', 'a \\*star and 2 * 3 * 4'],
    ['what another idiom would read as a mark is kept as text', '**not bold**', '\\*\\*not bold**'],
    ['code keeps its signs, and its links are only text', '`a *b* <https://velowerk.example>` &lt;', '`a *b* https://velowerk.example` <'],
    ['a block keeps its lines', '```\na &amp;&amp; b\n```', '```\na && b\n```'],
    ['links with words', 'see <https://velowerk.example/o?a=1&amp;b=2|the order>', 'see [the order](https://velowerk.example/o?a=1&b=2)'],
    ['links without words', 'see <https://velowerk.example> and <mailto:ines@velowerk.example|ines@velowerk.example>', 'see https://velowerk.example and ines@velowerk.example'],
    ['a link that could run code is only text', '<javascript:alert(1)|click>', 'click'],
    ['mentions are names where they are known', '<@U0INES> <@U0TAREK|tarek> <@U9> <#C1|help> <!here> <!subteam^S1|@workshop>', '@Ines Kern @tarek @U9 #help @here @workshop'],
    ['dates are read out', '<!date^1763800000^{date}|22 November>', '22 November'],
    ['calling the app by its name is no content', '<@U0RAPPORT> where is it?', 'where is it?'],
    ['a call by itself stays', '<@U0RAPPORT>', '@U0RAPPORT'],
    ['emoji are characters', 'ok :+1: :wave::skin-tone-3: :velowerk_party:', 'ok 👍 👋🏼 :velowerk_party:'],
    ['quotes are lines with a sign', '&gt; you wrote\nyes', '> you wrote\nyes'],
    ['entities are undone once', '&amp;lt; &lt;b&gt;', '&lt; <b>'],
  ];
  for (const [name, native, light] of cases) it(`${name}`, () => expect(readMrkdwn(native, names)).to.equal(light));

  it('an id that is none breaks nothing', () => {
    expect(readMrkdwn('<@(> hello', { ...names, ownUserId: '(' })).to.equal('hello');
    expect(readMrkdwn('<@U0RAPPORT2> hello', names)).to.equal('@U0RAPPORT2 hello');
  });

  it('is read in time that grows with its length, whatever it is made of', () => {
    for (const piece of ['*a ', '_', '~x', '`', '```', '<', '<a', '&', ':a', '*_~', '**a', '\0', '*a* ']) {
      const from = performance.now();
      readMrkdwn(piece.repeat(40_000 / piece.length), names);
      expect(performance.now() - from, JSON.stringify(piece)).to.be.lessThan(300);
    }
  });

  it('is written with three signs escaped and no mention in it', () => {
    expect(writeMrkdwn('**b** *i* ~~s~~ `c & <d>` <!channel> <@U1> & [t|x](https://velowerk.example/a|b)')).to.equal('*b* _i_ ~s~ `c &amp; &lt;d&gt;` &lt;!channel&gt; &lt;@U1&gt; &amp; <https://velowerk.example/a%7Cb|t|x>');
  });

  it('a sign that was meant as one is not read as a mark by Slack, nor by us when it comes back', () => {
    const written = writeMrkdwn('\\*not bold\\* and snake_case');
    expect(written).to.equal('*\u200Bnot bold* and snake_case');
  });

  it('comes back as it went out', () => {
    for (const text of ['**bold** and *slanted* and ~~gone~~', '`x < y && z`', '```\nline one\nline & two\n```', '[the order](https://velowerk.example/o?a=1&b=2)', 'plain 2 < 3 & 4 > 1', '**bold _both_**', '_slanted **both**_']) {
      expect(readMrkdwn(writeMrkdwn(text), names)).to.equal(text);
    }
  });

  it('choices are buttons below the last part', () => {
    const [part] = render({ text: 'Which one?', choices: ['The red one', 'x'.repeat(100)] });
    expect(part?.blocks).to.have.length(2);
    expect(JSON.stringify(part?.blocks)).to.contain('"value":"The red one"').and.contain(`"text":"${'x'.repeat(75)}"`);
  });

  it('an answer goes to the newest place, else to its thread, else to the person', () => {
    const to = { externalUserId: 'U0INES' };
    expect(targetOf({ handle: { channel: 'D1X', threadTs: '1763800001.000100' }, threadKey: 'D1X', to })).to.deep.equal({ channel: 'D1X', threadTs: '1763800001.000100' });
    expect(targetOf({ threadKey: 'C0HELP:1763800001.000100', to })).to.deep.equal({ channel: 'C0HELP', threadTs: '1763800001.000100' });
    expect(targetOf({ handle: { channel: 'D1X', threadTs: '' }, threadKey: 'new', to })).to.deep.equal({ channel: 'D1X' });
    expect(targetOf({ threadKey: 'customer-7', to })).to.deep.equal({ channel: 'U0INES' });
  });

  it('emoji have the same name both ways', () => {
    for (const character of ['👍', '👍🏽', '❤️', '🎉', '1️⃣']) expect(emojiOfName(nameOfEmoji(character) ?? '')).to.equal(character);
    expect(nameOfEmoji(':velowerk_party:')).to.equal('velowerk_party');
    expect(nameOfEmoji('🫨')).to.equal(undefined);
  });
});
