import { expect } from 'chai';
import { request } from 'node:http';
import { administrator, type Product, removeProducts, startProduct } from '../support/product.js';
import { eachStore } from '../support/stores.js';
import { waitFor } from '../support/wait-for.js';

interface Kept {
  items: { from: number; to: number; state: string }[];
}

eachStore((storeEnv) => {
  describe('Who was there, over restarts of the whole product', () => {
    after(removeProducts);

    /** Somebody has Rapport open, until the process ends. */
    const open = (product: Product): Promise<void> => new Promise((resolve) => {
      const sent = request(`${product.url}/api/v1/events`, { headers: { authorization: `Bearer ${administrator.key}` }, agent: false }, (response) => {
        response.once('data', () => resolve());
        // Cut off with the process.
        response.on('error', () => response.destroy());
      });
      sent.on('error', () => sent.destroy());
      sent.end();
    });
    const kept = async (product: Product): Promise<Kept['items']> => (await product.api<Kept>('GET', '/me/presence')).items;

    it('is one stretch that goes on when the process was killed and is soon back, and ends when it is stopped', async () => {
      const env = storeEnv();
      const first = await startProduct({ env });
      await open(first);
      const [begun] = await waitFor(async () => {
        const items = await kept(first);
        return items.length === 1 ? items : undefined;
      });
      await first.kill();

      const second = await startProduct({ env, dataDir: first.dataDir });
      expect(await kept(second), 'nothing is mended, nothing is lost').to.deep.equal([begun]);
      await open(second);
      const longer = await waitFor(async () => (await kept(second)).find((span) => span.to > (begun?.to ?? 0)));
      const stopping = Date.now();
      await second.stop();

      const third = await startProduct({ env, dataDir: first.dataDir });
      const [ended, ...others] = await kept(third);
      expect(others).to.deep.equal([]);
      expect(ended).to.include({ from: begun?.from, state: 'online' });
      expect(ended?.to).to.be.at.least(Math.max(stopping - 1, longer.to)).and.below(Date.now());
      await third.stop();
    });
  });
});
