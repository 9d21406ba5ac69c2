import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { Socket } from 'node:net';

/** One mail that the server has answered with 250, as it was received. */
export interface ReceivedMail {
  envelope: { from: string; to: string[] };
  raw: string;
  /** Headers by lower-case name, unfolded; the last one wins. */
  headers: Record<string, string>;
  /** Everything after the header. */
  body: string;
  user?: string;
  secure: boolean;
}

/** What the server does with the next mail (or with every one). `drop_*` cuts the connection at that moment; `hang_*` never answers. */
export type SmtpBehaviour =
  | { at: 'mail' | 'rcpt' | 'data'; code: number; text: string }
  | { at: 'drop_before_data' | 'drop_after_data' | 'hang_after_data' | 'hang_at_greeting' }
  | { at: 'answer'; text: string };

export interface SmtpServer {
  host: string;
  port: number;
  user: string;
  password: string;
  /** The server's own ledger: what it has accepted, in order. */
  received: ReceivedMail[];
  /** Mails whose bytes all arrived, accepted or not. */
  seen: ReceivedMail[];
  /** Connections so far. */
  connections: number;
  /** Queues behaviours: each is used by one mail; then mails are accepted again. */
  next(...behaviours: SmtpBehaviour[]): void;
  /** From now on, for every mail; `undefined` accepts. */
  always(behaviour: SmtpBehaviour | undefined): void;
  stop(): Promise<void>;
}

export interface SmtpOptions {
  /** Accepts only this password; default `secret-smtp` for `box1@velowerk.example`. */
  auth?: { user: string; password: string };
  tls?: { key: string; cert: string; implicit: boolean };
  /** Announced by EHLO, and kept. */
  maxBytes?: number;
}

/** Starts a real SMTP server on 127.0.0.1 with a ledger of its own; it can be told to refuse, to drop the line and to hang. */
export async function startSmtp(options: SmtpOptions = {}): Promise<SmtpServer> {
  const account = options.auth ?? { user: 'box1@velowerk.example', password: 'secret-smtp' };
  const queue: SmtpBehaviour[] = [];
  const state: { always?: SmtpBehaviour } = {};
  const ledger: Pick<SmtpServer, 'received' | 'seen' | 'connections'> = { received: [], seen: [], connections: 0 };
  const sockets = new Set<Socket>();
  const behaviour = (): SmtpBehaviour | undefined => queue[0] ?? state.always;
  const fault = (at: 'mail' | 'rcpt' | 'data'): Error | undefined => {
    const now = behaviour();
    if (now?.at !== at || !('code' in now)) return undefined;
    take();
    return Object.assign(new Error(now.text), { responseCode: now.code });
  };
  const take = (): void => {
    queue.shift();
  };
  const cut = (session: SMTPServerSession): void => {
    for (const socket of sockets) if (socket.remotePort === session.remotePort) socket.destroy();
  };
  const server = new SMTPServer({
    ...tlsOptions(options),
    size: options.maxBytes,
    rejectOversized: options.maxBytes !== undefined,
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 50,
    onConnect: (_session, done) => {
      ledger.connections += 1;
      if (behaviour()?.at !== 'hang_at_greeting') done();
    },
    onAuth: (auth, _session, done) => {
      if (auth.username === account.user && auth.password === account.password) done(null, { user: auth.username });
      else done(Object.assign(new Error('5.7.8 Authentication credentials invalid'), { responseCode: 535 }));
    },
    onMailFrom: (_address, _session, done) => done(fault('mail')),
    onRcptTo: (_address, _session, done) => done(fault('rcpt')),
    onData: (stream, session, done) => {
      const now = behaviour();
      if (now?.at === 'drop_before_data') {
        take();
        cut(session);
        return;
      }
      collect(stream, session).then((mail) => {
        ledger.seen.push(mail);
        const refused = fault('data');
        if (refused !== undefined) return done(refused);
        if (now !== undefined) take();
        if (now?.at === 'drop_after_data') return cut(session);
        if (now?.at === 'hang_after_data') return;
        ledger.received.push(mail);
        if (now?.at === 'answer') done(null, now.text);
        else done(null, 'OK: message queued');
      }, done);
    },
  } satisfies SMTPServerOptions);
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  return Object.assign(ledger, {
    host: '127.0.0.1',
    port: typeof address === 'object' && address !== null ? address.port : 0,
    user: account.user,
    password: account.password,
    next: (...more: SmtpBehaviour[]) => void queue.push(...more),
    always: (one: SmtpBehaviour | undefined) => {
      if (one === undefined) delete state.always;
      else state.always = one;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

function tlsOptions(options: SmtpOptions): SMTPServerOptions {
  if (options.tls === undefined) return { disabledCommands: ['STARTTLS'], allowInsecureAuth: true };
  return { secure: options.tls.implicit, key: options.tls.key, cert: options.tls.cert };
}

async function collect(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<ReceivedMail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  const raw = Buffer.concat(chunks).toString('utf8');
  const gap = raw.search(/\r?\n\r?\n/);
  const head = gap === -1 ? raw : raw.slice(0, gap);
  const from = session.envelope.mailFrom;
  return {
    envelope: { from: from === false ? '' : from.address, to: session.envelope.rcptTo.map((each) => each.address) },
    raw,
    headers: Object.fromEntries(head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/).map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()])),
    body: gap === -1 ? '' : raw.slice(gap).replace(/^(\r?\n){2}/, ''),
    ...(typeof session.user === 'string' ? { user: session.user } : {}),
    secure: session.secure,
  };
}
