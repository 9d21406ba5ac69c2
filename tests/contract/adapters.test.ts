import { readdirSync } from 'node:fs';
import { requirePeer } from '../support/peers.js';
import { adapterContract } from './adapter-contract.js';
import type { AdapterUnderTest } from './fake-platform.js';

/** Every adapter that has a descriptor, so that a new one cannot be forgotten here. */
const folder = new URL('./adapters/', import.meta.url);
const underTest: AdapterUnderTest[] = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts')).sort()) {
  const found = Object.values(await import(new URL(file, folder).href) as Record<string, unknown>).filter((value): value is AdapterUnderTest => typeof value === 'object' && value !== null && 'kind' in value && 'samples' in value);
  if (found.length === 0) throw new Error(`tests/contract/adapters/${file} exports no adapter under test`);
  underTest.push(...found);
}

describe('the adapter contract', () => {
  for (const under of underTest) {
    describe(`kept by ${under.kind}`, () => {
      before(function () {
        if (under.peer !== undefined) requirePeer(this, under.peer.name, under.peer.isFound);
      });
      adapterContract(under);
    });
  }
});
