import { expect } from 'chai';
import type { Agent } from '../../src/inbox/model/people.js';
import type { HttpClient } from '../support/http-client.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';

describe('The inbox over HTTP', () => {
  let world: HttpWorld;
  let ines: Agent;
  let client: HttpClient;
  let colleague: HttpClient;
  before(async () => {
    world = await openHttpWorld();
    ines = await world.addAgent({ name: 'Ines Sommer' });
    client = await world.signIn(ines);
    colleague = await world.signIn(await world.addAgent({ name: 'Tomás Rey' }));
  });
  after(() => world.close());

  let count = 0;
  const write = (text = 'My brake squeaks', from = `customer-${(count += 1)}`) => world.say({ from, text });
  const reply = (id: string, extra: object = {}, by = client) => by.post(`/conversations/${id}/reply`, { text: 'Thank you', clientId: `client-${(count += 1)}-abc`, ...extra });

  it('needs three calls to the first conversation: me, the list, and one for the whole screen', async () => {
    const id = await write('Where is my order?', 'Mira Feld');
    const me = (await client.get('/me')).body;
    expect(me.agent.id).to.equal(ines._id);
    expect(me.counts.open).to.be.greaterThan(0);
    const row = (await client.get('/conversations?view=open')).body.items[0];
    expect(row).to.deep.include({ id, customer: { id: row.customer.id, name: 'Mira Feld' }, status: 'open' });
    const detail = (await client.get(`/conversations/${id}?timeline=1`)).body;
    expect(detail.messages.map((message: { text: string }) => message.text)).to.include('Where is my order?');
    expect(detail.customer).to.deep.include({ id: row.customer.id, name: 'Mira Feld', conversationCount: 1 });
    expect(detail.brief.lines.length).to.be.greaterThan(0);
    expect(detail.reply).to.include({ channelState: 'on' });
    expect(detail.reply.textMax).to.be.greaterThan(0);
  });

  it('gives the list page by page, each conversation once', async () => {
    for (let n = 0; n < 7; n += 1) await write(`page me ${n}`);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = (await client.get(`/conversations?view=open&limit=3${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)).body;
      seen.push(...page.items.map((row: { id: string }) => row.id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(new Set(seen).size).to.equal(seen.length);
    expect(seen.length).to.be.at.least(7);
  });

  it('sends an answer once, however often it is asked to with the same client id', async () => {
    const id = await write();
    const body = { text: 'We have new pads for you.', clientId: 'the-same-client-id', force: true };
    const answers = await Promise.all([client.post(`/conversations/${id}/reply`, body), client.post(`/conversations/${id}/reply`, body)]);
    const again = await client.post(`/conversations/${id}/reply`, body);
    expect([...answers, again].map((answer) => answer.status)).to.deep.equal([201, 201, 201]);
    expect(new Set([...answers, again].map((answer) => answer.body.message.id)).size).to.equal(1);
    const messages = (await client.get(`/conversations/${id}/messages`)).body.messages;
    expect(messages.filter((message: { kind: string }) => message.kind === 'out')).to.have.length(1);
    expect(again.body.message).to.deep.include({ clientId: 'the-same-client-id', author: { type: 'agent', id: ines._id, name: 'Ines Sommer' } });
  });

  it('stops an answer that was written before something newer came, and says what', async () => {
    const id = await world.say({ from: 'pia', text: 'The blue one, please', thread: 'pia-1' });
    const { personSeen } = (await client.get(`/conversations/${id}`)).body;
    await world.say({ from: 'pia', text: 'No, the red one!', thread: 'pia-1' });
    const stopped = await reply(id, { personSeen, text: 'The blue one is on its way.' });
    expect(stopped.status).to.equal(409);
    expect(stopped.body.error.code).to.equal('stale_reply');
    expect(stopped.body.error.facts.newer).to.have.length.greaterThan(0);
    expect((await reply(id, { personSeen: stopped.body.error.facts.personSeen })).status).to.equal(201);
  });

  it('lets one of two take a conversation and tells the other who has it', async () => {
    const id = await write();
    const take = (by: HttpClient, me: string) => by.post(`/conversations/${id}/assign`, { assigneeId: me, ifAssignedTo: null });
    const other = (await colleague.get('/me')).body.agent.id;
    const answers = await Promise.all([take(client, ines._id), take(colleague, other)]);
    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([200, 409]);
    const winner = answers.find((answer) => answer.status === 200)?.body.conversation.assigneeId;
    expect(answers.find((answer) => answer.status === 409)?.body.error.facts).to.deep.equal({ assigneeId: winner });
    const back = await client.post(`/conversations/${id}/assign`, { assigneeId: null });
    expect(back.body.conversation).not.to.have.property('assigneeId');
  });

  it('keeps a draft for its writer alone', async () => {
    const id = await write();
    expect((await client.put(`/conversations/${id}/draft`, { kind: 'reply', text: 'Dear Mira,', attachmentIds: [], seenSeq: 1 })).status).to.equal(204);
    expect((await client.get(`/conversations/${id}`)).body.draft).to.deep.include({ kind: 'reply', text: 'Dear Mira,', seenSeq: 1 });
    const rowOf = async (by: HttpClient) => (await by.get('/conversations?view=open&limit=100')).body.items.find((row: { id: string }) => row.id === id);
    expect((await rowOf(client)).draft).to.equal('Dear Mira,');
    expect(await rowOf(colleague)).not.to.have.property('draft');
    expect((await colleague.get(`/conversations/${id}`)).body).not.to.have.property('draft');
    expect((await client.delete(`/conversations/${id}/draft`)).status).to.equal(204);
    expect(await rowOf(client)).not.to.have.property('draft');
  });

  it('changes status, priority, tags, subject and what was read, and answers with the row', async () => {
    const id = await write();
    const act = async (name: string, body: object) => (await client.post(`/conversations/${id}/${name}`, body)).body.conversation;
    expect(await act('priority', { priority: 'urgent' })).to.include({ priority: 'urgent' });
    expect(await act('tags', { tags: ['brakes', 'warranty'] })).to.deep.include({ tags: ['brakes', 'warranty'] });
    expect(await act('subject', { subject: 'A squeaking brake' })).to.include({ subject: 'A squeaking brake' });
    const row = await act('status', { status: 'pending' });
    expect(row.status).to.equal('pending');
    expect(await act('read', { seq: row.lastInSeq })).to.include({ readSeq: row.lastInSeq });
    expect(await act('read', { seq: 0 })).to.include({ readSeq: row.lastInSeq });
    const until = Date.now() + 86_400_000;
    expect(await act('snooze', { until })).to.include({ status: 'snoozed', snoozedUntil: until });
    expect(await act('resolve', {})).to.include({ status: 'resolved' });
    expect(await act('reopen', {})).to.include({ status: 'open' });
  });

  it('finds messages, cut into what was hit and what was not', async () => {
    await write('Meine Kettenschaltung knackt im dritten Gang, seit Tagen schon.');
    const { hits } = (await client.get('/search?q=kettenschaltung')).body;
    expect(hits).to.have.length(1);
    expect(hits[0].excerpt).to.deep.include({ text: 'Kettenschaltung', hit: true });
    expect(hits[0].excerpt.map((part: { text: string }) => part.text).join('')).to.contain('Meine Kettenschaltung knackt');
    const nothing = (await client.get('/search?q=%20')).body;
    expect(nothing.hits).to.deep.equal([]);
  });

  it('shows a customer with everything held, renames them, joins two and takes them apart again', async () => {
    const [first, second] = [await write('one', 'Jonas F'), await write('two', 'J. Feld')];
    const customerOf = async (id: string) => (await client.get(`/conversations/${id}`)).body.customer.id as string;
    const [a, b] = [await customerOf(first), await customerOf(second)];
    expect((await client.patch(`/customers/${a}`, { name: 'Jonas Feld' })).body.name).to.equal('Jonas Feld');
    const joined = await client.post(`/customers/${a}/join`, { otherId: b, reason: 'told us on the phone' });
    expect(joined.status).to.equal(200);
    expect(joined.body.identities).to.have.length(2);
    const timeline = (await client.get(`/customers/${joined.body.id}/timeline?limit=50`)).body.messages.map((message: { text: string }) => message.text);
    expect(timeline).to.include.members(['one', 'two']);
    const join = joined.body.joins.find((candidate: { state: string }) => candidate.state === 'joined');
    const apart = await client.post(`/customers/joins/${encodeURIComponent(join.id)}`, { decision: 'undo' });
    expect(apart.status).to.equal(200);
    expect(apart.body.identities).to.have.length(1);
    expect((await client.get('/customers?limit=100')).body.items.map((row: { name: string }) => row.name)).to.include.members(['Jonas Feld', 'J. Feld']);
  });

  it('hands out the source of a message as text for saving', async () => {
    const { blobId } = await world.deps.blobs.put(Buffer.from('From: x\r\n\r\n<script>alert(1)</script>'));
    await world.receive({
      type: 'message', channelId: world.channel._id, eventId: 'with-source', externalId: 'with-source', direction: 'in', receivedAt: Date.now(), verifiedBy: 'mailbox', rawBlobId: blobId, text: 'hello',
      sender: { kind: 'webhook', scope: world.channel._id, externalUserId: 'mailer', proof: 'claimed', aliases: [] }, thread: { key: 'with-source', keyIs: 'exact' },
    });
    const answer = await client.raw('GET', `/api/v1/messages/${encodeURIComponent(`${world.channel._id}:with-source`)}/source`);
    expect(answer.text).to.equal('From: x\r\n\r\n<script>alert(1)</script>');
    expect(answer.headers).to.include({ 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
    expect(answer.headers['content-disposition']).to.match(/^attachment; filename="message-\d+.txt"/);
    expect(answer.headers['content-security-policy']).to.contain('sandbox');
  });
});
