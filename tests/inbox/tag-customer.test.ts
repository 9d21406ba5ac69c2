import { expect } from 'chai';
import { chatMessage, openTestCore, type TestCore } from '../support/core.js';
import { eachEngine } from '../support/engines.js';

eachEngine((_name, open) => {
  describe('tagging a customer', () => {
    let t: TestCore;
    beforeEach(async () => {
      t = await openTestCore(await open(), { botActions: () => [] });
      await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Web chat' });
      await t.c.targets.insert({ _id: 'vip', name: 'VIP customers', kind: 'first', minutes: 15, hours: 'calendar', teamIds: [], channelIds: [], priorities: [], customerTags: ['vip'], warnAtShare: 0.5, on: true, createdAt: 0 });
      await t.times.reload();
    });
    afterEach(() => t.close());

    it('holds whoever waits now against the target of that tag, and says why', async () => {
      const lena = await t.addAgent({ _id: 'lena', name: 'Lena Maurer', role: 'administrator' });
      await t.receive(chatMessage('m1', 'Where is my parcel?', { receivedAt: t.time.now }));
      const before = await t.c.waits.get('chat:m1');
      expect(before?.target?.id).to.equal('default');
      const picture = await t.actions.tagCustomer(lena, before?.customerId ?? '', [' VIP ', 'vip']);
      expect(picture.customer.tags).to.deep.equal(['vip']);
      const after = await t.c.waits.get('chat:m1');
      expect(after?.target).to.deep.include({ id: 'vip', name: 'VIP customers', dueAt: t.time.now + 15 * 60_000 });
      expect((await t.c.conversations.get(after?.conversationId ?? ''))?.due?.id).to.equal('vip');
    });

    it('is not for whoever may not see the customer', async () => {
      await t.addTeam('orders');
      await t.addTeam('workshop');
      await t.addChannel({ _id: 'shop', kind: 'webchat', name: 'Shop', teamId: 'orders' });
      const pieter = await t.addAgent({ _id: 'pieter', name: 'Pieter Claes', teamIds: ['workshop'] });
      await t.receive(chatMessage('m1', 'Where is my parcel?', { channelId: 'shop', receivedAt: t.time.now }));
      const customerId = (await t.c.waits.get('shop:m1'))?.customerId ?? '';
      const code = await t.actions.tagCustomer(pieter, customerId, ['vip']).then(() => 'none', (error: { code?: string }) => error.code);
      expect(code).to.equal('not_found');
      expect((await t.c.customers.get(customerId))?.tags).to.deep.equal([]);
    });
  });
});
