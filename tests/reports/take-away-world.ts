import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildApp, type App } from '../../src/compose/app.js';
import { createDigests, type Digests } from '../../src/compose/digests.js';
import { createNewId } from '../../src/compose/ids.js';
import { readConfig } from '../../src/config.js';
import { hashToken } from '../../src/http/auth/tokens.js';
import type { Conversation } from '../../src/inbox/model/conversation.js';
import type { Agent, Role } from '../../src/inbox/model/people.js';
import { HttpClient } from '../support/http-client.js';
import { type SmtpServer, startSmtp } from '../support/smtp.js';
import { type WaitFacts, waitOf } from './reports-world.js';

const minute = 60_000;
const hour = 60 * minute;
/** Monday 26 October 2026, half past six in Berlin, whose clocks went back the day before: half an hour to go. */
export const earlyMonday = Date.parse('2026-10-26T05:30:00Z');
const tuesday = Date.parse('2026-10-20T08:00:00Z');

/** The product in this process over a store that survives `restart`, with a real mail server at the other end. */
export interface TakeAwayWorld {
  app: App;
  smtp: SmtpServer;
  url: string;
  logLines: string[];
  time: { now: number };
  addAgent(id: string, facts?: { role?: Role; teamIds?: string[]; name?: string }): Promise<Agent>;
  connectMailbox(): Promise<void>;
  /** A client with an agent's key. */
  as(agentId: string): Promise<HttpClient>;
  wait(facts: WaitFacts & { customer: string; subject?: string }): Promise<string>;
  /** The digests of a process that dies at that point. */
  dyingAt(point: string): Digests;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openTakeAwayWorld(options: { webRoot?: string } = {}): Promise<TakeAwayWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-take-away-'));
  const smtp = await startSmtp();
  const time = { now: earlyMonday };
  const logLines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logLines.push(line) });
  const clock = (): number => time.now;
  const open = (): Promise<App> => buildApp(readConfig({ DATA_DIR: dataDir, OUTBOUND_ALLOW: '127.0.0.0/8' }, dataDir), { log, clock, webRoot: options.webRoot ?? dataDir, publicUrl: 'https://desk.velowerk.example' });
  let numbers = 0;
  let served: { server: Server; url: string } | undefined;
  const serve = async (app: App): Promise<string> => {
    const server = createServer(app.http.app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    served = { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    return served.url;
  };
  const unserve = async (): Promise<void> => {
    served?.server.closeAllConnections();
    await new Promise((resolve) => (served === undefined ? resolve(undefined) : served.server.close(resolve)));
  };
  const app = await open();
  const world: TakeAwayWorld = {
    app, smtp, url: await serve(app), logLines, time,
    async addAgent(id, { role = 'agent', teamIds = [], name = id } = {}) {
      const agent: Agent = { _id: id, name, email: `${id}@velowerk.example`, role, teamIds, state: 'active', presence: 'online', capacity: 20, load: 0, createdAt: 0 };
      await world.app.people.insertAgent(agent);
      return agent;
    },
    async connectMailbox() {
      await world.app.book.create({
        kind: 'email', name: 'Service mailbox',
        settings: { address: smtp.user, displayName: 'Velowerk', imapHost: '127.0.0.1', imapPort: 1, imapTls: 'none', smtpHost: '127.0.0.1', smtpPort: smtp.port, smtpTls: 'none', smtpUser: smtp.user },
        secrets: { imapPassword: 'unused', smtpPassword: smtp.password },
      });
    },
    async as(agentId) {
      const key = `rap_key_of_${agentId}_${'0'.repeat(32)}`;
      const known = await world.app.people.findApiKey(hashToken(key));
      if (known === undefined) await world.app.people.insertApiKey({ _id: hashToken(key), name: 'test', agentId, createdAt: time.now });
      const client = new HttpClient(world.url, world.app.http.routes);
      client.key = key;
      return client;
    },
    async wait({ customer, subject, ...facts }) {
      numbers += 1;
      const c = world.app.store.inbox.now;
      const wait = waitOf(numbers, { from: tuesday + numbers * minute, kind: 'first', ...facts, changeSeq: world.app.core.changes.next() });
      await c.waits.insert(wait);
      const row: Conversation = {
        _id: wait.conversationId, channelId: 'chat', channelKind: 'webchat', channelName: 'Shop chat', threadKey: `t${numbers}`, customerId: wait.customerId, identityId: `i${numbers}`, customerName: customer, ...(subject === undefined ? {} : { subject }),
        status: 'open', shelf: 'active', priority: 'normal', owned: false, tags: [], lastSeq: 1, lastInSeq: 1, lastMessageAt: wait.from, readSeq: 0, ownership: 0, talkedAt: wait.from, preview: { text: '', by: 'customer', name: '' }, participants: [], createdAt: wait.from,
        changeSeq: world.app.core.changes.next(), ...(wait.teamId === undefined ? {} : { teamId: wait.teamId }),
        facts: { n: numbers, firstAt: wait.from, known: false, touches: 1, asks: 1, transfers: 0, reopened: 0, waits: 1 },
      };
      await c.conversations.insert(row);
      return wait._id;
    },
    dyingAt: (point) => createDigests({
      c: world.app.store.inbox.now, reports: world.app.reports, book: world.app.book, clock, newId: createNewId(clock), publicUrl: 'https://desk.velowerk.example', log,
      crashAt: (name) => {
        if (name === point) throw new Error('the power is cut');
      },
    }),
    async restart() {
      await unserve();
      await world.app.stop();
      world.app = await open();
      world.url = await serve(world.app);
      await world.app.digests.recover();
    },
    async close() {
      await unserve();
      await world.app.stop();
      await smtp.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return world;
}

/** Two teams, their leads, agents who answered, and waits of the week before: `Ines` is ours, `Jonas` is theirs. */
export async function fillTakeAwayWorld(world: TakeAwayWorld): Promise<void> {
  const c = world.app.store.inbox.now;
  for (const [id, name] of [['ours', 'Orders'], ['theirs', 'Workshop']] as const) await c.teams.insert({ _id: id, name, createdAt: 0 });
  await world.addAgent('boss', { role: 'administrator', name: 'Bea Boss' });
  await world.addAgent('lea', { role: 'lead', teamIds: ['ours'], name: 'Lea Ours' });
  await world.addAgent('tom', { role: 'lead', teamIds: ['theirs'], name: 'Tom Theirs' });
  await world.addAgent('ana', { teamIds: ['ours'], name: 'Ana Novak' });
  await world.addAgent('zora', { teamIds: ['theirs'], name: 'Zora Zenk' });
  await world.wait({ customer: 'Ines Bauer', teamId: 'ours', took: 10 * minute, by: 'ana', dueIn: hour });
  await world.wait({ customer: 'Ida Ours', teamId: 'ours', took: 27 * minute, by: 'ana', dueIn: hour });
  await world.wait({ customer: 'Jonas Thiel', teamId: 'theirs', took: 5 * hour, by: 'zora', dueIn: hour });
  await world.wait({ customer: '<img src=x onerror=alert(1)> & "Co"', subject: '=1+1', teamId: 'ours', from: Date.parse('2026-10-23T08:00:00Z'), dueIn: hour });
  await world.wait({ customer: 'Petra Theirs', teamId: 'theirs', from: Date.parse('2026-10-23T09:00:00Z') });
}
