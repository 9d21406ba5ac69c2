import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { buildApp, type App } from '../../src/compose/app.js';
import { readConfig } from '../../src/config.js';
import type { VisitorReply, VisitorSession } from '../../src/http/visitor/frames.js';
import type { Viewer } from '../../src/inbox/api.js';
import type { Conversation } from '../../src/inbox/model/conversation.js';
import type { Channel } from '../../src/inbox/model/channel.js';
import type { Json } from '../../src/inbox/model/common.js';
import type { Message } from '../../src/inbox/model/message.js';
import { waitFor } from '../support/wait-for.js';

/** The whole server on a real store and a free port, with one agent and one bubble. Close it in `after`. */
export interface VisitorWorld {
  app: App;
  server: Server;
  url: string;
  channel: Channel;
  lena: Viewer;
  logLines: string[];
  advance(ms: number): void;
  /** Base of the bubble's routes. */
  api(channelId?: string): string;
  addChannel(settings: Record<string, Json>): Promise<Channel>;
  /** The newest conversation, once there is one that passes. */
  conversation(test?: (row: Conversation) => boolean): Promise<Conversation>;
  reply(conversation: Conversation, text: string, options?: { attachmentIds?: string[] }): Promise<Message>;
  close(): Promise<void>;
}

let clientIds = 0;

export async function openVisitorWorld(options: { settings?: Record<string, Json>; botOn?: boolean; webRoot?: string; clock?: () => number } = {}): Promise<VisitorWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-visitor-'));
  const logLines: string[] = [];
  let offset = 0;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = await buildApp(readConfig({ DATA_DIR: dataDir }, dataDir), {
    log: pino({ level: 'debug' }, { write: (line: string) => void logLines.push(line) }),
    clock: () => Date.now() + offset, webRoot: options.webRoot ?? dataDir, publicUrl: url,
  });
  server.on('request', app.http.app);
  server.on('upgrade', (request, socket, head) => app.http.handleUpgrade(request, socket, head));
  await app.people.changeWorkspace({
    companyName: 'Velowerk', botName: 'Velowerk\'s assistant', botOn: options.botOn ?? false, answerTargetMinutes: 27,
    hours: { timeZone: 'Europe/Berlin', blocks: Array.from({ length: 7 }, (_, day) => ({ day, from: 0, to: 24 * 60 })) },
  });
  const lena: Viewer = { agentId: 'agent-lena', role: 'administrator', teamIds: [] };
  await app.people.insertAgent({ _id: lena.agentId, name: 'Lena Marquardt', email: 'lena.marquardt@velowerk.example', role: 'administrator', teamIds: [], state: 'active', presence: 'online', capacity: 50, load: 0, createdAt: Date.now() });
  const addChannel = (settings: Record<string, Json>): Promise<Channel> => app.book.create({ kind: 'webchat', name: 'Shop', settings, secrets: { identitySecret: 'a-secret-of-the-shop' } });
  const channel = await addChannel(options.settings ?? {});
  await app.startInputs();
  return {
    app, server, url, channel, lena, logLines, addChannel,
    advance: (ms) => { offset += ms; },
    api: (channelId = channel._id) => `${url}/chat/v1/${channelId}`,
    conversation: (test = () => true) => waitFor(async () => (await app.reads.list(lena, { view: 'open', limit: 50 })).items.find(test), { what: 'the conversation' }),
    async reply(conversation, text, { attachmentIds = [] } = {}) {
      clientIds += 1;
      return (await app.actions.reply(lena, conversation._id, { text, attachmentIds, clientId: `reply-${clientIds}`, force: true })).message;
    },
    async close() {
      await app.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A visitor's browser without a screen: speaks to the routes and the socket as the bubble does. */
export class TestVisitor {
  token = '';
  frames: VisitorReply[] = [];
  closedWith: number | undefined;
  private socket: WebSocket | undefined;

  constructor(private readonly world: Pick<VisitorWorld, 'url' | 'api'>, private readonly options: { channelId?: string; origin?: string } = {}) {}

  get origin(): string {
    return this.options.origin ?? this.world.url;
  }

  async begin(): Promise<VisitorSession> {
    const { body } = await this.call('POST', 'session', { language: 'en', ...(this.token === '' ? {} : { token: this.token }) });
    this.token = (body as VisitorSession).token;
    return body as VisitorSession;
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown; headers: Headers }> {
    const response = await fetch(`${this.world.api(this.options.channelId)}/${path}`, {
      method,
      headers: { origin: this.origin, ...(this.token === '' ? {} : { authorization: `Bearer ${this.token}` }), ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
  }

  async identify(claim: object): Promise<VisitorSession> {
    const { body } = await this.call('POST', 'identify', claim);
    this.token = (body as VisitorSession).token;
    return body as VisitorSession;
  }

  /** Opens the socket and says hello; resolves with `ready`, or rejects with the HTTP status that refused it. */
  async connect(cursor?: string): Promise<void> {
    await this.open();
    this.say({ type: 'hello', token: this.token, ...(cursor === undefined ? {} : { cursor }) });
    await waitFor(() => this.frames.some(({ type }) => type === 'ready') || this.closedWith, { what: 'ready' });
  }

  /** Opens the socket and says nothing. */
  open(): Promise<void> {
    this.frames = [];
    this.closedWith = undefined;
    const socket = new WebSocket(`${this.world.api(this.options.channelId).replace('http', 'ws')}/socket`, { origin: this.origin });
    this.socket = socket;
    socket.on('message', (data) => { if (this.socket === socket) this.frames.push(JSON.parse(String(data)) as VisitorReply); });
    socket.on('close', (code) => { if (this.socket === socket) this.closedWith = code; });
    return new Promise((resolve, reject) => {
      socket.on('open', resolve);
      socket.on('error', reject);
    });
  }

  say(frame: unknown): void {
    this.socket?.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  send(text: string, options: { clientId?: string; uploads?: string[] } = {}): string {
    clientIds += 1;
    const clientId = options.clientId ?? `client-${String(clientIds).padStart(8, '0')}`;
    this.say({ type: 'message', clientId, text, uploads: options.uploads ?? [] });
    return clientId;
  }

  acked(clientId: string): Promise<VisitorReply> {
    return waitFor(() => this.frames.find((frame) => frame.type === 'ack' && frame.clientId === clientId), { what: `ack of ${clientId}` });
  }

  texts(): string[] {
    return this.frames.flatMap((frame) => (frame.type === 'message' && frame.message.by !== 'line' ? [frame.message.text] : []));
  }

  /** `conversationId:seq` of the newest of each conversation, as the bubble keeps it. */
  cursor(): string {
    const newest = new Map<string, number>();
    for (const frame of this.frames) if (frame.type === 'message') newest.set(frame.message.conversationId, frame.message.seq);
    return [...newest].map((part) => part.join(':')).join(',');
  }

  /** As when the network goes: without a word. */
  drop(): void {
    this.socket?.terminate();
  }

  raw(): WebSocket | undefined {
    return this.socket;
  }
}
