import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  authorization: string | undefined;
}

export type Reply = { status: number; body: unknown; headers?: Record<string, string> } | { status: number; bytes: Buffer; type: string } | 'hang up';

/** A bare HTTP server in the shape that the Twilio fake needs; keeps every request. */
export async function startTwilioServer(answer: (request: Request) => Reply | Promise<Reply>) {
  const requests: Request[] = [];
  const server = createServer((incoming, response) => {
    void serve(incoming, response);
  });
  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? '/', 'http://fake');
    const request: Request = {
      method: incoming.method ?? 'GET', path: url.pathname, query: url.searchParams,
      form: new URLSearchParams(Buffer.concat(chunks).toString('utf8')), authorization: incoming.headers.authorization,
    };
    requests.push(request);
    const reply = await answer(request);
    if (reply === 'hang up') incoming.socket.destroy();
    else if ('bytes' in reply) response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.bytes);
    else response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(JSON.stringify(reply.body));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    requests,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
