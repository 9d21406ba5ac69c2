import { expect } from 'chai';
import { parse } from '../../../src/adapters/whatsapp/parse.js';
import { receiveInboundEvent } from '../../../src/inbox/receive-inbound-event.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';
import { openTestCore, type TestCore } from '../../support/core.js';
import { embeddedDatabases } from '../../support/engines.js';
import { phoneNumberId } from '../../support/fakes/meta-whatsapp.js';

const contact = (ids: { wa_id?: string; user_id?: string }) => ({ profile: { name: 'Ines Kern' }, ...ids });
const change = (value: object, field = 'messages') => ({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field, value: { metadata: { phone_number_id: phoneNumberId }, ...value } }] }] });
const said = (id: string, ids: { from?: string; from_user_id?: string }) => change({
  contacts: [contact({ ...(ids.from === undefined ? {} : { wa_id: ids.from }), ...(ids.from_user_id === undefined ? {} : { user_id: ids.from_user_id }) })],
  messages: [{ id, timestamp: '1763000000', type: 'text', text: { body: id }, ...ids }],
});

describe('who somebody is on WhatsApp', () => {
  const databases = embeddedDatabases();
  let t: TestCore;

  beforeEach(async () => {
    t = await openTestCore(await databases.open());
    await t.addChannel({ _id: 'chan1', kind: 'whatsapp', name: 'WhatsApp', settings: {} });
  });
  afterEach(() => t.close());

  async function take(body: unknown): Promise<void> {
    for (const event of parse(body, { channelId: 'chan1', receivedAt: t.core.clock(), phoneNumberId }).events) await receive(event);
    await t.core.lanes.idle();
  }
  const receive = (event: InboundEvent) => receiveInboundEvent(t.core, event);
  const conversationOf = async (wamid: string) => (await t.c.messages.get(`chan1:${wamid}`))?.conversationId;
  const personOf = async (wamid: string): Promise<string | undefined> => {
    const id = (await t.c.messages.get(`chan1:${wamid}`))?.customerId ?? '';
    return (await t.c.customers.get(id))?.joinedInto ?? id;
  };

  it('stays who they are, and where they are, when they hide their number and when they show it again', async () => {
    await take(said('wamid.1', { from: '4915112345678', from_user_id: 'DE.111' }));
    await take(said('wamid.2', { from_user_id: 'DE.111' }));
    await take(said('wamid.3', { from: '4915112345678', from_user_id: 'DE.111' }));
    expect(await conversationOf('wamid.2')).to.equal(await conversationOf('wamid.1'));
    expect(await conversationOf('wamid.3')).to.equal(await conversationOf('wamid.1'));
    expect(await personOf('wamid.2')).to.equal(await personOf('wamid.1'));
  });

  it('somebody with another number goes on in the same conversation, as the same person', async () => {
    await take(said('wamid.1', { from: '4915112345678', from_user_id: 'DE.111' }));
    await take(change({ messages: [{ from: '4915112345678', from_user_id: 'DE.111', id: 'wamid.s', timestamp: '1763000001', type: 'system', system: { type: 'user_changed_number', body: 'changed', wa_id: '4915187654321', user_id: 'DE.222' } }] }));
    await take(said('wamid.2', { from: '4915187654321', from_user_id: 'DE.222' }));
    expect(await conversationOf('wamid.2')).to.equal(await conversationOf('wamid.1'));
    expect(await personOf('wamid.2')).to.equal(await personOf('wamid.1'));
  });

  it('a new user id alone moves the thread, once', async () => {
    await take(said('wamid.1', { from: '4915112345678', from_user_id: 'DE.111' }));
    const update = change({ user_id_update: [{ user_id: { previous: 'DE.111', current: 'DE.222' }, wa_id: '4915112345678', timestamp: '1763000001' }] }, 'user_id_update');
    await take(update);
    await take(update);
    await take(said('wamid.2', { from_user_id: 'DE.222' }));
    expect(await conversationOf('wamid.2')).to.equal(await conversationOf('wamid.1'));
    expect(await personOf('wamid.2')).to.equal(await personOf('wamid.1'));
    const steps = (await t.c.messages.page(await conversationOf('wamid.1') ?? '', { limit: 50 })).filter((one) => one.step?.type === 'rekeyed');
    expect(steps).to.have.length(1);
  });

  it('somebody known by number only is the same person as soon as their user id comes', async () => {
    await take(said('wamid.1', { from: '551187654321' }));
    await take(said('wamid.2', { from: '5511987654321', from_user_id: 'BR.333' }));
    expect(await personOf('wamid.2')).to.equal(await personOf('wamid.1'));
  });
});
