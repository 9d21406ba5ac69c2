import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Taken {
  id: string;
  text: string;
  automatic: boolean;
  conversation: string;
}

/**
 * The operator's own app at the far end of a webhook channel. It keeps a ledger of all that it was sent; `shown` is what
 * its user would see: an id it knows already is shown once, as its documentation promises.
 */
export async function startAppBackend(): Promise<{ url: string; received: Taken[]; shown(): Taken[]; answerWith: number[]; stop(): Promise<void> }> {
  const received: Taken[] = [];
  const answerWith: number[] = [];
  const server: Server = createServer((request, response) => {
    readAll(request).then((body) => {
      const status = answerWith.shift() ?? 200;
      if (status === 200) received.push(JSON.parse(body) as Taken);
      response.writeHead(status).end();
    }, () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`,
    received, answerWith,
    shown: () => [...new Map(received.map((taken) => [taken.id, taken])).values()],
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
