import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { channelKinds } from '../../src/inbox/model/common.js';
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

/** Channels whose far end is no platform: they keep the same rules in suites of their own. */
const ownSuites = {
  email: 'tests/adapters/email, on a real IMAP and a real SMTP server',
  webchat: 'tests/adapters/webchat and tests/http/visitor-*, with the visitor’s own socket',
};

describe('the adapter contract', () => {
  it('is kept by every channel there is', () => {
    const tried = new Set<string>([...underTest.map((under) => under.kind), ...Object.keys(ownSuites)]);
    expect(channelKinds.filter((kind) => !tried.has(kind))).to.deep.equal([]);
  });

  for (const under of underTest) {
    describe(`kept by ${under.kind}`, () => {
      before(function () {
        if (under.peer !== undefined) requirePeer(this, under.peer.name, under.peer.isFound);
      });
      adapterContract(under);
    });
  }
});
