import { createBot } from '../bot/create-bot.js';
import type { Core } from '../inbox/core.js';
import { applyLedgerRow } from '../inbox/receive-inbound-event.js';
import type { Brief } from '../inbox/model/brief.js';
import type { BlobStore } from '../inbox/ports.js';
import type { BriefSource } from '../inbox/read/picture.js';
import type { AllCollections } from '../store/collections/collections.js';
import { type BotTurnDeps, takeBotTurn } from '../workers/bot-turn.js';
import { deliver, type DeliverDeps } from '../workers/deliver.js';
import { fetchFile, type FetchDeps } from '../workers/fetch-file.js';
import { indexConversation } from '../workers/index-conversation.js';
import { mirrorConversation, type MirrorDeps } from '../workers/mirror.js';
import { Pace } from '../workers/pace.js';
import { recoverWork, sweep, type SweepDeps } from '../workers/sweep.js';
import type { ChannelBook } from './channel-book.js';
import { firstMailbox, ownAddressesOf } from './mailboxes.js';
import { openingOf, routeByHistory } from './thinking.js';

export interface Workers {
  /** Once, at start: takes up what a dead process had in its hands. */
  recover(): Promise<void>;
  startSweeping(): void;
  stopSweeping(): void;
  /** One round now; how much it found to do. */
  sweepNow(): Promise<number>;
}

const sweepEveryMs = 2_000;

/** Gives every kind of job its handler, and starts the sweeper that finds what no job woke up for. */
export function startWorkers(deps: {
  core: Core;
  c: AllCollections;
  book: ChannelBook;
  blobs: BlobStore;
  sniff: FetchDeps['sniff'];
  makeBrief: (source: BriefSource) => Brief;
  ledgerKeepMs: number;
  /** For links that are posted where colleagues read. */
  publicUrl: string;
}): Workers {
  const { core, book, c } = deps;
  const deliverDeps: DeliverDeps = {
    core,
    senderOf: (channelId) => {
      const account = book.account(channelId);
      const adapter = account === undefined ? undefined : book.adapter(account.channel.kind);
      return account === undefined || adapter === undefined || account.channel.state !== 'on' ? undefined : { adapter, account };
    },
    ownAddresses: () => ownAddressesOf(book),
    markBroken: async (channelId, reason) => {
      await book.setState(channelId, 'broken', reason);
    },
    noteSent: (channelId) => book.noteLater(channelId, { lastOutAt: core.clock() }),
    companyName: async () => (await c.settings.workspace()).companyName,
    random: Math.random,
    pace: new Pace(core.clock),
    readBlob: (id) => deps.blobs.get(id),
  };
  const botTurn: BotTurnDeps = {
    core,
    bot: createBot({ store: c.botStates }),
    decide: routeByHistory(core.times),
    makeBrief: deps.makeBrief,
    opening: (place) => openingOf(core.times(), place, core.clock()),
  };
  core.jobs.handle('apply', (id) => applyLedgerRow(core, id), { concurrency: 1 });
  core.jobs.handle('deliver', (id) => deliver(deliverDeps, id), { concurrency: 64 });
  core.jobs.handle('bot_turn', (id) => takeBotTurn(botTurn, id), { concurrency: 8 });
  core.jobs.handle('index', (id) => indexConversation(core, id), { concurrency: 2, laneOf: (id) => id });
  const fetchDeps: FetchDeps = { core, blobs: deps.blobs, sniff: deps.sniff, senderOf: deliverDeps.senderOf };
  core.jobs.handle('fetch_file', (id) => fetchFile(fetchDeps, id), { concurrency: 4 });
  const mirrorDeps: MirrorDeps = {
    core, blobs: deps.blobs, sniff: deps.sniff, senderOf: deliverDeps.senderOf, markBroken: deliverDeps.markBroken, random: Math.random, pace: new Pace(core.clock),
    linkTo: (conversationId) => `${deps.publicUrl}/c/${encodeURIComponent(conversationId)}`,
  };
  core.jobs.handle('mirror', (id) => mirrorConversation(mirrorDeps, id), { concurrency: 16, laneOf: (id) => id });
  core.jobs.handle('timer', () => Promise.resolve());
  const sweepDeps: SweepDeps = {
    core, deliver: deliverDeps, ledgerKeepMs: deps.ledgerKeepMs,
    timers: {
      core, botTurn, mailboxId: () => firstMailbox(book),
      mayContinueByEmail: (channelId) => book.account(channelId)?.channel.settings['continueByEmail'] !== false,
    },
  };
  return { ...sweeper(core, () => sweep(sweepDeps)), recover: () => recoverWork(sweepDeps) };
}

function sweeper(core: Core, round: () => Promise<number>): Omit<Workers, 'recover'> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const next = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      round().catch((error: unknown) => core.log.error({ err: error }, 'a sweep failed; the next one follows')).finally(next);
    }, sweepEveryMs);
  };
  return {
    startSweeping: next,
    stopSweeping: () => {
      stopped = true;
      clearTimeout(timer);
    },
    sweepNow: round,
  };
}
