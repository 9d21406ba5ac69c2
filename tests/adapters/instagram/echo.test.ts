import { expect } from 'chai';
import { instagramUnderTest } from '../../contract/adapters/instagram.js';
import { openAdapterWorld } from '../../contract/adapter-world.js';
import { embeddedDatabases } from '../../support/engines.js';
import { startDirect } from '../../support/fakes/meta-direct.js';

const ines = { id: 'ines-kern', name: 'Ines Kern' };
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

describe('a picture sent by Instagram, whose echo has no words', () => {
  const databases = embeddedDatabases();
  let far: Awaited<ReturnType<typeof startDirect>>;
  let w: Awaited<ReturnType<typeof openAdapterWorld>>;

  beforeEach(async () => {
    far = await startDirect('instagram');
    w = await openAdapterWorld({ ...instagramUnderTest, start: () => Promise.resolve(far) }, await databases.open());
  });
  afterEach(() => w.close());

  for (const order of ['before', 'after'] as const) {
    it(`is no second message when it comes ${order} the answer of the sending`, async () => {
      const { conversationId } = await w.arrived(await far.says({ conversation: 'c1', from: ines, text: 'A picture, please' }));
      if (typeof far.echoes !== 'function') throw new Error('there are echoes');
      far.echoes(order);
      const file = await w.actions.addUpload(w.viewer, { name: 'plan.png', maxBytes: 1_000_000, bytes: (async function* () { yield await Promise.resolve(picture); })() });
      const sent = await w.answer(conversationId, 'Here it is', { attachmentIds: [file.id] });
      await w.settle();
      expect((await w.talk(conversationId)).filter((one) => one.kind === 'out').map((one) => one._id)).to.deep.equal([sent._id]);
      expect(far.ledger).to.have.length(2);
    });
  }

  it('is one of a colleague’s when nothing of ours is under way', async () => {
    const { conversationId } = await w.arrived(await far.says({ conversation: 'c1', from: ines, text: 'A picture, please' }));
    await far.event({ sender: { id: far.accountId }, recipient: { id: far.personIn('c1') }, timestamp: Date.now(), message: { mid: 'm_theirs', is_echo: true, attachments: [{ type: 'image', payload: { url: `${far.graph.url}/media/none` } }] } });
    await w.settle();
    expect((await w.talk(conversationId)).at(-1)?.author.type).to.equal('outside');
  });
});
