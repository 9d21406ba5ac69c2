import { expect } from 'chai';
import { TurnContext } from 'botbuilder-core';
import { CollectingAdapter } from '../../../src/bot/dialogs/collecting-adapter.js';
import { TurnStorage } from '../../../src/bot/dialogs/turn-storage.js';
import { stateStore } from '../support/turns.js';

const hello = { type: 'message', id: 'm1', text: 'Hello', channelId: 'webchat', serviceUrl: 'urn:rapport', conversation: { id: 'conv-1', isGroup: false, conversationType: 'personal', name: '' }, from: { id: 'v', name: 'Ines' }, recipient: { id: 'bot', name: 'Velo' } };

describe('What the bot sends', () => {
  it('is collected in order, may be corrected and taken back, and goes nowhere by itself', async () => {
    const adapter = new CollectingAdapter();
    await adapter.take(hello, async (context) => {
      const first = await context.sendActivity('one');
      const second = await context.sendActivity('two');
      await context.sendActivity('three');
      await context.updateActivity({ type: 'message', id: first?.id ?? '', text: 'first' });
      await context.deleteActivity(second?.id ?? '');
    });
    expect(adapter.sent.map((activity) => activity.text)).to.deep.equal(['first', 'three']);
  });

  it('is collected as well when the bot goes on in a conversation by itself', async () => {
    const adapter = new CollectingAdapter();
    await adapter.continueConversation(TurnContext.getConversationReference(hello), async (context) => void (await context.sendActivity('still there')));
    expect(adapter.sent.map((activity) => [activity.text, activity.conversation?.id])).to.deep.equal([['still there', 'conv-1']]);
  });
});

describe('What the bot remembers', () => {
  it('is not written over what somebody else wrote since it was read', async () => {
    const store = stateStore();
    const [mine, theirs] = [new TurnStorage(store, 1), new TurnStorage(store, 2)];
    await mine.read(['c']);
    await theirs.read(['c']);
    await theirs.write({ c: { memory: 'theirs', eTag: '*' } });
    const error = await mine.write({ c: { memory: 'mine', eTag: '*' } }).then(() => undefined, (thrown: unknown) => thrown);
    expect(error).to.include({ code: 'conflict' });
    expect(store.rows.get('c')).to.deep.equal({ _id: 'c', eTag: '1', json: '{"memory":"theirs"}', updatedAt: 2 });
  });

  it('may be written several times in one turn, and forgotten', async () => {
    const store = stateStore();
    const storage = new TurnStorage(store, 1);
    await storage.write({ c: { step: 1 } });
    await storage.write({ c: { step: 2 } });
    expect(await storage.read(['c'])).to.deep.equal({ c: { step: 2 } });
    await storage.delete(['c']);
    expect(await storage.read(['c'])).to.deep.equal({});
    await storage.write({ c: { step: 3 } });
    expect(store.rows.get('c')?.json).to.equal('{"step":3}');
  });
});
