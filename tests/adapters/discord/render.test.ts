import { expect } from 'chai';
import { render, renderOne } from '../../../src/adapters/discord/render.js';
import type { Outbound } from '../../../src/adapters/contract.js';
import type { Attachment } from '../../../src/inbox/model/message.js';

const base: Outbound = {
  messageId: 'out1', conversationId: 'c', seq: 1, attempt: 1, text: '', author: { type: 'agent', name: 'Jana' }, isAutomatic: false, attachments: [],
  to: { identityId: 'discord:discord.com:1', externalUserId: '712000000000000001' }, threadKey: '1441000000000000200', sentParts: [], companyName: 'Velowerk',
};
const contents = (text: string): string[] => render({ ...base, text }).map((part) => part.content);
const file = (name: string, size: number): Attachment => ({ id: name, name, mime: 'image/png', size, kind: 'image' });

describe('what goes out to Discord', () => {
  it('light marks become Discord’s Markdown, and links stay readable', () => {
    expect(contents('**bold** *it* ~~gone~~ `code` [our shop](https://velowerk.example/a_b_c)')).to.deep.equal(['**bold** *it* ~~gone~~ `code` our shop (https://velowerk.example/a_b_c)']);
    expect(contents('```\nconst a = `1`;\n```')).to.deep.equal(['```\nconst a = `1`;\n```']);
  });

  it('nothing else is read as formatting, a mention, a heading or a quote', () => {
    expect(contents('2 * 3 * 4 snake_case ||psst|| <@712000000000000001> <#1> <:x:1> </cmd:1>')).to.deep.equal(['2 \\* 3 \\* 4 snake\\_case \\|\\|psst\\|\\| \\<@712000000000000001> \\<#1> \\<:x:1> \\</cmd:1>']);
    expect(contents('# no heading\n> no quote\n-# no small print\n1 < 2')).to.deep.equal(['\\# no heading\n\\> no quote\n\\-# no small print\n1 < 2']);
    expect(contents('\\[a](https://velowerk.example)')).to.deep.equal(['\\[a](https://velowerk.example)']);
  });

  it('an address is never changed', () => {
    expect(contents('see https://velowerk.example/a_b*c~~d and more')).to.deep.equal(['see https://velowerk.example/a_b*c~~d and more']);
  });

  it('what grows over the limit by its escapes is cut smaller, and no word is lost', () => {
    const text = Array.from({ length: 400 }, (_, n) => `a_${n}_b*`).join(' ');
    const parts = contents(text);
    expect(parts.every((part) => part.length <= 2_000)).to.equal(true);
    expect(parts.join(' ').replaceAll('\\', '')).to.equal(text);
  });

  it('files go with the last part, at most ten and 24 MiB at a time', () => {
    const parts = render({ ...base, text: 'Look', attachments: Array.from({ length: 12 }, (_, n) => file(`${n}.png`, 1_000)) });
    expect(parts.map((part) => [part.content, part.files.length])).to.deep.equal([['Look', 10], ['', 2]]);
    const large = render({ ...base, attachments: [file('a', 9e6), file('b', 9e6), file('c', 9e6)] });
    expect(large.map((part) => part.files.length)).to.deep.equal([2, 1]);
    expect(render(base)).to.deep.equal([]);
  });

  it('names what it answers only in a channel where many write', () => {
    const answers = { messageId: 'm', externalId: '1441900000000000001', at: 0, name: 'Anna', text: 'Hello' };
    const of = (handle: Outbound['handle']): string | undefined => render({ ...base, text: 'Yes', answers, ...(handle === undefined ? {} : { handle }) })[0]?.answers;
    expect(of({ guild: '1093000000000000100', thread: false })).to.equal('1441900000000000001');
    expect(of({ guild: '1093000000000000100', thread: true })).to.equal(undefined);
    expect(of(undefined)).to.equal(undefined);
  });

  it('choices stand under the text, and a change that does not fit into one message is none', () => {
    expect(render({ ...base, text: 'Which?', choices: ['Red', 'Blue'] })[0]?.content).to.equal('Which?\n• Red\n• Blue');
    expect(renderOne('x'.repeat(2_001))).to.equal(undefined);
    expect(renderOne('**fine**')).to.equal('**fine**');
  });
});
