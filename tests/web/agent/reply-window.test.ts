import { expect } from 'chai';
import { filled } from '../../../web/src/features/conversation/model/fill-template.js';
import { audienceWords, costWords, windowWords } from '../../../web/src/features/conversation/model/reply-window.js';
import { lengthNotice } from '../../../web/src/features/conversation/model/length.js';
import { filledFor } from '../../../web/src/features/settings/model/set-up-text.js';
import { withoutMarks } from '../../../web/src/lib/text/marked.js';

const hour = 3_600_000;

describe('What one has to know before answering', () => {
  it('the time that is left is told when it becomes short, and what is left afterwards', () => {
    const window = (left: number, more: object = {}) => ({ expiresAt: left * hour, after: 'closed' as const, ...more });
    expect(windowWords(undefined, 0)).to.equal(undefined);
    expect(windowWords(window(20), 0)).to.equal(undefined);
    expect(windowWords(window(5), 0)).to.deep.equal({ text: '5 h left to answer here', tone: 'warn' });
    expect(windowWords(window(0.5), 0)).to.deep.equal({ text: '30 min left to answer here', tone: 'bad' });
    expect(windowWords(window(-1, { after: 'template' }), 0)?.text).to.contain('template');
    expect(windowWords(window(-1, { after: 'human_tag', humanUntil: 72 * hour }), 0)?.text).to.contain('only people may answer, for 3 days more');
    expect(windowWords(window(-1), 0)?.text).to.contain('until they write again');
  });

  it('who reads along, and what it costs', () => {
    expect(audienceWords(undefined)).to.equal(undefined);
    expect(audienceWords('public')).to.contain('everybody');
    const costs = { perMessage: '$0.015', withLink: '$0.20' };
    expect(costWords(costs, '')).to.equal(undefined);
    expect(costWords(costs, 'Hello')).to.equal('Costs $0.015');
    expect(costWords(costs, 'See https://velowerk.example')).to.equal('Costs $0.20');
  });

  it('a long text goes out in several messages where the channel allows it, and is too long beyond them', () => {
    const limit = { textMax: 100, textUnit: 'utf16' as const, partsMax: 3 };
    expect(lengthNotice('x'.repeat(250), limit)).to.deep.equal({ text: 'goes out in 3 messages', over: false });
    expect(lengthNotice('x'.repeat(301), limit)?.over).to.equal(true);
    expect(lengthNotice('x'.repeat(101), { ...limit, partsMax: 1 })?.over).to.equal(true);
  });

  it('a template reads as it will, with its gaps to be seen until they are filled', () => {
    expect(filled('Hello {{1}}, order {{2}} is ready.', ['Ines'])).to.equal('Hello Ines, order {{2}} is ready.');
  });

  it('a preview has the words and not the signs, on channels that format', () => {
    expect(withoutMarks('**Yes**, see [the shop](https://velowerk.example)', 'slack')).to.equal('Yes, see the shop (https://velowerk.example)');
    expect(withoutMarks('**Yes**', 'email')).to.equal('**Yes**');
  });
});

describe('The steps of setting up a channel', () => {
  const channel = { webhookUrl: 'https://rapport.example/hooks/c1', settings: { verifyToken: 'abc' } } as never;

  it('name this channel’s own address and values, or say that they come with saving', () => {
    expect(filledFor('{{webhookUrl}}?t={{verifyToken}}', channel)).to.equal('https://rapport.example/hooks/c1?t=abc');
    expect(filledFor('{{webhookUrl}}', undefined)).to.equal(undefined);
    expect(filledFor('read write:statuses', undefined)).to.equal('read write:statuses');
  });
});
