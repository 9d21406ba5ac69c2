import { expect } from 'chai';
import type { Json } from '../../src/inbox/model/common.js';
import type { AdapterUnderTest, FarEnd } from './fake-platform.js';
import { offered } from './adapter-contract-tools.js';
import type { AdapterWorld } from './adapter-world.js';

const mutations = 10_000;
const nasty: Json[] = [null, true, -1, 1e308, '', '\u0000', '\ud800', 'x'.repeat(5_000), [], {}, [[[[[]]]]], { $ne: 1 }, JSON.parse('{"__proto__":{"polluted":1},"constructor":1}') as Json, '../../etc/passwd', 'javascript:alert(1)', 9007199254740993];

/** The same numbers in every run, so that a failure can be looked at again. */
function randomSource(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function mutate(value: Json, random: () => number): Json {
  if (random() < 0.12) return nasty[Math.floor(random() * nasty.length)] ?? null;
  if (Array.isArray(value)) {
    const list = value.map((item) => mutate(item, random));
    return random() < 0.1 ? [...list, ...list] : random() < 0.1 ? list.slice(1) : list;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (random() < 0.05 ? [] : [[random() < 0.03 ? `${key}x` : key, mutate(item, random)] as const])));
  }
  return value;
}

/** Signatures, and whatever else may stand in a request. */
export function badInputContract(under: AdapterUnderTest, world: () => AdapterWorld): void {
  const hook = (context: Mocha.Context): NonNullable<FarEnd['webhook']> => offered(context, world().farEnd.webhook ?? 'it comes over a connection that we opened', 'signatures');
  const receive = async (request: ReturnType<NonNullable<FarEnd['webhook']>['good']>): Promise<number> => {
    const { adapter, account } = world();
    if (!('receive' in adapter)) throw new Error('the adapter takes no webhooks');
    const take = adapter.receive as (r: object, a: object) => Promise<{ accepted: boolean; status?: number }>;
    const result = await take({ ...request, receivedAt: Date.now() }, account);
    return result.accepted ? 200 : result.status ?? 0;
  };

  it('a good signature is let in; a wrong, missing, stale one, or one over other bytes, is 401 and leaves no row', async function () {
    const webhook = hook(this);
    expect(await receive(webhook.good())).to.equal(200);
    for (const [name, request] of Object.entries(webhook.bad)) expect(await receive(request()), name).to.be.oneOf([401, 403]);
    expect((await world().ledger()).length).to.equal(0);
  });

  it('the platform’s challenge is answered, a stranger’s is not', async function () {
    const webhook = hook(this);
    const challenge = offered(this, webhook.challenge ?? 'it asks none', 'the challenge');
    const { adapter, account } = world();
    if (!('receive' in adapter)) throw new Error('the adapter takes no webhooks');
    const take = adapter.receive as (r: object, a: object) => Promise<{ accepted: boolean; body?: string }>;
    expect((await take({ ...challenge.request, receivedAt: Date.now() }, account)).body).to.equal(challenge.answer);
    expect((await take({ ...challenge.refused, receivedAt: Date.now() }, account)).accepted).to.equal(false);
  });

  it('a body that is no JSON, or not what it should be, is an answer below 500', async function () {
    const webhook = hook(this);
    for (const body of ['', '{', 'null', '[]', '"text"', '0', '{"a":', '\u0000', '<xml/>', '{}']) {
      expect(await receive(webhook.sign(Buffer.from(body))), JSON.stringify(body)).to.be.lessThan(500);
    }
  });

  it(`${mutations.toLocaleString('en')} mutated payloads are read without a crash`, function () {
    this.timeout(120_000);
    const random = randomSource(7);
    expect(under.samples.length).to.be.at.least(5);
    for (let n = 0; n < mutations; n += 1) {
      const sample = under.samples[n % under.samples.length] ?? null;
      const payload = mutate(sample, random);
      try {
        under.parse(payload);
      } catch (error) {
        throw new Error(`${String(error)} at ${JSON.stringify(payload).slice(0, 2_000)}`, { cause: error });
      }
    }
  });

  it('mutated payloads with a good signature are an answer below 500, and those without one leave no row', async function () {
    this.timeout(120_000);
    const webhook = hook(this);
    const random = randomSource(11);
    for (let n = 0; n < 1_000; n += 1) {
      const body = Buffer.from(JSON.stringify(mutate(under.samples[n % under.samples.length] ?? null, random)) ?? 'null');
      expect(await receive(webhook.sign(body))).to.be.lessThan(500);
      const unsigned = webhook.bad.missing();
      expect(await receive({ ...unsigned, rawBody: body })).to.be.oneOf([400, 401, 403]);
    }
    expect((await world().ledger()).length).to.equal(0);
  });

  it('a message is durable when the platform gets its ack, and well within its time', async function () {
    const webhook = hook(this);
    const w = world();
    const from = performance.now();
    const post = await w.farEnd.says({ conversation: 'c1', from: { id: 'ines-kern', name: 'Ines Kern' }, text: 'Acknowledged' });
    expect(performance.now() - from).to.be.lessThan(webhook.ackWithinMs);
    expect((await w.message(post))?.text).to.equal('Acknowledged');
  });
}
