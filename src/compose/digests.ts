import { createRequire } from 'node:module';
import type { Logger } from 'pino';
import { sendsNotices } from '../adapters/contract/abilities.js';
import { AppError } from '../errors.js';
import type { DigestDesk } from '../http/deps.js';
import { queryOver } from '../http/api/report-query-text.js';
import type { Agent } from '../inbox/model/people.js';
import type { Digest } from '../inbox/model/report.js';
import type { Collections } from '../inbox/stores.js';
import { type DigestMail, makeDigest } from '../reports/digest/make-digest.js';
import { type DigestPeriod, newestDue, nextDueAt } from '../reports/digest/period.js';
import { pngOf } from '../reports/digest/picture.js';
import { languageOf } from '../reports/digest/words/words-in.js';
import { scopeOf } from '../reports/scope.js';
import type { Reports } from '../reports/shapes.js';
import { type DigestDeps, type MailEnd, noMailbox, recoverDigests, sweepDigests } from '../workers/digests.js';
import type { ChannelBook } from './channel-book.js';
import { firstMailbox } from './mailboxes.js';

export interface Digests {
  desk: DigestDesk;
  /** Once, at start. */
  recover(): Promise<void>;
  startSweeping(): void;
  /** Resolves when no mail is under way. */
  stopSweeping(): Promise<void>;
  /** One round now; how much it found to do. */
  sweepNow(): Promise<number>;
}

interface Parts {
  c: Pick<Collections, 'digests' | 'digestSends' | 'agents' | 'settings'>;
  reports: Pick<Reports, 'report' | 'receipts'>;
  book: ChannelBook;
  clock: () => number;
  newId: () => string;
  publicUrl: string;
  crashAt: (point: string) => void;
  log: Logger;
}

const roundEveryMs = 30_000;

/** Reports by e-mail: what sends them when they are due, and what the API needs of them. */
export function createDigests(parts: Parts): Digests {
  const { c, book, clock } = parts;
  const hasMailbox = (): boolean => firstMailbox(book) !== undefined;
  const deps: DigestDeps = {
    store: c, clock, hasMailbox, crashAt: parts.crashAt, log: parts.log,
    make: (digest, period, agentId) => makeFor(parts, { digest, period, agentId }),
    send: (id, to, mail) => sendMail(book, `digest:${id}`, to, mail),
  };
  let round: Promise<number> | undefined;
  const sweepNow = (): Promise<number> => (round ??= sweepDigests(deps).finally(() => { round = undefined; }));
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const next = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      sweepNow().catch((error: unknown) => parts.log.error({ err: error }, 'digests could not be looked after; the next round follows')).finally(next);
    }, roundEveryMs);
  };
  return {
    recover: () => recoverDigests(deps), sweepNow, startSweeping: next,
    stopSweeping: async () => {
      stopped = true;
      clearTimeout(timer);
      // What it met is in the log of the round itself.
      await round?.catch(() => undefined);
    },
    desk: {
      digests: c.digests,
      newestDue: (digest) => newestDue(digest.every, digest.timeZone, clock()).key,
      nextAt: (digest) => nextDueAt(digest.every, digest.timeZone, clock()),
      trouble: (digest) => troubleOf(parts, digest, hasMailbox()),
      sendNow: (digest, agentId) => sendNow(parts, digest, agentId),
    },
  };
}

/** With what this agent may see now: a right that was lost, or a member who left, gets nothing. */
async function makeFor(parts: Parts, { digest, period, agentId }: { digest: Digest; period: DigestPeriod; agentId: string }): Promise<{ to: string; mail: DigestMail } | { leftOut: string }> {
  const agent = await parts.c.agents.get(agentId);
  if (agent?.state !== 'active') return { leftOut: 'Whoever it was for is no longer here.' };
  const workspace = await parts.c.settings.workspace();
  try {
    const viewer = { agentId, role: agent.role, teamIds: agent.teamIds };
    const asking = { viewer, scope: scopeOf(viewer, workspace), now: parts.clock() };
    const query = queryOver(digest.query, { from: period.from, to: period.to, zone: digest.timeZone });
    const mail = await makeDigest(parts.reports, asking, query, { name: digest.name, publicUrl: parts.publicUrl, language: languageOf(agent.preferences?.language, workspace.defaultLanguage), draw: (svg, width) => pngOf(svg, { fontFile: fontFile(), width }) });
    return { to: agent.email, mail };
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') return { leftOut: 'They may not see reports any more.' };
    throw error;
  }
}

/** Looked up when the first chart is drawn. */
function fontFile(): string {
  return createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
}

async function sendMail(book: ChannelBook, id: string, to: string, mail: DigestMail): Promise<MailEnd> {
  const mailbox = firstMailbox(book);
  const account = mailbox === undefined ? undefined : book.account(mailbox);
  const adapter = account === undefined ? undefined : book.adapter('email');
  if (account === undefined || adapter === undefined || !sendsNotices(adapter)) return { result: 'no_mailbox' };
  const outcome = await adapter.sendNotice({ id, to, ...mail }, account);
  if (outcome.result === 'sent' || outcome.result === 'delivered') return { result: 'sent' };
  return { result: outcome.result, reason: outcome.reason ?? 'no reason was given' };
}

async function sendNow(parts: Parts, digest: Digest, agentId: string): Promise<{ to: string; certain: boolean }> {
  const made = await makeFor(parts, { digest, period: newestDue(digest.every, digest.timeZone, parts.clock()), agentId });
  if ('leftOut' in made) throw new AppError('forbidden', made.leftOut);
  const end = await sendMail(parts.book, `look:${parts.newId()}`, made.to, made.mail);
  if (end.result === 'no_mailbox') throw new AppError('conflict', noMailbox);
  if (end.result === 'retry' || end.result === 'rejected') throw new AppError('connection_failed', `The mailbox did not take it: ${end.reason}`);
  return { to: made.to, certain: end.result === 'sent' };
}

/** What is wrong with the digest's newest mails, one sentence; nobody is named who is not among its recipients. */
async function troubleOf(parts: Parts, digest: Digest, mailbox: boolean): Promise<string | undefined> {
  if (digest.on && !mailbox) return noMailbox;
  const sends = (await parts.c.digestSends.newestOf(digest._id, 100)).filter((send) => send.period === digest.lastPeriod && send.reason !== undefined && send.state !== 'sent');
  const [worst] = [...sends].sort((a, b) => rank.indexOf(a.state) - rank.indexOf(b.state));
  if (worst === undefined) return undefined;
  const agent: Agent | undefined = await parts.c.agents.get(worst.agentId);
  const others = sends.length === 1 ? '' : ` and ${sends.length - 1} more`;
  const what = { failed: 'did not get the last one', doubtful: 'may not have got the last one', waiting: 'has not got it yet', left_out: 'was left out', sending: 'is being sent it', sent: '' }[worst.state];
  return `${agent?.name ?? 'Somebody'}${others} ${what}: ${worst.reason ?? ''}`;
}

const rank = ['failed', 'doubtful', 'waiting', 'left_out', 'sending', 'sent'];
