import { connect } from 'node:net';
import { waitFor } from './wait-for.js';

/** Somebody with a plain IRC client of their own, for the far end of tests. */
export interface IrcPerson {
  nick: string;
  /** Whole lines as they came, with their prefix. */
  heard: string[];
  onLine(listener: (line: string) => void): void;
  /** Writes a command; resolves when the server has dealt with it. */
  write(line: string): Promise<void>;
  /** Resolves when all that the server has for them is here, or they are gone. */
  flush(): Promise<void>;
  leave(): void;
}

export async function joinIrc(port: number, nick: string, channels: string[] = []): Promise<IrcPerson> {
  const socket = connect(port, '127.0.0.1');
  const heard: string[] = [];
  const listeners: ((line: string) => void)[] = [];
  let rest = '';
  let count = 0;
  socket.setEncoding('latin1');
  socket.on('error', () => undefined);
  socket.on('data', (data: string) => {
    const lines = (rest + data).split('\r\n');
    rest = lines.pop() ?? '';
    for (const raw of lines) {
      const line = Buffer.from(raw, 'latin1').toString('utf8');
      if (line.startsWith('PING')) socket.write(`PONG${line.slice(4)}\r\n`);
      heard.push(line);
      for (const listener of listeners) listener(line);
    }
  });
  const person: IrcPerson = {
    nick, heard,
    onLine: (listener) => void listeners.push(listener),
    write: async (line) => {
      const token = `t${(count += 1)}`;
      socket.write(`${line === '' ? '' : `${line}\r\n`}PING ${token}\r\n`);
      await waitFor(() => heard.some((each) => each.includes(' PONG ') && each.endsWith(`:${token}`)), { what: `the answer to ${line}` });
    },
    flush: async () => {
      if (!socket.destroyed) await person.write('');
    },
    leave: () => socket.destroy(),
  };
  socket.write(`NICK ${nick}\r\nUSER ${nick.slice(0, 8)} 0 * :${nick}\r\n`);
  await waitFor(() => heard.some((line) => / (?:376|422) /u.test(line)), { what: `${nick} on the server` });
  for (const channel of channels) await person.write(`JOIN ${channel}`);
  return person;
}
