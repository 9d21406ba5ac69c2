import { expect } from 'chai';
import type { Live, Notice } from '../../src/inbox/ports.js';
import { createInProcessLive } from '../../src/store/live/in-process.js';
import { waitFor } from '../support/wait-for.js';

interface Started {
  live: Live;
  warnings: object[];
  close(): Promise<void>;
}

/** Each implementation adds itself here. */
const implementations: { name: string; start: () => Promise<Started> }[] = [
  {
    name: 'in-process',
    start: () => {
      const warnings: object[] = [];
      const live = createInProcessLive({ log: { warn: (facts) => warnings.push(facts) } });
      return Promise.resolve({ live, warnings, close: () => Promise.resolve() });
    },
  },
];

const notice = (customerId: string): Notice => ({ kind: 'customer', customerId });

for (const { name, start } of implementations) {
  describe(`live notices (${name})`, () => {
    let running: Started;
    beforeEach(async () => {
      running = await start();
    });
    afterEach(() => running.close());

    it('tells every listener every notice, in the order of publishing', async () => {
      const heard: Notice[][] = [[], []];
      heard.forEach((list) => running.live.subscribe((one) => list.push(one)));
      const sent = Array.from({ length: 50 }, (_, n) => notice(`c${n}`));
      sent.forEach((one) => running.live.publish(one));
      await waitFor(() => heard.every((list) => list.length === 50));
      expect(heard).to.deep.equal([sent, sent]);
    });

    it('does not make the publisher wait for its listeners', async () => {
      let heard = false;
      running.live.subscribe(() => (heard = true));
      running.live.publish(notice('c1'));
      expect(heard).to.equal(false);
      await waitFor(() => heard);
    });

    it('goes on for everybody, also for the faulty one, when a listener throws or rejects', async () => {
      const heard: string[] = [];
      running.live.subscribe((one) => {
        heard.push(`throws ${one.kind}`);
        throw new Error('thrown');
      });
      running.live.subscribe((async () => {
        await Promise.resolve();
        throw new Error('rejected');
      }) as () => void);
      running.live.subscribe((one) => heard.push(`fine ${one.kind}`));
      running.live.publish({ kind: 'counts' });
      running.live.publish({ kind: 'counts' });
      await waitFor(() => heard.length === 4 && running.warnings.length === 4);
      expect(heard.filter((text) => text === 'fine counts')).to.have.length(2);
      expect(running.warnings).to.deep.include({ notice: 'counts', error: 'thrown' }).and.deep.include({ notice: 'counts', error: 'rejected' });
    });

    it('does not wait for a listener that takes its time', async () => {
      let heard = 0;
      running.live.subscribe((() => new Promise<void>(() => undefined)) as () => void);
      running.live.subscribe(() => (heard += 1));
      for (let n = 0; n < 3; n += 1) running.live.publish({ kind: 'counts' });
      await waitFor(() => heard === 3);
    });

    it('tells nothing more to one who has left, not even what was published before', async () => {
      const heard: string[] = [];
      const leave = running.live.subscribe(() => heard.push('left'));
      running.live.subscribe(() => heard.push('stayed'));
      running.live.publish(notice('c1'));
      leave();
      leave();
      running.live.publish(notice('c2'));
      await waitFor(() => heard.length >= 2);
      expect(heard).to.deep.equal(['stayed', 'stayed']);
    });

    it('counts the same function twice when it listens twice', async () => {
      let heard = 0;
      const listener = (): void => void (heard += 1);
      const leave = running.live.subscribe(listener);
      running.live.subscribe(listener);
      running.live.publish(notice('c1'));
      await waitFor(() => heard === 2);
      leave();
      running.live.publish(notice('c2'));
      await waitFor(() => heard === 3);
    });
  });
}
