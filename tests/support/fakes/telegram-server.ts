import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../../src/inbox/model/common.js';

export type Call = { method: string; payload: Record<string, Json>; files: Record<string, { name: string; bytes: Buffer }> };

/** What the server says to a call: a result, an error in Telegram's form, or nothing at all (the line goes dead). */
export type Reply = { result: Json } | { error: { code: number; description: string; parameters?: Record<string, Json> } } | 'hang up' | 'gateway page';

/** The Bot API over HTTP: `/bot<token>/<method>` with JSON or a form, and `/file/bot<token>/<path>`. Keeps every call. */
export async function startTelegramServer(options: { token: string; answer(call: Call): Reply | Promise<Reply>; fileAt(path: string): Buffer | undefined }) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void serve(request, response);
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, first, second, ...rest] = (request.url ?? '').split('/');
    if (first === 'file' && second === `bot${options.token}`) {
      const bytes = options.fileAt(rest.join('/'));
      response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
      return;
    }
    if (first !== `bot${options.token}` || second === undefined) {
      send(response, 401, { ok: false, error_code: 401, description: 'Unauthorized' });
      return;
    }
    const call = { method: second, ...readBody(request.headers['content-type'] ?? '', Buffer.concat(chunks)) };
    calls.push(call);
    const reply = await options.answer(call);
    if (reply === 'hang up') request.socket.destroy();
    else if (reply === 'gateway page') response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>');
    else if ('result' in reply) send(response, 200, { ok: true, result: reply.result });
    else send(response, reply.error.code, { ok: false, error_code: reply.error.code, description: reply.error.description, ...(reply.error.parameters === undefined ? {} : { parameters: reply.error.parameters }) });
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    calls,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(response: ServerResponse, status: number, body: Json): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function readBody(type: string, body: Buffer): Omit<Call, 'method'> {
  const boundary = /boundary=(\S+)/u.exec(type)?.[1];
  if (boundary === undefined) return { payload: body.length === 0 ? {} : JSON.parse(body.toString('utf8')) as Record<string, Json>, files: {} };
  const payload: Record<string, Json> = {};
  const files: Call['files'] = {};
  for (const part of body.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const end = part.indexOf('\r\n\r\n');
    const head = Buffer.from(part.slice(0, end), 'latin1').toString('utf8');
    const value = Buffer.from(part.slice(end + 4).replace(/\r\n$/u, ''), 'latin1');
    const name = /name="([^"]*)"/u.exec(head)?.[1] ?? '';
    const file = /filename=(?:"([^"]*)"|(\S+))/u.exec(head);
    if (file === null) payload[name] = fieldOf(value.toString('utf8'));
    else files[name] = { name: file[1] ?? file[2] ?? '', bytes: value };
  }
  return { payload, files };
}

/** In a form, numbers and objects travel as their JSON, and text bare. */
function fieldOf(text: string): Json {
  return /^(?:-?\d+|[{[].*|true|false)$/su.test(text) ? JSON.parse(text) as Json : text;
}
