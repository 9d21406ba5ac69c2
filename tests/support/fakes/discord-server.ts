import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../../src/inbox/model/common.js';

export interface DiscordCall {
  method: string;
  /** Without `/api/v10`. */
  path: string;
  query: URLSearchParams;
  authorization: string;
  json: Record<string, Json>;
  files: { name: string; bytes: number; mime: string }[];
}

/** `hang up`: the work is done, and the line goes dead before the answer. */
export type DiscordAnswer = { status: number; json?: Json; bytes?: Buffer; headers?: Record<string, string> } | 'hang up';

/** HTTP on loopback; the gateway's sockets are attached to the same port. */
export async function startDiscordServer(answer: (call: DiscordCall) => DiscordAnswer | Promise<DiscordAnswer>): Promise<{ server: Server; host: string; url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    void (async () => {
      const said = await answer(await callOf(request));
      if (said === 'hang up') return void request.socket.destroy();
      const bytes = said.bytes ?? Buffer.from(said.json === undefined ? '' : JSON.stringify(said.json));
      const type = said.bytes !== undefined ? { 'content-type': 'application/octet-stream' } : said.json !== undefined ? { 'content-type': 'application/json' } : {};
      response.writeHead(said.status, { ...type, ...said.headers }).end(bytes);
    })().catch((error: unknown) => response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ message: String(error), code: 0 })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    server, host, url: `http://${host}`,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

async function callOf(request: IncomingMessage): Promise<DiscordCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const url = new URL(request.url ?? '/', 'http://loopback');
  const type = request.headers['content-type'] ?? '';
  const call = { method: request.method ?? 'GET', path: decodeURIComponent(url.pathname).replace(/^\/api\/v10/u, ''), query: url.searchParams, authorization: request.headers.authorization ?? '' };
  if (!type.startsWith('multipart/form-data')) return { ...call, json: body.length === 0 ? {} : JSON.parse(body.toString('utf8')) as Record<string, Json>, files: [] };
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const files = [...form.values()].filter((part): part is File => typeof part !== 'string');
  return { ...call, json: JSON.parse(String(form.get('payload_json') ?? '{}')) as Record<string, Json>, files: files.map((file) => ({ name: file.name, bytes: file.size, mime: file.type })) };
}
