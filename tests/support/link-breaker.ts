import { connect, createServer, type Socket } from 'node:net';

/** A wire between a client and a server on loopback that can be cut, or go deaf, at a chosen moment. */
export interface LinkBreaker {
  port: number;
  /** Ends every connection that stands. */
  cut(): void;
  /** The next bytes from the client that hold this text still reach the server; nothing comes back any more, and then the wire breaks. */
  loseAnswerTo(text: string): void;
  /** Nothing from the client passes until this has ended. */
  holdUntil(end: Promise<unknown>): void;
  /** New connections are refused while this is so. */
  isDown: boolean;
  stop(): Promise<void>;
}

export async function startLinkBreaker(to: number): Promise<LinkBreaker> {
  const pairs = new Set<[Socket, Socket]>();
  let lose: string | undefined;
  let hold: Promise<unknown> | undefined;
  const server = createServer((client) => {
    if (breaker.isDown) {
      client.destroy();
      return;
    }
    const upstream = connect(to, '127.0.0.1');
    const pair: [Socket, Socket] = [client, upstream];
    let isDeaf = false;
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (data) => {
      if (lose !== undefined && data.includes(lose)) {
        lose = undefined;
        isDeaf = true;
        // The server has taken it when it has answered something, which nobody hears.
        upstream.once('data', () => setTimeout(end, 20));
      }
      if (hold === undefined) upstream.write(data);
      else void hold.then(() => upstream.write(data));
    });
    upstream.on('data', (data) => {
      if (!isDeaf) client.write(data);
    });
    for (const socket of pair) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const breaker: LinkBreaker = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    isDown: false,
    cut: () => {
      for (const [client] of [...pairs]) client.destroy();
    },
    loseAnswerTo: (text) => (lose = text),
    holdUntil: (end) => {
      const held = end.catch(() => undefined).finally(() => {
        if (hold === held) hold = undefined;
      });
      hold = held;
    },
    stop: async () => {
      breaker.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return breaker;
}
