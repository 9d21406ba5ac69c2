import { expect } from 'chai';
import type { Brief } from '../../src/inbox/model/brief.js';
import { createBot } from '../../src/bot/create-bot.js';
import type { Bot, BotTurn } from '../../src/inbox/ports.js';
import { botLanguages } from '../../src/bot/signals/phrases.js';
import { wordsIn } from '../../src/bot/words/words-in.js';
import { conversation, day, hour, message, monday } from './support/people.js';
import { choices, facts, handOvers, spoken, stateStore, Talk, turn } from './support/turns.js';

const mail: Partial<BotTurn> = { conversation: conversation({ channelKind: 'email' }) };
const closed: Partial<BotTurn> = { opening: { openNow: false, opensAt: monday + 3 * day, timeZone: 'Europe/Berlin' } };

describe('The bot', () => {
  let store: ReturnType<typeof stateStore>;
  let bot: Bot;
  const talk = (base: Partial<BotTurn> = {}): Talk => new Talk(bot, base);

  before(async function () {
    this.timeout(30_000);
    await createBot({ store: stateStore() }).load();
  });
  beforeEach(() => {
    store = stateStore();
    bot = createBot({ store });
  });

  describe('in web chat', () => {
    it('greets once, says who it is, asks for the order number with choices, and hands over with what was found', async () => {
      const visitor = talk();
      const first = await visitor.says('Where is my parcel? It should have been here on Monday.');
      expect(spoken(first)).to.equal('Hello. I am Velo and bring your message to the right person at Velowerk. Which order is it about?');
      expect(choices(first)).to.deep.equal(['I do not have the number']);
      expect(handOvers(first)).to.deep.equal([]);
      const second = await visitor.says('48213');
      expect(facts(second)).to.deep.equal({ orderNumber: '48213' });
      expect(spoken(second)).to.equal('Thank you, order 48213 is noted. I pass this on to the team. They see everything you wrote here. Somebody answers here as soon as they can.');
      expect(handOvers(second).map((action) => action.reason)).to.deep.equal(['the customer gave the order number']);
    });

    it('answers a bare hello, and waits for what it is about', async () => {
      const visitor = talk();
      expect(spoken(await visitor.says('Hello'))).to.equal('Hello. I am Velo and bring your message to the right person at Velowerk. Write in a few words what it is about.');
      expect(spoken(await visitor.says('My parcel has not arrived'))).to.equal('Which order is it about?');
      expect(handOvers(await visitor.says('it is 48213 I think'))).to.have.length(1);
    });

    it('does not ask for what was said already', async () => {
      const actions = await talk().says('Where is my order 48213?');
      expect(facts(actions)).to.deep.equal({ language: 'en', orderNumber: '48213' });
      expect(spoken(actions)).to.not.include('?');
      expect(handOvers(actions).map((action) => action.reason)).to.deep.equal(['the bot cannot answer this']);
    });

    it('does not ask for a number that stands in an earlier message', async () => {
      const visitor = talk();
      await visitor.says('Hi');
      visitor.history.push(message('My order is 48213', { seq: 3 }));
      expect(handOvers(await visitor.says('where is it, my parcel?'))).to.have.length(1);
    });

    it('asks for an address when they could not be reached, before anything else, and only once', async () => {
      const visitor = talk({ needsAddress: true });
      const first = await visitor.says('Where is my order?');
      expect(spoken(first)).to.include('Which e-mail address can we answer to if you leave this page?');
      expect(choices(first)).to.deep.equal(['I will wait here']);
      const second = await visitor.says('Ines.Bauer@posteo.example thanks');
      expect(facts(second)).to.deep.equal({ address: 'ines.bauer@posteo.example' });
      expect(spoken(second)).to.match(/^Thank you. If you leave, the answer goes to ines\.bauer@posteo\.example\./);
      expect(handOvers(second)).to.have.length(1);
    });

    it('takes “I will wait here” and goes on', async () => {
      const visitor = talk({ needsAddress: true });
      await visitor.says('Do you have it in red?');
      const second = await visitor.says('I will wait here');
      expect(spoken(second)).to.match(/^All right\. I pass this on/);
      expect(handOvers(second).map((action) => action.reason)).to.deep.equal(['the customer gave no e-mail address']);
    });

    it('takes an answer in another language than the question', async () => {
      const visitor = talk({ needsAddress: true });
      await visitor.says('Wo bleibt mein Paket?');
      expect(handOvers(await visitor.says('I will wait here')).map((action) => action.reason)).to.deep.equal(['the customer gave no e-mail address']);
    });

    it('hands over when the answer is something else, and does not ask again', async () => {
      const visitor = talk();
      await visitor.says('Where is my order?');
      const second = await visitor.says('it was a blue one');
      expect(spoken(second)).to.not.include('?');
      expect(handOvers(second).map((action) => action.reason)).to.deep.equal(['the customer wrote something else than the order number']);
    });

    it('offers the orders that the brief names', async () => {
      const brief: Brief = { lines: [{ kind: 'before', parts: [{ text: 'Cargo bike, order 48213 (e-mail, 9 Nov)' }] }] };
      expect(choices(await talk({ brief }).says('Where is my parcel?'))).to.deep.equal(['48213', 'Another one', 'I do not have the number']);
    });

    it('hands over without any question to who asks for a person', async () => {
      const actions = await talk({ needsAddress: true }).says('I want to talk to a human about my order');
      expect(spoken(actions)).to.equal('Hello. I pass you on to a person. They see everything you wrote here. Somebody answers here as soon as they can. If you leave, write your e-mail address here and the answer comes there.');
      expect(handOvers(actions).map((action) => action.reason)).to.deep.equal(['the customer asked for a person']);
    });

    it('hands over without any question when they are upset, and says that it is sorry', async () => {
      const actions = await talk().says('This is unacceptable. Where is my order?');
      expect(spoken(actions)).to.match(/^Hello\. I am sorry about this\. I pass this on to the team\./);
      expect(handOvers(actions).map((action) => action.reason)).to.deep.equal(['the customer is upset']);
    });

    it('hands over when they become upset after the question', async () => {
      const visitor = talk();
      await visitor.says('Where is my order?');
      expect(handOvers(await visitor.says('I am furious')).map((action) => action.reason)).to.deep.equal(['the customer is upset']);
    });

    it('says when somebody answers outside business hours, by the customer’s own clock', async () => {
      expect(spoken(await talk(closed).says('Do you have it in red?'))).to.include('We are closed right now. Somebody answers on Thursday at 10:00.');
      expect(spoken(await talk({ ...closed, conversation: conversation({ _id: 'conv-2' }), customerTimeZone: 'America/New_York' }).says('Do you have it in red?'))).to.include('on Thursday at 04:00.');
    });

    it('promises no time when no opening is known', async () => {
      expect(spoken(await talk({ opening: { openNow: false, timeZone: 'Europe/Berlin' } }).says('Do you have it in red?'))).to.include('Somebody answers when we are back.');
    });

    it('hands over when they stay silent after its question, and takes a late answer as a fact', async () => {
      const visitor = talk();
      await visitor.says('Where is my order?');
      expect(handOvers(await visitor.staysSilent()).map((action) => action.reason)).to.deep.equal(['the customer did not give the order number']);
      expect(await visitor.says('48213, sorry, I was away')).to.deep.equal([{ type: 'note_facts', orderNumber: '48213' }]);
    });

    it('hands over who only said hello and nothing more', async () => {
      const visitor = talk();
      await visitor.says('Hello');
      expect(handOvers(await visitor.staysSilent()).map((action) => action.reason)).to.deep.equal(['the customer wrote only a greeting']);
    });

    it('is not disturbed by silence when it has handed over', async () => {
      const visitor = talk();
      await visitor.says('Do you have it in red?');
      expect(await visitor.staysSilent()).to.deep.equal([]);
    });

    it('notes an address that comes after the hand-over, and says nothing', async () => {
      const visitor = talk({ needsAddress: true });
      await visitor.says('I want to talk to a human');
      expect(await visitor.says('my mail is ines@posteo.example')).to.deep.equal([{ type: 'note_facts', address: 'ines@posteo.example' }]);
      expect(await visitor.says('hello?')).to.deep.equal([]);
    });

    it('notes that it is urgent', async () => {
      expect(facts(await talk().says('This is urgent, do you have a tube?'))).to.deep.equal({ language: 'en', urgency: 'high' });
    });

    for (const [name, text] of [['nothing', ''], ['a wave', '👋'], ['spaces', ' \n\t '], ['50,000 characters', 'My bike makes a noise. '.repeat(2_200)], ['markup', '<img src=x onerror=alert(1)>'], ['a lone surrogate', '\ud800'], ['prototype names', '__proto__ constructor toString']] as const) {
      it(`hands over ${name} without failing`, async () => {
        const actions = await talk().says(text);
        expect(handOvers(actions)).to.have.length(1);
        expect(spoken(actions)).to.not.equal('');
      });
    }

    it('hands over a photo without a word', async () => {
      const photo = message('', { attachments: [{ id: 'f', name: 'rim.jpg', mime: 'image/jpeg', size: 1, kind: 'image' }] });
      expect(handOvers(await talk().says('', { message: photo }))).to.have.length(1);
    });
  });

  describe('by e-mail', () => {
    it('says nothing while somebody is there, and hands over at once', async () => {
      const actions = await talk(mail).says('Where is my order?');
      expect(actions.map((action) => action.type)).to.deep.equal(['note_facts', 'hand_over']);
    });

    it('writes one note outside business hours: when somebody answers, and that the number would help', async () => {
      const sender = talk({ ...mail, ...closed });
      expect(spoken(await sender.says('Guten Tag, wo bleibt meine Bestellung?'))).to.equal(
        'Guten Tag. Ihre Nachricht ist angekommen. Wir haben gerade geschlossen. Es antwortet Ihnen jemand am Donnerstag um 10:00 Uhr. Die Bestellnummer hilft uns beim Suchen: Antworten Sie damit auf diese E-Mail, wenn Sie sie zur Hand haben.');
      expect(await sender.says('Hallo? Ist da jemand?')).to.deep.equal([]);
      expect(await sender.says('Bitte bestätigen Sie den Eingang.')).to.deep.equal([]);
    });

    it('confirms the arrival when they ask for it', async () => {
      expect(spoken(await talk(mail).says('Hiermit kündige ich den Wartungsvertrag. Bitte bestätigen Sie den Eingang.'))).to.equal('Guten Tag. Ihre Nachricht ist angekommen. Jemand aus dem Team liest sie und antwortet Ihnen.');
    });

    it('answers no thanks and nothing unreadable, and hands both over', async () => {
      expect((await talk({ ...mail, ...closed }).says('Thank you!')).map((action) => action.type)).to.deep.equal(['note_facts', 'hand_over']);
      const broken = message('', { unreadable: 'broken base64' });
      const actions = await talk({ ...mail, ...closed, conversation: conversation({ _id: 'conv-2', channelKind: 'email' }) }).says('', { message: broken });
      expect(actions.map((action) => (action.type === 'hand_over' ? action.reason : action.type))).to.deep.equal(['the message could not be read']);
    });

    it('never answers what a machine has written, and does not even hand it over', async () => {
      const auto = message('I am out of office.', { auto: ['auto-submitted'] });
      expect(await talk({ ...mail, ...closed }).says('', { message: auto })).to.deep.equal([]);
      expect(store.rows.size).to.equal(0);
    });

    it('takes no address from a signature', async () => {
      expect(facts(await talk(mail).says('Where is it? --\nInes, ines@velowerk.example'))).to.deep.equal({ language: 'en' });
    });
  });

  describe('keeps its place', () => {
    it('says nothing once a human has spoken', async () => {
      expect(await talk({ conversation: conversation({ ownership: 1 }) }).says('Where is my order?')).to.deep.equal([]);
    });

    it('says nothing in spam, and nothing to what we wrote ourselves', async () => {
      expect(await talk({ conversation: conversation({ status: 'spam' }) }).says('Buy now')).to.deep.equal([]);
      expect(await talk().says('', { message: message('Your bike is ready', { by: 'outside' }) })).to.deep.equal([]);
    });

    it('hands over the brief it was given', async () => {
      const brief: Brief = { lines: [{ kind: 'who', parts: [{ text: 'Ines Bauer' }] }], upToMessageId: 'm1' };
      expect(handOvers(await talk({ brief }).says('Do you have it in red?'))[0]?.brief).to.deep.equal(brief);
    });

    it('gives the same actions for the same message again, even after newer ones, and after a restart', async () => {
      const first = turn('Where is my order?');
      const actions = await bot.takeTurn(first);
      const second = turn('48213', { message: message('48213', { seq: 3 }) });
      const done = await bot.takeTurn(second);
      const restarted = createBot({ store });
      expect(await restarted.takeTurn(first)).to.deep.equal(actions);
      expect(await restarted.takeTurn({ ...second, now: monday + 9 * hour, opening: { openNow: false, timeZone: 'UTC' } })).to.deep.equal(done);
      expect(store.writes).to.equal(2);
    });

    it('lets an older message pass that it never saw', async () => {
      await bot.takeTurn(turn('Where is my order?', { message: message('Where is my order?', { seq: 5 }) }));
      expect(await bot.takeTurn(turn('Hello', { message: message('Hello', { seq: 2 }) }))).to.deep.equal([]);
    });

    it('gives both of two turns that run at once for one message the same actions', async () => {
      const twice = await Promise.all([bot.takeTurn(turn('Where is my order?')), createBot({ store }).takeTurn(turn('Where is my order?'))]);
      expect(twice[0]).to.deep.equal(twice[1]);
      expect(store.writes).to.equal(1);
    });

    it('gives up with a conflict when others are always faster', async () => {
      const busy = createBot({ store: { ...store, read: () => Promise.resolve([]), write: () => Promise.resolve(false) } });
      const error = await busy.takeTurn(turn('Where is my order?')).then(() => undefined, (thrown: unknown) => thrown);
      expect(error).to.include({ code: 'conflict' });
    });

    it('keeps none of the customer’s words but a number or an address', async () => {
      const visitor = talk();
      await visitor.says('Where is my parcel with the secret?');
      await visitor.says('48213 and something private');
      expect([...store.rows.values()].map((row) => row.json).join('')).to.include('48213').and.not.include('secret').and.not.include('private');
    });
  });

  describe('speaks', () => {
    it('the workspace’s language to who writes one it does not know', async () => {
      const actions = await talk({ defaultLanguage: 'de' }).says('Dove si trova il mio pacco? Non è ancora arrivato.');
      expect(facts(actions)).to.deep.equal({ language: 'it' });
      expect(spoken(actions)).to.match(/^Guten Tag\. Ich gebe das an das Team weiter\./);
    });

    it('the language of the conversation to an answer that is only a number', async () => {
      const visitor = talk({ defaultLanguage: 'en' });
      await visitor.says('¿Dónde está mi pedido?');
      expect(spoken(await visitor.says('48213'))).to.match(/^Gracias, el pedido 48213 queda anotado\./);
    });

    it('English when nothing is known', async () => {
      expect(spoken(await talk().says('48213'))).to.match(/^Hello\./);
    });

    for (const language of botLanguages) {
      it(`without exclamation marks, and with one question mark at most, in ${language}`, () => {
        const words = wordsIn(language);
        const names = { botName: 'Velo', companyName: 'Velowerk' };
        const all = Object.values(words).map((word: unknown) => (typeof word === 'function' ? String(word(names)) : String(word)));
        expect(all.filter((text) => /[!¡]/.test(text))).to.deep.equal([]);
        expect(all.filter((text) => text.includes('?')).sort()).to.deep.equal([words.askAddress, words.askOrder].sort());
        expect(words.introduction({ botName: 'Velo', companyName: '' })).to.match(/Velo\b.*[\p{L}]\.$/u);
      });
    }
  });
});
