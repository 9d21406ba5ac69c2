import { expect } from 'chai';
import type { Route } from '../../src/http/api/route.js';
import type { Agent, Team } from '../../src/inbox/model/people.js';
import type { HttpClient } from '../support/http-client.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';
import { sampleBodies } from '../support/http-samples.js';

/** Written down here a second time on purpose: opening a route to more people has to be meant. */
const open = ['get /setup', 'post /setup', 'post /session', 'post /invites/check', 'post /invites/accept', 'get /attachments/:id'];
const forLeads = ['get /channels', 'get /channels/types', 'get /channels/:id'];
const forAdministrators = [
  'post /agents', 'patch /agents/:id', 'post /agents/:id/disable', 'post /agents/:id/enable', 'post /agents/:id/invite', 'post /agents/:id/sign-out', 'post /teams', 'patch /teams/:id',
  'post /channels/test', 'post /channels', 'patch /channels/:id', 'post /channels/:id/pause', 'post /channels/:id/resume', 'post /channels/:id/back-fill', 'delete /channels/:id', 'patch /settings',
  'post /calendars', 'patch /calendars/:id', 'delete /calendars/:id', 'post /targets', 'patch /targets/:id', 'delete /targets/:id',
  'get /keys', 'post /keys', 'delete /keys/:id', 'post /import', 'get /imports', 'get /imports/:id', 'get /ledger', 'post /ledger/:id/replay', 'post /ledger/:id/discard',
];
const nameOf = (route: Route) => `${route.method} ${route.path}`;

describe('Permissions', () => {
  let world: HttpWorld;
  let teams: { ours: Team; theirs: Team };
  let people: Record<'agent' | 'lead' | 'administrator', Agent>;
  let clients: Record<'nobody' | 'agent' | 'lead' | 'administrator', HttpClient>;
  let theirs: { conversationId: string; messageId: string; customerId: string; attachmentId: string; channelId: string };
  let bodies: Record<string, unknown>;

  before(async () => {
    world = await openHttpWorld();
    teams = { ours: await world.addTeam('Ours'), theirs: await world.addTeam('Theirs') };
    people = { agent: await world.addAgent({ teamIds: [teams.ours._id] }), lead: await world.addAgent({ role: 'lead', teamIds: [teams.ours._id] }), administrator: await world.addAgent({ role: 'administrator' }) };
    clients = { nobody: world.client(), agent: await world.signIn(people.agent), lead: await world.signIn(people.lead), administrator: await world.signIn(people.administrator) };
    theirs = await somethingOfTheirs();
    const otherCustomerId = await customerOf(await world.say({ from: 'pia', text: 'Hello, I am somebody else', teamId: teams.theirs._id }));
    bodies = sampleBodies({ agentId: people.administrator._id, teamId: teams.theirs._id, customerId: theirs.customerId, otherCustomerId });
  });
  after(() => world.close());

  async function customerOf(conversationId: string): Promise<string> {
    return (await world.core.store.now.conversations.get(conversationId))?.customerId ?? '';
  }

  /** A conversation of the other team with a message of theirs that carries a file. */
  async function somethingOfTheirs() {
    const conversationId = await world.say({ from: 'jonas', text: 'My brake squeaks', teamId: teams.theirs._id });
    const administrator = clients.administrator;
    const upload = await administrator.raw('POST', '/api/v1/uploads', {
      headers: { 'content-type': 'multipart/form-data; boundary=X', 'x-csrf': administrator.csrf ?? '' },
      body: '--X\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello\r\n--X--\r\n',
    });
    const note = await administrator.post(`/conversations/${conversationId}/note`, { text: 'with a file', clientId: 'note-with-file', attachmentIds: [upload.body.id] });
    expect(note.status).to.equal(201);
    return { conversationId, messageId: note.body.message.id as string, customerId: await customerOf(conversationId), attachmentId: upload.body.id as string, channelId: world.channel._id };
  }

  it('are written down for every route, and the table agrees', () => {
    const by = (who: string) => world.http.routes.filter((route) => route.who === who).map(nameOf).sort();
    expect(by('anyone')).to.deep.equal([...open].sort());
    expect(by('lead')).to.deep.equal([...forLeads].sort());
    expect(by('administrator')).to.deep.equal([...forAdministrators].sort());
    expect(world.http.routes.filter((route) => route.method !== 'get' && route.consumes === undefined).map(nameOf).filter((name) => !(name in bodies))).to.deep.equal([]);
  });

  it('hold for every route and every role', async () => {
    const rank = { nobody: -1, agent: 0, lead: 1, administrator: 2, anyone: -1 };
    for (const route of world.http.routes.filter((candidate) => candidate.path !== '/events' && candidate.who !== 'anyone')) {
      for (const role of ['nobody', 'agent', 'lead', 'administrator'] as const) {
        const body = route.method === 'get' ? undefined : {};
        // Ids of nothing: whoever is let in gets 400 or 404, and nothing changes.
        if (rank[role] >= rank[route.who] && !route.path.includes(':id') && route.method !== 'get') continue;
        const answer = await clients[role].call(route.method.toUpperCase(), route.path.replace(':id', 'nothing-has-this-id'), body);
        const what = `${role}: ${nameOf(route)}`;
        if (role === 'nobody') expect(answer.status, what).to.equal(401);
        else if (rank[role] < rank[route.who]) expect(answer.status, what).to.equal(403);
        // Whether agents see figures at all is a setting: then it is the scope of the report that refuses.
        else if (role === 'agent' && route.path.startsWith('/reports')) expect(answer.status, what).to.be.oneOf([200, 400, 403]);
        else expect(answer.status, what).to.be.oneOf([200, 201, 204, 400, 404, 410, 415]);
      }
    }
  });

  /** Every route that reaches a conversation, its messages, its customer or its files, with the id of one of theirs. */
  function pathsToTheirs(): { name: string; method: string; path: string; body: unknown }[] {
    const idOf = (path: string) =>
      path.startsWith('/conversations/') ? theirs.conversationId : path.startsWith('/messages/') ? theirs.messageId : path.startsWith('/attachments/') ? theirs.attachmentId : path.startsWith('/customers/:') ? theirs.customerId : undefined;
    return world.http.routes.flatMap((route) => {
      const id = idOf(route.path);
      if (id === undefined || route.path === '/messages/:id/retry') return [];
      return [{ name: nameOf(route), method: route.method.toUpperCase(), path: route.path.replace(':id', encodeURIComponent(id)), body: route.method === 'get' ? undefined : bodies[nameOf(route)] }];
    });
  }

  it('make what belongs to another team not exist, on every route that could reach it', async () => {
    const reached = pathsToTheirs();
    expect(reached.length).to.be.greaterThan(25);
    for (const role of ['agent', 'lead'] as const) {
      for (const { name, method, path, body } of reached) {
        const answer = await clients[role].call(method, path, body);
        expect(answer.status, `${role}: ${name}`).to.equal(404);
        expect(answer.text).not.to.match(/jonas|brake|Theirs/i);
      }
    }
    for (const path of ['/conversations?view=open', '/conversations?view=unassigned', `/conversations?view=open&teamId=${teams.theirs._id}`, '/search?q=brake', '/search?q=jonas', '/customers?q=jonas']) {
      const answer = await clients.agent.get(path);
      expect(answer.status, path).to.equal(200);
      expect(answer.body.items ?? answer.body.hits, path).to.deep.equal([]);
    }
  });

  it('let the administrator do all of that', async () => {
    const harmlessFirst = pathsToTheirs().sort((a, b) => Number(a.name.includes('/join')) - Number(b.name.includes('/join')));
    for (const { name, method, path, body } of harmlessFirst) {
      const answer = await clients.administrator.call(method, path, body);
      // A webhook channel carries no changes. The note has neither HTML nor source; nobody waits any more when the clock is to be stopped.
      expect(answer.status, `${name}: ${answer.text}`).to.be.oneOf(/messages\/:id\/(?:edit|delete|react)/.test(name) ? [409] : /html|source/.test(name) ? [404] : name.includes('no-answer') ? [200, 409] : [200, 201, 204]);
    }
  });

  it('come and go with the team at the next request', async () => {
    const id = await world.say({ from: 'mira', text: 'Where is my order', teamId: teams.theirs._id });
    expect((await clients.agent.get(`/conversations/${id}`)).status).to.equal(404);
    await clients.administrator.patch(`/agents/${people.agent._id}`, { teamIds: [teams.ours._id, teams.theirs._id] });
    expect((await clients.agent.get(`/conversations/${id}`)).status).to.equal(200);
    await clients.administrator.patch(`/agents/${people.agent._id}`, { teamIds: [teams.ours._id] });
    expect((await clients.agent.get(`/conversations/${id}`)).status).to.equal(404);
  });
});
