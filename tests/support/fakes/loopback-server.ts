import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
  /** The body as JSON; `undefined` when it is none. */
  json: unknown;
}

/** `hang_up`: the connection ends without an answer. */
export type Reply = { status: number; json?: unknown; body?: Buffer; headers?: Record<string, string> } | 'hang_up';

/** A platform's HTTP side on 127.0.0.1 with a port of its own. What `answer` throws becomes a 500 that names it. */
export async function startLoopbackServer(answer: (call: Call) => Reply | Promise<Reply>): Promise<{ url: string; host: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    handle(request, response, answer).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ error: String(error) }));
      else response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`, host,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

async function handle(request: IncomingMessage, response: ServerResponse, answer: (call: Call) => Reply | Promise<Reply>): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://loopback');
  const body = Buffer.concat(chunks);
  const reply = await answer({ method: request.method ?? 'GET', path: decodeURIComponent(url.pathname), query: url.searchParams, headers: request.headers, body, json: parsed(body) });
  if (reply === 'hang_up') {
    request.socket.destroy();
    return;
  }
  const out = reply.body ?? Buffer.from(reply.json === undefined ? '' : JSON.stringify(reply.json));
  response.writeHead(reply.status, { 'content-type': reply.body === undefined ? 'application/json' : 'application/octet-stream', ...reply.headers }).end(out);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
