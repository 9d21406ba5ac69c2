import type { Clock } from '../../inbox/ports.js';
import { openMsBetween } from '../../inbox/hours/open-time.js';
import type { TimeRules } from '../../inbox/hours/place.js';
import type { Conversation } from '../../inbox/model/conversation.js';
import type { Correction, Wait } from '../../inbox/model/wait.js';
import type { Collections } from '../../inbox/stores.js';
import { Columns } from './columns.js';
import { tagsOfCustomers } from './customer-tags.js';
import { breathe, Follower } from './follower.js';
import { holderTimes } from './holder-times.js';
import { putCase } from './put-case.js';
import { putWait, type WaitExtras } from './put-wait.js';
import { StillOpen } from './still-open.js';

export type ColumnReads = Pick<Collections, 'waits' | 'conversations' | 'corrections' | 'customers'>;

export interface KeepDeps {
  c: ColumnReads;
  times: () => TimeRules;
  clock: Clock;
}

const joinedEveryMs = 30_000;
const joinedPage = 1_000;
const undelivered = /not (been )?delivered|did not (reach|arrive)|undelivered/;

/** Keeps columns true to the store: each change of a wait or a conversation is written into its row. */
export class KeptColumns {
  readonly open = new StillOpen();
  private readonly waits: Follower<Wait>;
  private readonly cases: Follower<Conversation>;
  private joinedAt = -Infinity;
  private running: Promise<number> | undefined;
  private queued: Promise<number> | undefined;

  /** `upTo`: what the columns are right up to already. */
  constructor(private readonly deps: KeepDeps, readonly columns: Columns = new Columns(), upTo: { waits: number; cases: number } = { waits: 0, cases: 0 }) {
    const { c, clock } = deps;
    this.waits = new Follower(c.waits, { clock, newest: upTo.waits, take: (rows) => this.takeWaits(rows) });
    this.cases = new Follower(c.conversations, { clock, newest: upTo.cases, take: (rows) => this.takeCases(rows) });
  }

  get newest(): { waits: number; cases: number } {
    return { waits: this.waits.newest, cases: this.cases.newest };
  }

  /** Rows written. Whoever comes while one run is under way shares the next one, which has seen what was written before the call. */
  catchUp(): Promise<number> {
    if (this.running === undefined) {
      this.running = this.run().finally(() => {
        this.running = undefined;
      });
      return this.running;
    }
    const again = (): Promise<number> => {
      this.queued = undefined;
      return this.catchUp();
    };
    this.queued ??= this.running.then(again, again);
    return this.queued;
  }

  /** Brings what is open into memory, where the columns came from saved blocks. */
  async readOpen(): Promise<void> {
    for (let after = -1; ;) {
      const page = await this.deps.c.waits.openAfter(after, 200);
      if (page.length === 0) return;
      await this.takeWaits(page);
      after = page.at(-1)?.n ?? after;
      await breathe();
    }
  }

  private async run(): Promise<number> {
    const taken = await this.waits.catchUp() + await this.cases.catchUp();
    const now = this.deps.clock();
    if (this.joinedAt === -Infinity || (taken > 0 && now - this.joinedAt > joinedEveryMs)) {
      await this.readJoined();
      this.joinedAt = now;
    }
    return taken;
  }

  private async readJoined(): Promise<void> {
    const { customer } = this.columns.words;
    const joined = new Map<number, number>();
    for (let after: string | undefined; ;) {
      const page = await this.deps.c.customers.joinedRecords({ limit: joinedPage, ...(after === undefined ? {} : { after }) });
      for (const record of page) joined.set(customer.code(record._id), customer.code(record.joinedInto));
      after = page.at(-1)?._id;
      if (page.length < joinedPage) break;
    }
    this.columns.setJoined(joined);
  }

  private async takeWaits(rows: Wait[]): Promise<void> {
    const { c, times } = this.deps;
    const { calendars } = times();
    const corrections = correctedBy(await c.corrections.ofWaits(rows.map((wait) => wait._id), 50 * rows.length));
    const tags = await tagsOfCustomers(c, calendars, rows.map((wait) => wait.customerId));
    for (const wait of rows) {
      const place = { channelId: wait.channelId, customerTags: tags(wait.customerId) };
      const isOpen = wait.state === 'open' && wait.void !== true;
      const found = corrections.get(wait._id);
      putWait(this.columns, wait, {
        times: isOpen ? { calendar: [], business: [] } : holderTimes(wait, wait.to ?? wait.from, (segment, span) => openMsBetween(calendars, segment.teamId === undefined ? place : { ...place, teamId: segment.teamId }, span)),
        ...(found === undefined ? {} : { corrected: found }),
      });
      if (isOpen) this.open.put(wait.n, wait, place.customerTags);
      else this.open.remove(wait.n);
    }
  }

  private async takeCases(rows: Conversation[]): Promise<void> {
    const { c, times } = this.deps;
    const { calendars } = times();
    const tags = await tagsOfCustomers(c, calendars, rows.map((row) => row.customerId));
    for (const row of rows) {
      const place = { channelId: row.channelId, customerTags: tags(row.customerId), ...(row.teamId === undefined ? {} : { teamId: row.teamId }) };
      putCase(this.columns, row, (until) => openMsBetween(calendars, place, { from: row.facts.firstAt, to: until }));
    }
  }
}

function correctedBy(corrections: readonly Correction[]): Map<string, NonNullable<WaitExtras['corrected']>> {
  const found = new Map<string, NonNullable<WaitExtras['corrected']>>();
  for (const { waitId, at, why } of corrections) {
    const known = found.get(waitId) ?? { at: 0, undelivered: false };
    found.set(waitId, { at: Math.max(known.at, at), undelivered: known.undelivered || undelivered.test(why) });
  }
  return found;
}
