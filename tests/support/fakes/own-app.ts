import { sign } from '../../../src/adapters/webhook/verify.js';
import { asNumber, asText, field } from '../../../src/adapters/lib/read-json.js';
import type { WebhookRequest } from '../../../src/adapters/contract/abilities.js';
import type { Json } from '../../../src/inbox/model/common.js';
import type { FarEnd, Failure, Person, Posted, Received } from '../../contract/fake-platform.js';
import { startLoopbackServer } from './loopback-server.js';

const secret = 'signing-secret-of-the-till';
type Request = Omit<WebhookRequest, 'receivedAt'>;

/** An operator's own system at the far end of a webhook channel: it signs what it posts, and knows a message by its id. */
export async function startOwnApp(): Promise<FarEnd> {
  const taken: (Received & { seq: number })[] = [];
  let next: Failure | undefined;
  let post: (request: Request) => Promise<{ status: number; body: string }> = () => Promise.reject(new Error('nobody is connected'));
  let count = 0;
  const server = await startLoopbackServer((call) => {
    const failure = next;
    next = undefined;
    if (failure === 'rate_limited') return { status: 429, headers: { 'retry-after': '1' } };
    if (failure === 'server_error') return { status: 500 };
    if (failure === 'token_revoked') return { status: 401 };
    if (failure === 'not_found') return { status: 404 };
    const id = asText(field(call.json, 'id')) ?? '';
    if (!taken.some((known) => known.externalId === id)) {
      taken.push({ conversation: asText(field(call.json, 'conversation')) ?? '', text: asText(field(call.json, 'text')) ?? '', externalId: id, files: [], seq: asNumber(field(call.json, 'seq')) ?? 0 });
    }
    return failure === 'lost_answer' ? 'hang_up' : { status: 200, json: { ok: true } };
  });
  const signed = (rawBody: Buffer, seconds = Math.floor(Date.now() / 1_000)): Request => ({ method: 'POST', query: {}, headers: { 'content-type': 'application/json', 'x-rapport-signature': sign(rawBody, secret, seconds) }, rawBody });
  const deliver = async (body: Json): Promise<void> => {
    const answer = await post(signed(Buffer.from(JSON.stringify(body))));
    if (answer.status !== 200) throw new Error(`refused: ${answer.status} ${answer.body}`);
  };
  const message = (what: { conversation: string; from: Person; text: string; outside?: boolean }): { id: string; body: Json } => {
    count += 1;
    const id = `post-${count}`;
    return { id, body: { type: 'message', id, conversation: what.conversation, from: { id: what.from.id, name: what.from.name }, text: what.text, sentAt: Date.now(), ...(what.outside === true ? { outside: true, by: 'Jonas at the till' } : {}) } };
  };
  const say = async (what: Parameters<typeof message>[0]): Promise<Posted> => {
    const { id, body } = message(what);
    await deliver(body);
    return { externalId: id, conversation: what.conversation, again: () => deliver(body) };
  };
  const sample = Buffer.from(JSON.stringify({ type: 'receipt', id: 'probe', conversation: 'c9', state: 'read', upTo: 1 }));
  return {
    settings: { deliverUrl: `${server.url}/answers` }, secrets: { secret }, allow: [server.host],
    connect: (given) => {
      post = given;
    },
    says: say,
    batch: async (posts, { broken }) => {
      const made = posts.map((each) => ({ ...each, ...message(each) }));
      const [first, ...others] = made.map((each) => each.body);
      await deliver({ events: [first ?? null, ...(broken ? [{ type: 'carrier_pigeon', id: 'odd-1' }] : []), ...others] });
      return made.map((each) => ({ externalId: each.id, conversation: each.conversation, again: () => deliver(each.body) }));
    },
    edits: 'the format has no edits', deletes: 'the format has no deletions', reacts: 'the format has no reactions', typing: 'the format has no typing',
    receipt: (sent, state) => deliver({ type: 'receipt', id: `${state}-${sent.externalId.slice(-40)}`, conversation: sent.conversation, state, upTo: taken.find((known) => known.externalId === sent.externalId)?.seq ?? 1 }),
    outside: (conversation, text) => say({ conversation, from: { id: 'ines-kern', name: 'Ines Kern' }, text, outside: true }),
    echoes: 'it is told our messages and tells none of them back', botSays: 'what its bots say is its own affair',
    unknownKind: async () => {
      await deliver({ type: 'smoke_signal', id: 'odd-2' });
      return 'smoke_signal';
    },
    received: () => taken,
    failNext: (failure) => {
      next = failure;
    },
    webhook: {
      good: () => signed(sample),
      bad: {
        wrong: () => ({ ...signed(sample), headers: { 'x-rapport-signature': sign(sample, 'another-secret-altogether', Math.floor(Date.now() / 1_000)) } }),
        missing: () => ({ ...signed(sample), headers: {} }),
        'other bytes': () => ({ ...signed(sample), rawBody: Buffer.concat([sample, Buffer.from(' ')]) }),
        stale: () => signed(sample, Math.floor(Date.now() / 1_000) - 400),
      },
      sign: (body) => signed(body),
      ackWithinMs: 3_000,
    },
    stop: server.stop,
  };
}
