import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { openBolt } from '../../../src/adapters/slack/bolt.js';
import type { ParseFacts } from '../../../src/adapters/slack/envelope.js';
import { parse } from '../../../src/adapters/slack/parse.js';
import { facts } from '../../contract/adapters/slack.js';

const folder = new URL('../../fixtures/slack/', import.meta.url);
const samples = readdirSync(folder).map((name) => ({ name, body: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as unknown }));

/** Facts that count how often a body was parsed. */
function counting(): { facts: ParseFacts; read: () => number } {
  let reads = 0;
  return { read: () => reads, facts: { ...facts, get channelId() {
    reads += 1;
    return 'chan1';
  } } };
}

describe('bolt behind our own receiver', () => {
  it('hands each kind of delivery to the one listener, and what it says is what parsing says', async () => {
    const listen = await openBolt();
    for (const { name, body } of samples) expect(await listen(body, facts), name).to.deep.equal(parse(body, facts));
  });

  it('parses a delivery once', async () => {
    const listen = await openBolt();
    const alone = counting();
    parse(samples[0]?.body, alone.facts);
    const through = counting();
    await listen(samples[0]?.body, through.facts);
    expect(through.read()).to.equal(alone.read());
  });

  it('what bolt stumbles over, or has no listener for, is parsed all the same', async () => {
    const listen = await openBolt();
    for (const body of [null, 7, [], {}, { event: 'text' }, { event: null }, { type: 'event_callback', event: 3, event_id: 'Ev1' }, { command: '/x' }, { type: 'view_submission' }, { event: { item: 5 } }]) {
      const events = await listen(body, facts);
      expect(events.map((event) => event.type), JSON.stringify(body)).to.deep.equal(['ignored']);
    }
  });

  it('deliveries that are under way at the same time are not mixed up', async () => {
    const listen = await openBolt();
    const all = await Promise.all(samples.map(({ body }, at) => listen(body, { ...facts, channelId: `chan${at}` })));
    all.forEach((events, at) => expect(events.map((event) => event.channelId)).to.deep.equal([`chan${at}`]));
  });
});
