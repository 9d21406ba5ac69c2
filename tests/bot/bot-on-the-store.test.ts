import { expect } from 'chai';
import { createBot } from '../../src/bot/create-bot.js';
import { openInboxStore } from '../../src/store/collections/collections.js';
import { botStateSpec, type BotStates } from '../../src/store/collections/files.js';
import { eachEngine } from '../support/engines.js';
import { handOvers, Talk, turn } from './support/turns.js';

describe('The bot', () => {
  eachEngine((_name, open) => {
    let states: BotStates;
    beforeEach(async () => {
      const engine = await open();
      await engine.prepare([botStateSpec]);
      states = openInboxStore(engine).now.botStates;
    });

    it('goes on where it was after a restart', async () => {
      const visitor = new Talk(createBot({ store: states }));
      await visitor.says('Where is my order?');
      const after = new Talk(createBot({ store: states }));
      after.history.push(...visitor.history);
      expect(handOvers(await after.says('48213')).map((action) => action.reason)).to.deep.equal(['the customer gave the order number']);
      expect(await states.read(['conv-1'])).to.have.length(1);
    });

    it('asks once when two processes take the same turn at once', async () => {
      const both = await Promise.all([createBot({ store: states }).takeTurn(turn('Where is my order?')), createBot({ store: states }).takeTurn(turn('Where is my order?'))]);
      expect(both[0]).to.deep.equal(both[1]);
      expect((await states.read(['conv-1']))[0]?.eTag).to.equal('1');
    });
  });
});
