import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Recomputed, Report } from '../../../web/src/lib/shapes.js';
import { definitions, receipt, report, reportMe } from './report-fixture.js';

const built = process.env['WEB_ROOT'] ?? fileURLToPath(new URL('../../../dist/web', import.meta.url));
const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

/** The built screen before a server whose answers are known, so that every number on the page can be foretold. */
export interface ReportWorld {
  url: string;
  /** Every call of the API with its query, in order. */
  asked: URL[];
  /** What was sent to be recomputed. */
  recomputed: unknown[];
  /** What is answered from now on. */
  answers: { report: Report | { status: number; code: string; message: string }; total: number; recompute: Recomputed };
  stop(): Promise<void>;
}

export async function openReportWorld(): Promise<ReportWorld> {
  const world: Omit<ReportWorld, 'url' | 'stop'> = { asked: [], recomputed: [], answers: { report: report(), total: 62, recompute: { checked: 62, of: 62, equal: 62, ms: 41, different: [] } } };
  const server: Server = createServer((request, response) => {
    answer(world, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => new Promise<void>((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
  return Object.assign(world, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop });
}

async function answer(world: Omit<ReportWorld, 'url' | 'stop'>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://rapport.example');
  if (!url.pathname.startsWith('/api/v1/')) return file(url.pathname, response);
  const path = url.pathname.slice('/api/v1'.length);
  if (path === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: ready\ndata: {"changeSeq":1}\n\n');
    return undefined;
  }
  world.asked.push(url);
  if (path === '/reports/recompute') world.recomputed.push(JSON.parse(await bodyOf(request)));
  const found = world.answers.report;
  const answers: Record<string, () => unknown> = {
    '/me': () => reportMe, '/reports': () => found, '/reports/definitions': () => ({ items: definitions }), '/reports/waits': () => page(url, world.answers.total), '/reports/recompute': () => world.answers.recompute,
    '/reports/saved': () => ({ items: [] }), '/reports/digests': () => ({ items: [] }), '/conversations': () => ({ items: [] }),
  };
  const body = answers[path]?.();
  if (body === undefined || ('status' in (body as object) && path === '/reports')) {
    const problem = body === undefined ? { status: 404, code: 'not_found', message: 'there is no such thing' } : (found as { status: number; code: string; message: string });
    return send(response, problem.status, { error: { code: problem.code, message: problem.message, facts: {} } });
  }
  return send(response, 200, body);
}

/** A page of waits: the cursor is the number of the first. */
function page(url: URL, total: number): object {
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const to = Math.min(total, from + Number(url.searchParams.get('limit') ?? 30));
  return { items: Array.from({ length: to - from }, (_, index) => receipt(from + index)), total, ...(url.searchParams.get('pick') === 'owed:1' ? { customers: total - 2 } : {}), ...(to < total ? { cursor: String(to) } : {}) };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function file(path: string, response: ServerResponse): Promise<void> {
  const name = extname(path) === '' ? '/index.html' : path;
  response.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream' }).end(await readFile(join(built, name)));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
