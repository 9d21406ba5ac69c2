import { expect } from 'chai';
import fc from 'fast-check';
import type { Brief, BriefLine } from '../../src/inbox/model/brief.js';
import { briefForAgent } from '../../src/bot/brief-for-agent.js';
import { textOfParts } from '../../src/bot/brief/fit.js';
import type { BriefInput } from '../../src/bot/brief/story.js';
import { fold } from '../../src/bot/signals/tokens.js';
import { conversation, day, hour, identity, message, monday, pastStory, thread, type Line } from './support/people.js';

const ines = [
  identity('email', { aliases: [{ type: 'email', value: 'ines.bauer@posteo.example', proof: 'verified' }] }),
  identity('webchat', { aliases: [{ type: 'phone', value: '+497615550142', proof: 'claimed' }] }),
];

function input(lines: readonly Line[], changes: Partial<BriefInput> = {}): BriefInput {
  return {
    customer: { name: 'Ines Bauer', firstSeenAt: Date.UTC(2019, 2, 3) }, identities: ines, conversation: conversation(), messages: thread('conv-1', lines), past: [], openWaits: [],
    now: monday + day, timeZone: 'Europe/Berlin', ...changes,
  };
}

/** The lines as one reads them, with the citation as [conversation/seq]. */
function read(brief: Brief, kind?: BriefLine['kind']): string[] {
  return brief.lines.filter((line) => kind === undefined || line.kind === kind)
    .map((line) => textOfParts(line.parts.map((part) => ({ ...part, text: part.cite === undefined ? part.text : `${part.text} [${part.cite.conversationId}/${part.cite.seq}]` }))));
}

const of = (lines: readonly Line[], kind: BriefLine['kind'], changes: Partial<BriefInput> = {}): string[] => read(briefForAgent(input(lines, changes)), kind);

const wrongFork = pastStory({ conversationId: 'fork', subject: 'Wrong fork sent' }, [
  { text: 'Hello, the fork you sent is the wrong one, I ordered 48213.', at: monday - 7 * day },
  { by: 'agent', text: 'I am sorry. We will refund €24.90 for express delivery. The right one is with you by the 16th, without fail.', at: monday - 7 * day + hour },
]);
const firstService = pastStory({ conversationId: 'service', subject: 'First service' }, [
  { text: 'When can I come for the first service?', at: monday - 90 * day }, { by: 'agent', text: 'On Tuesday at nine.', at: monday - 90 * day + hour },
  { text: 'Thank you, the workshop in Ghent did a great job!', at: monday - 80 * day },
]);
const parcel = pastStory({ conversationId: 'parcel', channelKind: 'webchat', status: 'open' }, [{ text: 'The parcel did not come. You wrote without fail.', at: monday + 8 * hour }]);

describe('The brief', () => {
  it('tells of a long story what one must know, in six lines', () => {
    const lines = [{ text: 'Hello,\n\nThe replacement fork has the wrong axle again, and I need the bike on Friday. I attach the photo with the number on it. What can you do until then?\n\nInes', at: monday + 22 * hour }];
    const brief = briefForAgent(input(lines, { past: [parcel, firstService, wrongFork], conversation: conversation({ channelKind: 'email', createdAt: monday + 22 * hour }) }));
    expect(brief.lines.map((line) => line.kind)).to.deep.equal(['who', 'wants', 'before', 'feels', 'open', 'open']);
    expect(read(brief)).to.deep.equal([
      'Ines Bauer, customer since Mar 2019: ines.bauer@posteo.example (verified), web chat (signed), +497615550142 (typed)',
      '“The replacement fork has the wrong axle again, and I need the bike on Friday.” [conv-1/1] “What can you do until then?” [conv-1/1]',
      'Wrong fork sent (e-mail, 9 Nov) [fork/1]: we promised “by the 16th, without fail” [fork/2]: not kept [conv-1/1]; First service (e-mail, 18 Aug) [service/1]: resolved',
      'praise 28 Aug “Thank you, the workshop in Ghent did a great job!” [service/3]',
      'we promised “We will refund €24.90 for express delivery” [fork/2], no word since',
      '“The parcel did not come.” (web chat, yesterday) [parcel/1]: waits since yesterday [parcel/1]',
    ]);
    expect(brief.upToMessageId).to.equal('conv-1:m1');
  });

  describe('who', () => {
    it('says that it is their first conversation', () => {
      expect(of([{ text: 'Hello' }], 'who', { identities: [identity('webchat')] })).to.deep.equal(['Ines Bauer, first conversation: web chat (signed)']);
    });

    it('shows an address once, with its best proof', () => {
      const twice = [identity('webchat', { aliases: [{ type: 'email', value: 'ines@posteo.example', proof: 'claimed' }] }), identity('email', { aliases: [{ type: 'email', value: 'ines@posteo.example', proof: 'channel' }] })];
      expect(of([{ text: 'Hello' }], 'who', { identities: twice, past: [firstService] })).to.deep.equal(['Ines Bauer, customer since Mar 2019: ines@posteo.example (signed), web chat (signed)']);
    });

    it('counts the addresses that do not fit', () => {
      const many = Array.from({ length: 9 }, (_, index) => identity('email', { _id: `email:s:${index}`, aliases: [{ type: 'email', value: `ines.number.${index}@posteo.example`, proof: 'claimed' }] }));
      expect(of([{ text: 'Hello' }], 'who', { identities: many })[0]).to.match(/, and 7 more$/);
    });

    it('says when nothing is known', () => {
      expect(of([{ text: 'Hello' }], 'who', { identities: [] })).to.deep.equal(['Ines Bauer, first conversation: no address known']);
    });
  });

  describe('wants', () => {
    const cases: [string, Line[], string][] = [
      ['the question in English', [{ text: 'Hi, I bought a rack last week. It is nice. Does it fit the 29 inch model too? Best, Tom' }], '“Does it fit the 29 inch model too?” [conv-1/1]'],
      ['the request in German', [{ text: 'Guten Tag, ich habe im Oktober bestellt. Bitte schicken Sie mir die Rechnung 48213 noch einmal. Viele Grüße, Ines' }], '“Bitte schicken Sie mir die Rechnung 48213 noch einmal.” [conv-1/1]'],
      ['the question in Spanish', [{ text: 'Hola. Ayer pasé por la tienda. ¿Cuándo estará lista mi bici? Un saludo' }], '“¿Cuándo estará lista mi bici?” [conv-1/1]'],
      ['the request in French', [{ text: 'Bonjour, je suis passé hier. Pouvez-vous me rappeler au sujet du vélo ? Merci' }], '“Pouvez-vous me rappeler au sujet du vélo ?” [conv-1/1]'],
      ['the complaint where nothing is asked', [{ text: 'Hello. I got the parcel. The fork is broken.' }], '“The fork is broken.” [conv-1/1]'],
      ['the newest of several', [{ text: 'Do you have it in red?' }, { by: 'agent', text: 'Yes.' }, { text: 'And in blue, for 24.90?' }], '“And in blue, for 24.90?” [conv-1/3]'],
      ['both of two messages nobody has answered', [{ text: 'Do you have the frame in red?' }, { text: 'And when could I get it?' }], '“Do you have the frame in red?” [conv-1/1] “And when could I get it?” [conv-1/2]'],
      ['the order number that the question does not name', [{ text: 'My order is 48213.' }, { text: 'Can you please tell me in detail when exactly it was given to the courier, and by which of your warehouses?' }], '“Can you please tell me in detail when exactly it was given to the courier, and by which of your…” [conv-1/2]; order 48213 [conv-1/1]'],
      ['what was asked last when it is answered', [{ text: 'Wo bleibt mein Paket?' }, { by: 'agent', text: 'Es ist unterwegs.' }, { text: 'Danke!' }], '“Wo bleibt mein Paket?” [conv-1/1], answered [conv-1/2]'],
      ['what the bot did not answer', [{ text: 'Where is my parcel?' }, { by: 'bot', text: 'Which order is it about?' }, { text: '48213' }], '“Where is my parcel?” [conv-1/1]'],
      ['the greeting when there is nothing else', [{ text: 'Hello' }], '“Hello” [conv-1/1]'],
      ['a question in a language it has no rules for', [{ text: 'Buongiorno a tutti. Dove si trova il mio pacco?' }], '“Dove si trova il mio pacco?” [conv-1/1]'],
    ];
    for (const [name, lines, expected] of cases) {
      it(`is ${name}`, () => {
        expect(of(lines, 'wants')).to.deep.equal([expected]);
      });
    }

    it('tells of files and of a message that could not be read', () => {
      const file = { id: 'f', name: 'rim.jpg', mime: 'image/jpeg', size: 1, kind: 'image' as const };
      expect(read(briefForAgent(input([], { messages: [message('', { attachments: [file, { ...file, id: 'g' }] })] })), 'wants')).to.deep.equal(['with 2 attachments [conv-1/1]']);
      expect(read(briefForAgent(input([], { messages: [message('', { unreadable: 'broken base64' })] })), 'wants')).to.deep.equal(['a message that could not be read [conv-1/1]']);
    });

    it('is left out when the customer has written nothing', () => {
      expect(of([{ by: 'agent', text: 'Hello, your bike is ready.' }], 'wants')).to.deep.equal([]);
      expect(of([], 'wants')).to.deep.equal([]);
    });

    it('does not take an automatic mail for a wish', () => {
      expect(read(briefForAgent(input([], { messages: [message('I am out of office until Monday. Please write to my colleague.', { auto: ['auto-submitted'] })] })), 'wants')).to.deep.equal([]);
    });
  });

  describe('before', () => {
    it('says that a conversation was closed without an answer', () => {
      const ignored = pastStory({ conversationId: 'old', channelKind: 'webchat' }, [{ text: 'Is the blue one still there?', at: monday - 20 * day }]);
      expect(of([{ text: 'Hello' }], 'before', { past: [ignored] })).to.deep.equal(['“Is the blue one still there?” (web chat, 27 Oct) [old/1]: closed without an answer [old/1]']);
    });

    it('says that the last word was theirs', () => {
      const left = pastStory({ conversationId: 'old', subject: 'Blue one' }, [{ text: 'Is it there?', at: monday - 20 * day }, { by: 'agent', text: 'Which one do you mean?', at: monday - 20 * day }, { text: 'The blue one in size 56.', at: monday - 19 * day }]);
      expect(of([{ text: 'Hello' }], 'before', { past: [left] })).to.deep.equal(['Blue one (e-mail, 27 Oct) [old/1]: their last word [old/3]']);
    });

    it('says that a promise was kept when they said that it came', () => {
      const kept = pastStory({ conversationId: 'old', subject: 'Tube' }, [
        { text: 'The tube is missing.', at: monday - 20 * day }, { by: 'agent', text: 'We will send it by Friday.', at: monday - 20 * day + hour }, { text: 'It arrived today, thank you.', at: monday - 17 * day },
      ]);
      expect(of([{ text: 'Hello' }], 'before', { past: [kept] })).to.deep.equal(['Tube (e-mail, 27 Oct) [old/1]: we promised “We will send it by Friday” [old/2]: kept [old/3]']);
    });

    it('says of a promise in this conversation that it was not kept', () => {
      const lines: Line[] = [{ text: 'The tube is missing.', at: monday - 20 * day }, { by: 'outside', text: 'We will send it by Friday.', at: monday - 20 * day + hour }, { text: 'I am still waiting for it.', at: monday }];
      expect(of(lines, 'before')).to.deep.equal(['we promised “We will send it by Friday” [conv-1/2]: not kept [conv-1/3]']);
    });

    it('does not tell of spam, and not of this conversation as an earlier one', () => {
      const spam = pastStory({ conversationId: 'spam', status: 'spam' }, [{ text: 'Buy now' }]);
      const same = pastStory({ conversationId: 'conv-1' }, [{ text: 'Hello' }]);
      expect(of([{ text: 'Hello' }], 'before', { past: [spam, same] })).to.deep.equal([]);
    });
  });

  describe('open', () => {
    it('shows a promise that is not due yet, with its day', () => {
      const lines: Line[] = [{ text: 'The tube is missing.' }, { by: 'agent', text: 'We will send it by Friday.' }];
      expect(of(lines, 'open')).to.deep.equal(['we promised “We will send it by Friday” [conv-1/2], due 20 Nov']);
    });

    it('shows a promise whose day has passed without a word', () => {
      const lines: Line[] = [{ text: 'The tube is missing.', at: monday - 20 * day }, { by: 'agent', text: 'We will send it by Friday.', at: monday - 20 * day }];
      expect(of(lines, 'open')).to.deep.equal(['we promised “We will send it by Friday” [conv-1/2], was due 30 Oct']);
    });

    it('shows other conversations that wait, and those that only are open', () => {
      const snoozed = pastStory({ conversationId: 'z', status: 'snoozed', subject: 'Saddle' }, [{ text: 'Is it here?', at: monday - 9 * day }, { by: 'agent', text: 'Not yet.', at: monday - 9 * day }]);
      expect(of([{ text: 'Hello' }], 'open', { past: [parcel, snoozed] })).to.deep.equal(['“The parcel did not come.” (web chat, yesterday) [parcel/1]: waits since yesterday [parcel/1]; Saddle (e-mail, 7 Nov) [z/1]: snoozed']);
    });

    it('shows a wait whose conversation was not given', () => {
      const wait = { _id: 'far:m3', conversationId: 'far', customerId: 'cust-1', channelId: 'c', from: monday - 3 * day, fromReceivedAt: monday, firstSeq: 3, state: 'open' as const, n: 1, changeSeq: 1, kind: 'first' as const, known: true, priority: 'normal' as const, tags: [], asks: [], segments: [] };
      expect(of([{ text: 'Hello' }], 'open', { openWaits: [wait] })).to.deep.equal(['waits since 13 Nov [far/3]']);
    });

    it('counts the questions that did not fit above', () => {
      const lines = [{ text: 'Does it come in red? Does it come in blue? Does it come in green?' }];
      expect(of(lines, 'open')).to.deep.equal(['one more question [conv-1/1]']);
    });
  });

  describe('feels', () => {
    const upset = 'I am really disappointed.';
    const cases: [string, Line[], string[]][] = [
      ['nothing when nothing was felt', [{ text: 'Where is it?' }], []],
      ['upset since the first harsh word', [{ text: 'Where is it?' }, { text: upset, at: monday }, { text: 'This is unacceptable.' }], ['upset since yesterday [conv-1/2]']],
      ['calm at first, where they were', [{ text: 'Where is it?' }, { text: 'It should be here.' }, { text: upset }], ['calm at first, upset since yesterday [conv-1/3]']],
      ['calm again after two quiet messages', [{ text: upset }, { text: 'I see.' }, { text: 'When does it open?' }], ['upset yesterday [conv-1/1], calm since']],
      ['praise in their words', [{ text: 'The workshop did a great job!' }], ['praise yesterday “The workshop did a great job!” [conv-1/1]']],
      ['upset after praise, with both', [{ text: 'I love it.' }, { text: upset }], ['upset since yesterday [conv-1/2]; praise yesterday “I love it.” [conv-1/1]']],
      ['pleased after trouble, with both', [{ text: upset }, { text: 'Now it is fantastic.' }], ['praise yesterday “Now it is fantastic.” [conv-1/2]; upset yesterday [conv-1/1]']],
    ];
    for (const [name, lines, expected] of cases) {
      it(`is ${name}`, () => {
        expect(of(lines, 'feels')).to.deep.equal(expected);
      });
    }
  });

  describe('whatever the messages say', () => {
    const pieces = [
      'Where is my order 48213?', 'I am furious!', 'Thanks', 'The fork is broken', 'We will refund €24.90 by Friday.', 'It arrived, great job', 'Bitte um Rückruf bis morgen', '¿Cuándo llega?', 'Je suis déçu', '', '“quoted” words', '😡', 'a'.repeat(300), 'Hello,', 'see <b>this</b> & that\n\nregards',
    ];
    const line = fc.record({ by: fc.constantFrom<NonNullable<Line['by']>>('customer', 'agent', 'outside', 'bot'), text: fc.oneof(fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((list) => list.join(' ')), fc.string({ unit: 'grapheme', maxLength: 200 })), at: fc.integer({ min: monday - 40 * day, max: monday + day }) });
    const story = fc.record({ lines: fc.array(line, { maxLength: 6 }), status: fc.constantFrom('open', 'resolved', 'snoozed', 'spam'), subject: fc.option(fc.string({ maxLength: 100 }), { nil: undefined }) });
    const inputs = fc.record({ lines: fc.array(line, { maxLength: 8 }), stories: fc.array(story, { maxLength: 4 }), name: fc.string({ maxLength: 120 }) }).map(({ lines, stories, name }) =>
      input(lines, { customer: { name, firstSeenAt: 0 }, past: stories.map((each, index) => pastStory({ conversationId: `p${index}`, status: each.status, ...(each.subject === undefined ? {} : { subject: each.subject }) }, each.lines)) }));

    it('no line is longer than 140 characters, and there are at most six', () => {
      fc.assert(fc.property(inputs, (given) => {
        const { lines } = briefForAgent(given);
        expect(lines.length).to.be.within(1, 6);
        for (const each of lines) expect(textOfParts(each.parts).length, textOfParts(each.parts)).to.be.at.most(140);
      }), { numRuns: 300 });
    });

    it('every word between quotation marks stands in the message cited beside it', () => {
      let quotes = 0;
      fc.assert(fc.property(inputs, (given) => {
        const known = new Map([...given.messages, ...given.past.flatMap((each) => [...each.last])].map((each) => [each._id, each]));
        for (const part of briefForAgent(given).lines.flatMap((each) => each.parts)) {
          const quote = /^“([\s\S]*?)…?”(?: \([^()]*\))?$/.exec(part.text)?.[1];
          if (part.cite !== undefined) expect(known.get(part.cite.messageId)).to.include({ seq: part.cite.seq, conversationId: part.cite.conversationId });
          if (quote === undefined) continue;
          quotes += 1;
          const source = fold((known.get(part.cite?.messageId ?? '')?.text ?? '').replace(/\s+/gu, ' '));
          expect(source).to.include(fold(quote));
        }
      }), { numRuns: 300 });
      expect(quotes).to.be.greaterThan(100);
    });

    it('it is the same in whatever order messages and conversations come', () => {
      fc.assert(fc.property(inputs, (given) => {
        expect(briefForAgent({ ...given, messages: given.messages.toReversed(), past: given.past.toReversed() })).to.deep.equal(briefForAgent(given));
      }), { numRuns: 100 });
    });
  });
});
