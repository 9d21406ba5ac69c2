import { expect } from 'chai';
import fc from 'fast-check';
import { parseMarks } from '../../../src/adapters/lib/marks.js';
import { entitiesOf, entitiesWithin, marksOf } from '../../../src/adapters/telegram/entities.js';
import { render, renderText, withoutMentions } from '../../../src/adapters/telegram/render.js';
import { outboundOf } from '../../support/fakes/outbound.js';

const out = (marked: string) => entitiesOf(parseMarks(marked), (text) => text);

describe('Telegram’s formatting', () => {
  it('goes out as entities and comes back as the same marks', () => {
    for (const marked of ['**bold** and *italic*', '~~gone~~ `code`', '**bold with *italic* within**', '[a link](https://velowerk.example/x)', '👩🏽‍🔧 **behind an emoji**', '```\nblock\nof code\n```', '2 * 3 and snake_case']) {
      const { text, entities } = out(marked);
      expect(marksOf(text, entities), marked).to.equal(marked);
    }
  });

  it('leaves the words alone, whatever entities a message claims', () => {
    const entity = fc.record({ type: fc.constantFrom('bold', 'italic', 'strikethrough', 'code', 'pre', 'text_link', 'mention', 'spoiler'), offset: fc.integer({ min: -2, max: 30 }), length: fc.integer({ min: -1, max: 30 }), url: fc.constantFrom('https://velowerk.example', 'javascript:alert(1)') });
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.array(entity, { maxLength: 6 }), (text, entities) => {
      const read = out(marksOf(text, entities)).text;
      expect(read).to.equal(out(marksOf(text, [])).text);
    }), { numRuns: 500 });
  });

  it('never makes a link of what is none', () => {
    expect(marksOf('click', [{ type: 'text_link', offset: 0, length: 5, url: 'javascript:alert(1)' }])).to.equal('click');
  });

  it('is counted anew for each part of a long text', () => {
    expect(entitiesWithin([{ type: 'bold', offset: 2, length: 6 }], 0, 4)).to.deep.equal([{ type: 'bold', offset: 2, length: 2 }]);
    expect(entitiesWithin([{ type: 'bold', offset: 2, length: 6 }], 4, 20)).to.deep.equal([{ type: 'bold', offset: 0, length: 4 }]);
    const parts = render(outboundOf({ text: `${'word '.repeat(900)}**strong**`, threadKey: '5' }), { chat: 5 });
    const last = parts.at(-1);
    expect(parts).to.have.length(2);
    const entity = last?.kind === 'text' ? last.words.entities[0] : undefined;
    expect(last?.kind === 'text' && last.words.text.slice(entity?.offset, (entity?.offset ?? 0) + (entity?.length ?? 0))).to.equal('strong');
  });

  it('calls nobody by name in a group, and leaves mail addresses whole', () => {
    expect(withoutMentions('ask @jonas or write to a@velowerk.example')).to.equal('ask @\u2060jonas or write to a@velowerk.example');
    expect(renderText('ask @jonas', { chat: 5 }).text).to.equal('ask @jonas');
    expect(renderText('ask @jonas', { chat: -5 }).text).to.equal('ask @\u2060jonas');
  });
});
