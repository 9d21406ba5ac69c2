import { expect } from 'chai';
import { type AdapterWorld, openAdapterWorld } from '../../contract/adapter-world.js';
import { smsUnderTest } from '../../contract/adapters/sms.js';
import { embeddedDatabases } from '../../support/engines.js';
import { startTwilio } from '../../support/fakes/twilio.js';
import { waitFor } from '../../support/wait-for.js';

const ines = { id: 'ines', name: 'Ines Kern' };

describe('SMS in the inbox', () => {
  const databases = embeddedDatabases();
  let twilio: Awaited<ReturnType<typeof startTwilio>>;
  let w: AdapterWorld;
  beforeEach(async () => {
    twilio = await startTwilio();
    w = await openAdapterWorld({ ...smsUnderTest, start: () => Promise.resolve(twilio) }, await databases.open());
  });
  afterEach(() => w.close());

  const begin = async (text: string): Promise<string> => (await w.arrived(await twilio.says({ conversation: 'c1', from: ines, text }))).conversationId;
  const row = () => waitFor(() => twilio.ledger[0]);

  it('takes states in any order and never goes back', async () => {
    const sent = await w.answer(await begin('Ready?'), 'Yes.');
    await twilio.status(await row(), 'delivered');
    await twilio.status(await row(), 'sent');
    await twilio.status(await row(), 'queued');
    await w.settle();
    expect((await w.c.messages.get(sent._id))?.delivery?.state).to.equal('delivered');
  });

  it('learns from Twilio’s news what became of a message whose answer was lost', async () => {
    const conversationId = await begin('Ready?');
    twilio.state.lists = false;
    twilio.failNext('lost_answer');
    const sent = await w.answer(conversationId, 'Yes.', { until: ['unknown'] });
    await twilio.status(await row(), 'delivered');
    await waitFor(async () => (await w.c.messages.get(sent._id))?.delivery?.state === 'delivered');
  });

  it('sends nothing after STOP, asks nobody to answer it, and is open again after START', async () => {
    const conversationId = await begin('Ready?');
    await w.answer(conversationId, 'Yes.');
    await twilio.says({ conversation: 'c1', from: ines, text: 'STOP' });
    const blocked = await waitFor(async () => (await w.c.conversations.get(conversationId))?.replyBlocked);
    await w.settle();
    expect(blocked.because).to.equal('opted_out');
    expect((await w.c.conversations.get(conversationId))?.waitingSince).to.equal(undefined);
    await twilio.says({ conversation: 'c1', from: ines, text: 'Start' });
    await waitFor(async () => (await w.c.conversations.get(conversationId))?.replyBlocked === undefined);
  });
});
