import type { Core } from './core.js';
import { Lanes } from './lanes.js';
import type { Millis } from './model/common.js';
import type { Agent } from './model/people.js';
import { longestSpanMs, type PresenceSpan } from './model/presence.js';
import type { PresenceStore } from './stores/presence.js';

/** How somebody is here who is. */
export interface Here {
  state: Agent['presence'];
  teamIds: readonly string[];
}

/** How often `beat` is to be called: what a process that dies loses at most. */
export const presenceBeatMs = 2 * 60_000;
/** A reload, a lift, a restart of ours: no absence. */
const bridgeMs = 60_000;

/**
 * Keeps who was here as spans, one at a time for each agent however many browsers they have. Only ever adds: a clock that
 * goes back takes nothing away, and a process that was asleep, or dead, leaves out the time in which it knew nothing.
 * Right for one process on a store.
 */
export class PresenceLog {
  private readonly here = new Map<string, PresenceSpan>();
  private readonly lanes = new Lanes();
  private stopped = false;

  constructor(private readonly deps: Pick<Core, 'store' | 'clock'>) {}

  /**
   * Call it whenever an agent may have come, gone or changed. `read` is asked when its turn has come (`undefined`: not
   * here), so that of two calls the later knows the later truth. Writes when something did change.
   */
  note(agentId: string, read: () => Promise<Here | undefined>): Promise<void> {
    return this.inTurn(async () => {
      const here = await read();
      await this.write(new Map([[agentId, here]]));
    });
  }

  /** Says of all who are here that they still are, in one commit. Mends what a failed `note` left out. */
  beat(read: () => Promise<ReadonlyMap<string, Here>>): Promise<void> {
    return this.inTurn(async () => {
      const all = await read();
      await this.write(new Map([...this.here.keys(), ...all.keys()].map((agentId) => [agentId, all.get(agentId)])), { extend: true });
    });
  }

  /** How they were when they were last seen here; `undefined` when they never were. */
  async lastState(agentId: string): Promise<Agent['presence'] | undefined> {
    return (await this.deps.store.now.presence.newestOf(agentId, this.deps.clock()))?.state;
  }

  /** All that is kept of one agent, newest first, page by page. */
  ofAgent(agentId: string, query: { before?: Millis; limit: number }): Promise<PresenceSpan[]> {
    return this.deps.store.now.presence.ofAgent(agentId, query);
  }

  /** Writes how far it is known for the last time; what is noted afterwards is ignored. */
  async stop(): Promise<void> {
    await this.inTurn(() => this.write(new Map([...this.here.keys()].map((agentId) => [agentId, undefined]))));
    this.stopped = true;
  }

  private inTurn(task: () => Promise<void>): Promise<void> {
    return this.lanes.run('presence', async () => {
      if (!this.stopped) await task();
    });
  }

  private async write(seen: ReadonlyMap<string, Here | undefined>, { extend = false } = {}): Promise<void> {
    const at = this.deps.clock();
    const next = await this.deps.store.work(async ({ presence }) => {
      const spans = new Map<string, PresenceSpan | undefined>();
      for (const [agentId, here] of seen) spans.set(agentId, await writeOne(presence, { agentId, here, at, last: this.here.get(agentId), extend }));
      return spans;
    });
    for (const [agentId, span] of next) {
      if (span === undefined) this.here.delete(agentId);
      else this.here.set(agentId, span);
    }
  }
}

interface Look {
  agentId: string;
  here: Here | undefined;
  at: Millis;
  /** The span that goes on, as far as this process knows. */
  last: PresenceSpan | undefined;
  extend: boolean;
}

/** The span that goes on now, if one does. */
async function writeOne(presence: PresenceStore, { agentId, here, at, last, extend }: Look): Promise<PresenceSpan | undefined> {
  // One that begins in the future was begun by a clock that has since been set right.
  const going = last !== undefined && last.from <= at && at - last.to <= presenceBeatMs + bridgeMs ? last : undefined;
  if (here === undefined) {
    if (going !== undefined) await presence.extend(going._id, at);
    return undefined;
  }
  const isSame = (span: PresenceSpan): boolean => span.state === here.state && sameTeams(span.teamIds, here.teamIds) && at - span.from < longestSpanMs;
  if (going !== undefined) {
    if (isSame(going) && !extend) return going;
    await presence.extend(going._id, at);
    return isSame(going) ? { ...going, to: Math.max(going.to, at) } : begin(presence, agentId, here, at);
  }
  const before = await presence.newestOf(agentId, at);
  if (before === undefined || !isSame(before) || at - before.to > bridgeMs) return begin(presence, agentId, here, at);
  await presence.extend(before._id, at);
  return { ...before, to: Math.max(before.to, at) };
}

async function begin(presence: PresenceStore, agentId: string, here: Here, at: Millis): Promise<PresenceSpan> {
  const span: PresenceSpan = { _id: `${agentId}:${at}`, agentId, from: at, to: at, state: here.state, teamIds: [...here.teamIds] };
  await presence.insert(span);
  return span;
}

function sameTeams(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
