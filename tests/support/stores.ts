import { randomBytes } from 'node:crypto';
import { findMongo, type MongoPeer } from './mongo.js';
import { requirePeer } from './peers.js';

/**
 * One `describe` per store for tests of the whole product: `storeEnv()` gives the environment of a fresh database. The
 * embedded store always, MongoDB where a server is found.
 */
export function eachStore(define: (storeEnv: () => Record<string, string>, name: 'embedded' | 'mongo') => void): void {
  describe('with everything in one file', () => {
    define(() => ({}), 'embedded');
  });
  describe('on MongoDB', () => {
    let peer: MongoPeer | undefined;
    before(async function () {
      peer = await findMongo();
      requirePeer(this, 'a MongoDB server', peer !== undefined);
    });
    after(() => peer?.release());
    define(() => ({ MONGODB_URL: peer?.url ?? '', MONGODB_DATABASE: `rapport_${randomBytes(6).toString('hex')}` }), 'mongo');
  });
}
