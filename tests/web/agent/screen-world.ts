import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConversationRow, LiveEvents, Me, MessageView, Staffing, Wall } from '../../../web/src/lib/shapes.js';
import { detailOf } from './screen-fixtures.js';

const built = process.env['TEST_WEB'] ?? fileURLToPath(new URL('../../../dist/web/', import.meta.url));
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

export interface Call {
  method: string;
  path: string;
  body: unknown;
}

/** What the server at the far end of the screen knows; a test sets it as it needs it. */
export interface Known {
  me: Me;
  rows: ConversationRow[];
  messages: MessageView[];
  wall: Wall;
  staffing: Staffing;
  resolveHoldsHours: number;
}

/** The built screen with a server of its API at the other end, whose times and answers the test decides. */
export interface ScreenWorld {
  url: string;
  known: Known;
  /** Everything that was asked to be changed, in order. */
  calls: Call[];
  /** Every path that was read, in order. */
  reads: string[];
  tell<K extends keyof LiveEvents>(name: K, data: LiveEvents[K]): void;
  /** `false`: every call fails and the live connection is cut. */
  reachable(on: boolean): void;
  stop(): Promise<void>;
}

export async function openScreenWorld(known: Known): Promise<ScreenWorld> {
  const calls: Call[] = [];
  const reads: string[] = [];
  const listeners = new Set<ServerResponse>();
  let reachable = true;
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '/', 'http://screen');
    if (!pathname.startsWith('/api/v1/')) return sendFile(pathname, response);
    if (!reachable) return void request.socket.destroy();
    const path = pathname.slice('/api/v1'.length);
    if (path === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: ready\ndata: {"changeSeq":1}\n\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      return;
    }
    const method = request.method ?? 'GET';
    if (method === 'GET') reads.push(path + search);
    const body: unknown = method === 'GET' ? undefined : JSON.parse((await readAll(request)) || '{}');
    if (method !== 'GET') calls.push({ method, path, body });
    const answer = answerTo({ method, path, body }, known);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? { error: { code: 'not_found', message: 'There is nothing here.' } }));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, known, calls, reads,
    tell: (name, data) => listeners.forEach((listener) => listener.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)),
    reachable(on) {
      reachable = on;
      if (!on) listeners.forEach((listener) => listener.destroy());
    },
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

function answerTo({ method, path, body }: Call, known: Known): unknown {
  if (method === 'PATCH' && path === '/settings') {
    const change = body as { resolveHoldsHours: number; reports: Me['workspace']['reports'] };
    known.resolveHoldsHours = change.resolveHoldsHours;
    known.me = { ...known.me, workspace: { ...known.me.workspace, reports: change.reports } };
  }
  const conversation = /^\/conversations\/([^/]+)(?:\/([\w-]+))?$/.exec(path);
  const row = known.rows.find((other) => other.id === conversation?.[1]);
  if (row !== undefined) return conversationAnswer(row, { method, action: conversation?.[2], body }, known);
  switch (path) {
    case '/me': return known.me;
    case '/counts': return known.me.counts;
    case '/settings': return { ...known.me.workspace, resolveHoldsHours: known.resolveHoldsHours };
    case '/reports/wall': return { ...known.wall, now: Date.now() };
    case '/reports/staffing': return known.staffing;
    case '/reports/definitions': return { items: [{ id: 'over_target', name: 'Over target', text: 'Waits answered after their deadline.', shown: ['wall.waiting.over'] }] };
    case '/conversations': return { items: known.rows };
    case '/customers': return { items: [] };
    default: return undefined;
  }
}

function conversationAnswer(row: ConversationRow, { method, action, body }: { method: string; action: string | undefined; body: unknown }, known: Known): unknown {
  if (method === 'GET') return action === 'messages' ? { messages: known.messages } : detailOf(row, known.messages);
  const changed = changedRow(row, action, body as Record<string, unknown>);
  known.rows = known.rows.map((other) => (other.id === row.id ? changed : other));
  const place = (each: Wall['rows'][number]) => (each.conversation.id === row.id ? placed(each, changed, known.me) : each);
  known.wall = { ...known.wall, rows: known.wall.rows.map(place), soon: known.wall.soon.map(place) };
  return { conversation: changed };
}

/** A row as the server would leave it. */
function changedRow(row: ConversationRow, action: string | undefined, body: Record<string, unknown>): ConversationRow {
  const next = { ...row, changeSeq: row.changeSeq + 1 };
  switch (action) {
    case 'assign': {
      const { assigneeId: _was, ...rest } = next;
      return typeof body['assigneeId'] === 'string' ? { ...rest, assigneeId: body['assigneeId'] } : rest;
    }
    case 'priority':
      return { ...next, priority: body['priority'] as ConversationRow['priority'] };
    case 'no-answer-needed': {
      const { due: _due, waitingSince: _since, breachedAt: _breached, ...rest } = next;
      return rest;
    }
    case 'wait': {
      const { acknowledged: _thanks, answeredElsewhere: _elsewhere, ...rest } = next;
      const since = Date.now() - 60 * 60_000;
      return { ...rest, waitingSince: since, due: { at: since + 240 * 60_000, warnAt: since + 180 * 60_000, ms: 240 * 60_000, hours: 'calendar', name: 'Answers', why: 'the only target' } };
    }
    default:
      return next;
  }
}

function placed(each: Wall['rows'][number], conversation: ConversationRow, me: Me): Wall['rows'][number] {
  const { holder: _was, ...rest } = each;
  const agent = me.agents.find((other) => other.id === conversation.assigneeId);
  return agent === undefined ? { ...rest, conversation, by: 'unassigned' } : { ...rest, conversation, by: 'agent', holder: { id: agent.id, name: agent.name } };
}

async function sendFile(pathname: string, response: ServerResponse): Promise<void> {
  const path = extname(pathname) === '' ? '/index.html' : normalize(pathname);
  const content = await readFile(join(built, path)).catch(() => undefined);
  response.writeHead(content === undefined ? 404 : 200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(content);
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
