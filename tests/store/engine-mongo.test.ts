import { expect } from 'chai';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { AppError } from '../../src/errors.js';
import type { CollectionSpec, Doc } from '../../src/store/driver.js';
import { openMongo } from '../../src/store/mongo/engine.js';
import { findMongo, type MongoPeer } from '../support/mongo.js';
import { requirePeer } from '../support/peers.js';

const spec: CollectionSpec<Doc & { n: number }> = { name: 'rows', indexes: [] };

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'no error';
  } catch (error) {
    return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
  }
}

/** A TCP relay to the server that can be cut and mended, as a network can. */
class Relay {
  readonly #open = new Set<Socket>();
  readonly #server: Server;
  cut = false;

  constructor(target: { host: string; port: number }) {
    this.#server = createServer((near) => {
      if (this.cut) {
        near.destroy();
        return;
      }
      const far = connect(target);
      for (const socket of [near, far]) {
        this.#open.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          this.#open.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
  }

  listen(): Promise<number> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve((this.#server.address() as AddressInfo).port)));
  }

  cutNow(): void {
    this.cut = true;
    for (const socket of this.#open) socket.destroy();
  }

  close(): Promise<void> {
    this.cutNow();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

describe('The MongoDB store', () => {
  it('says plainly when no server answers, or its URL cannot be read', async () => {
    expect(await codeOf(openMongo({ url: 'mongodb://127.0.0.1:1/?directConnection=true' }))).to.equal('store_unavailable');
    expect(await codeOf(openMongo({ url: 'postgres://127.0.0.1/' }))).to.equal('store_unavailable');
  });

  describe('when the network to its server breaks', () => {
    let peer: MongoPeer | undefined;
    let relay: Relay;
    before(async function () {
      peer = await findMongo();
      requirePeer(this, 'a MongoDB server', peer !== undefined);
      const { hostname, port } = new URL(peer?.url ?? '');
      relay = new Relay({ host: hostname, port: Number(port) || 27_017 });
    });
    after(async () => {
      if (peer === undefined) return;
      await relay.close();
      await peer.release();
    });

    it('refuses writes as unavailable and is not ready, and goes on by itself when the network is back', async () => {
      const port = await relay.listen();
      const engine = await openMongo({ url: `mongodb://127.0.0.1:${port}/?directConnection=true`, database: `test_${process.pid}_network` });
      try {
        await engine.prepare([spec as never]);
        const rows = engine.durable.collection(spec);
        await rows.delete({});
        expect(await rows.insert({ _id: 'a', n: 1 })).to.equal('inserted');
        relay.cutNow();
        const [insert, change, writable] = await Promise.all([codeOf(rows.insert({ _id: 'b', n: 1 })), codeOf(rows.change({ _id: 'a' }, { $inc: { n: 1 } })), engine.writable()]);
        expect([insert, change, writable]).to.deep.equal(['store_unavailable', 'store_unavailable', false]);
        relay.cut = false;
        expect(await rows.insert({ _id: 'c', n: 1 })).to.equal('inserted');
        expect(await rows.findOne({ _id: 'a' })).to.deep.equal({ _id: 'a', n: 1 });
        expect(await engine.writable()).to.equal(true);
        await rows.delete({});
      } finally {
        await engine.close();
      }
    });
  });
});
