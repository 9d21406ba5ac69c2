import type { ConnectionHost } from '../../contract/abilities.js';
import type { EmailSettings } from '../config.js';
import type { EmailTools } from '../deps.js';
import { limits } from '../limits.js';
import { readCursor, writeCursor } from './cursor.js';
import { findSentFolder, newImapClient, within } from './imap-client.js';
import { explainImap } from './imap-errors.js';
import { createLatch, type Latch } from './latch.js';
import { syncFolders, type Session } from './sync.js';
import { isStoreTrouble, type TakeIn } from './take-in.js';

export interface MailboxHolder {
  stop(): Promise<void>;
  /** Look now: for mail, or for the server if it was away. */
  poke(): void;
}

interface Held {
  box: TakeIn;
  latch: Latch;
  isStopped: boolean;
  /** Ends the connection that is open now. */
  cut?: () => void;
  wasHealthy: boolean;
  failures: number;
  refusals: number;
}

/** Keeps one mailbox connected, for ever: every loss is followed by a fresh connection after a growing pause. */
export function holdMailbox(account: { channelId: string; settings: EmailSettings }, host: ConnectionHost, tools: EmailTools): MailboxHolder {
  const held: Held = { box: { ...account, host, tools, recent: new Map() }, latch: createLatch(), isStopped: false, wasHealthy: false, failures: 0, refusals: 0 };
  const running = run(held);
  return {
    stop: async () => {
      held.isStopped = true;
      held.latch.set();
      held.cut?.();
      await running;
    },
    poke: () => held.latch.set(),
  };
}

async function run(held: Held): Promise<void> {
  while (!held.isStopped) {
    try {
      await connection(held);
    } catch (error) {
      if (held.isStopped) return;
      // The end of the connection that failed is no reason to try again at once.
      held.latch.clear();
      await held.latch.wait(afterFailure(held, error));
    }
  }
}

async function connection(held: Held): Promise<void> {
  const { box } = held;
  const { timing } = box.tools.deps;
  const refused = await box.tools.deps.refuseHost?.(box.settings.imapHost);
  if (refused !== undefined) throw new Error(refused);
  const client = await newImapClient(box.settings, { connectMs: timing?.imapConnectMs ?? limits.imapConnectMs });
  held.cut = () => client.close();
  let isOver = false;
  const wake = (): void => {
    if (!isOver) held.latch.set();
  };
  client.on('exists', wake);
  client.on('close', wake);
  try {
    if (held.isStopped) return;
    await client.connect();
    const commandMs = timing?.imapCommandMs ?? limits.imapCommandMs;
    const session = await begin(held, client, commandMs);
    for (;;) {
      await syncFolders(session);
      if (held.isStopped) return;
      healthy(held);
      await rest(held, session);
      if (held.isStopped) return;
    }
  } finally {
    delete held.cut;
    isOver = true;
    client.close();
  }
}

async function begin(held: Held, client: Session['client'], commandMs: number): Promise<Session> {
  const { box } = held;
  const { settings, host } = box;
  const sent = await within(client, commandMs, findSentFolder(client, settings.sentFolder));
  const stored = await host.getCursor();
  const cursor = readCursor(stored, { now: host.clock(), importDays: settings.importDays });
  if (stored['since'] === undefined) await host.setCursor(writeCursor(cursor));
  return { client, box, cursor, inbox: settings.folder, ...(sent === undefined ? {} : { sent }), commandMs, isStopped: () => held.isStopped };
}

/** Waits for the server to tell of something new, for the next look, or for the end. */
async function rest(held: Held, { client }: Session): Promise<void> {
  const pollMs = held.box.tools.deps.timing?.pollMs ?? held.box.settings.pollSeconds * 1_000;
  if (client.usable) void client.idle().catch(() => held.latch.set());
  await held.latch.wait(pollMs);
  if (!client.usable && !held.isStopped) throw new Error('the connection was closed');
}

function healthy(held: Held): void {
  if (!held.wasHealthy || held.failures > 0) held.box.host.report({ state: 'ok' });
  held.wasHealthy = true;
  held.failures = 0;
  held.refusals = 0;
}

/** Reports what is wrong, and says how long to wait before trying again. */
function afterFailure(held: Held, error: unknown): number {
  const { host, settings, tools } = held.box;
  const timing = tools.deps.timing ?? {};
  held.failures += 1;
  const trouble = isStoreTrouble(error) ? { kind: 'other', text: 'Mail waits on the server: the store does not take it at the moment.' } : explainImap(error, settings);
  host.log.warn({ failures: held.failures, kind: trouble.kind, reason: trouble.text }, 'the mailbox is not connected');
  held.refusals = trouble.kind === 'refused' ? held.refusals + 1 : held.refusals;
  if (trouble.kind === 'refused' && held.refusals >= 2) {
    host.report({ state: 'broken', text: trouble.text });
    return timing.refusedMs ?? limits.refusedMs;
  }
  // One lost connection is nothing to tell anybody about.
  if (!held.wasHealthy || held.failures >= 2) host.report({ state: 'trouble', text: trouble.text });
  const ceiling = Math.min(timing.backoffMaxMs ?? limits.backoffMaxMs, (timing.backoffMinMs ?? limits.backoffMinMs) * 2 ** Math.min(held.failures - 1, 16));
  const pause = ceiling / 2 + (Math.random() * ceiling) / 2;
  return trouble.kind === 'refused' ? Math.max(pause, timing.secondTryMs ?? limits.secondTryMs) : pause;
}
