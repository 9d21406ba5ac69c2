import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  /** Without the query. */
  path: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** `hang up`: the work is done, and the line goes dead before the answer. */
export type Answer = { status: number; json?: unknown; bytes?: Buffer; headers?: Record<string, string> } | 'hang up';

/** An HTTP API on loopback for a fake platform: whatever it is asked goes to `answer`. */
export async function startJsonServer(answer: (asked: Asked) => Answer | Promise<Answer>) {
  const server = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    const said = await answer({ method: request.method ?? 'GET', path: url.pathname, url, headers: request.headers, body: Buffer.concat(chunks) });
    if (said === 'hang up') {
      request.socket.destroy();
      return;
    }
    const bytes = said.bytes ?? Buffer.from(said.json === undefined ? '' : JSON.stringify(said.json));
    response.writeHead(said.status, { 'content-type': said.bytes === undefined ? 'application/json' : 'application/octet-stream', ...said.headers }).end(bytes);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function jsonOf(asked: Asked): Record<string, unknown> {
  return JSON.parse(asked.body.toString('utf8')) as Record<string, unknown>;
}
