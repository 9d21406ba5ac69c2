import type { Millis } from '../inbox/model/common.js';
import type { HolderKind, Wait } from '../inbox/model/wait.js';
import type { Live } from '../inbox/ports.js';
import type { Collections } from '../inbox/stores.js';
import { breathe, Follower } from './columns/follower.js';

/** What the wall needs of an open wait. */
export interface OpenWait {
  id: string;
  conversationId: string;
  customerId: string;
  /** The person: the record that this one was joined into, or itself. */
  personId: string;
  channelId: string;
  teamId?: string;
  since: Millis;
  dueAt?: Millis;
  breachedAt?: Millis;
  targetMs?: number;
  why?: string;
  inPublic: boolean;
  by: HolderKind;
  /** Of `agent` and `snoozed`. */
  holderId?: string;
  /** Who has the conversation, also while it is snoozed or with the customer. */
  assigneeId?: string;
}

const page = 500;
/** Without a notice of any change it is looked at anew after this time. */
const freshForMs = 250;

/**
 * The open waits, in memory: read from the store at first use, then kept up by their change numbers. Imported ones are
 * not in it, for nobody waits there now. Costs one look at an index when nothing has changed.
 */
export class OpenWaits {
  private readonly rows = new Map<string, OpenWait>();
  private readonly strangers = new Set<string>();
  private follower: Follower<Wait> | undefined;
  private reading: Promise<void> | undefined;
  private readAt = -Infinity;
  /** Something has happened since the last look began: a browser that was told of it asks at once, and must not get what was before. */
  private stale = false;

  constructor(private readonly c: Pick<Collections, 'waits' | 'customers'>, live: Pick<Live, 'subscribe'>) {
    live.subscribe((notice) => {
      this.stale ||= notice.kind === 'conversation' || notice.kind === 'customer';
      // A join makes two customers one: who the person is has to be asked again.
      if (notice.kind === 'customer') this.strangers.add(notice.customerId);
    });
  }

  /** As they are now, with everything that browsers have been told of. In no order. */
  async now(): Promise<Iterable<OpenWait>> {
    if (this.reading !== undefined) await this.reading;
    if (this.stale || performance.now() - this.readAt > freshForMs) {
      this.reading ??= this.read().finally(() => {
        this.reading = undefined;
      });
      await this.reading;
    }
    return this.rows.values();
  }

  private async read(): Promise<void> {
    const begun = performance.now();
    this.stale = false;
    if (this.follower === undefined) await this.load();
    await this.follower?.catchUp();
    await this.findPersons();
    this.readAt = begun;
  }

  private async load(): Promise<void> {
    const { changeSeq } = await this.c.waits.newest();
    this.rows.clear();
    for (let n = 0; ;) {
      const waits = await this.c.waits.openAfter(n, page);
      for (const wait of waits) this.take(wait);
      const last = waits.at(-1);
      if (last === undefined) break;
      n = last.n;
      await breathe();
    }
    this.follower = new Follower(this.c.waits, { clock: () => performance.now(), newest: changeSeq, take: (waits) => Promise.resolve(waits.forEach((wait) => { this.take(wait); })) });
  }

  private take(wait: Wait): void {
    if (wait.state !== 'open' || wait.void === true || wait.imported === true) {
      this.rows.delete(wait._id);
      return;
    }
    const known = this.rows.get(wait._id);
    if (known?.customerId !== wait.customerId) this.strangers.add(wait.customerId);
    this.rows.set(wait._id, rowOf(wait, known?.customerId === wait.customerId ? known.personId : wait.customerId));
  }

  private async findPersons(): Promise<void> {
    if (this.strangers.size === 0) return;
    const asked = new Set(this.strangers);
    this.strangers.clear();
    const mine = [...this.rows.values()].filter((row) => asked.has(row.customerId) || asked.has(row.personId));
    const ids = [...new Set(mine.map((row) => row.customerId))];
    const persons = new Map<string, string>();
    for (let at = 0; at < ids.length; at += page) {
      for (const record of await this.c.customers.getMany(ids.slice(at, at + page))) persons.set(record._id, record.joinedInto ?? record._id);
      await breathe();
    }
    for (const row of mine) row.personId = persons.get(row.customerId) ?? row.customerId;
  }
}

function rowOf(wait: Wait, personId: string): OpenWait {
  const last = wait.segments.at(-1);
  const assigneeId = wait.segments.findLast((segment) => segment.by === 'agent' || segment.by === 'unassigned')?.agentId;
  const { target, breachedAt, teamId } = wait;
  return {
    id: wait._id, conversationId: wait.conversationId, customerId: wait.customerId, personId, channelId: wait.channelId, since: wait.from, inPublic: wait.public === true, by: last?.by ?? 'unassigned',
    ...(teamId === undefined ? {} : { teamId }),
    ...(target === undefined ? {} : { dueAt: target.dueAt, targetMs: target.ms, why: target.why }),
    ...(breachedAt === undefined ? {} : { breachedAt }),
    ...(last?.agentId === undefined ? {} : { holderId: last.agentId }),
    ...(assigneeId === undefined ? {} : { assigneeId }),
  };
}
