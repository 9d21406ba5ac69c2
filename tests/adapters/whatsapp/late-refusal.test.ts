import { expect } from 'chai';
import { whatsappUnderTest } from '../../contract/adapters/whatsapp.js';
import { openAdapterWorld } from '../../contract/adapter-world.js';
import { startWhatsApp } from '../../support/fakes/meta-whatsapp.js';
import { embeddedDatabases } from '../../support/engines.js';
import { waitFor } from '../../support/wait-for.js';

const ines = { id: 'ines-kern', name: 'Ines Kern' };

describe('what WhatsApp tells of a message after it took it', () => {
  const databases = embeddedDatabases();
  let far: Awaited<ReturnType<typeof startWhatsApp>>;
  let w: Awaited<ReturnType<typeof openAdapterWorld>>;

  beforeEach(async () => {
    far = await startWhatsApp();
    w = await openAdapterWorld({ ...whatsappUnderTest, start: () => Promise.resolve(far) }, await databases.open());
  });
  afterEach(() => w.close());

  const answered = async (text: string, until: string) => {
    const { conversationId } = await w.arrived(await far.says({ conversation: 'c1', from: ines, text: 'A question' }));
    const message = await w.answer(conversationId, text, { until: [until] });
    const [received] = far.received();
    if (received === undefined) throw new Error('nothing was received');
    return { conversationId, message, received };
  };

  it('that the window is closed: the message has failed, the composer says why, and the customer waits on', async () => {
    const { conversationId, message, received } = await answered('Too late', 'sent');
    await far.status(received, 'failed', { errors: [{ code: 131047, title: 'Re-engagement message', error_data: { details: 'More than 24 hours have passed.' } }] });
    await w.settle();
    const failed = await w.c.messages.get(message._id);
    expect(failed?.delivery).to.include({ state: 'failed', because: 'window_closed' });
    const conversation = await w.c.conversations.get(conversationId);
    expect(conversation?.replyBlocked?.because).to.equal('window_closed');
    expect(conversation?.waitingSince).to.be.a('number');
  });

  it('that it was sent: an answer whose sending was cut off is known to have arrived', async () => {
    far.failNext('lost_answer');
    const { message, received } = await answered('Cut off', 'unknown');
    await far.status(received, 'delivered');
    await waitFor(async () => (await w.c.messages.get(message._id))?.delivery?.state === 'delivered', { what: 'delivered' });
    expect(far.received()).to.have.length(1);
  });
});
