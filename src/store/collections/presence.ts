import type { Millis } from '../../inbox/model/common.js';
import type { PresenceSpan } from '../../inbox/model/presence.js';
import type { PresenceStore } from '../../inbox/stores/presence.js';
import type { Collection, CollectionSpec, Driver } from '../driver.js';

export const presenceSpec: CollectionSpec<PresenceSpan> = {
  name: 'presence',
  indexes: [{ name: 'agent_from', keys: { agentId: 1, from: 1 } }, { name: 'from', keys: { from: 1, _id: 1 } }],
};

/** Who had Rapport open when. */
export class Presence implements PresenceStore {
  private readonly rows: Collection<PresenceSpan>;

  constructor(driver: Driver) {
    this.rows = driver.collection(presenceSpec);
  }

  insert(span: PresenceSpan): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(span);
  }

  async extend(id: string, to: Millis): Promise<void> {
    await this.rows.change({ _id: id }, { $max: { to } });
  }

  async newestOf(agentId: string, at: Millis): Promise<PresenceSpan | undefined> {
    return (await this.rows.find({ agentId, from: { $lte: at } }, { sort: { from: -1 }, limit: 1 }))[0];
  }

  ofAgent(agentId: string, { before, limit }: { before?: Millis; limit: number }): Promise<PresenceSpan[]> {
    return this.rows.find({ agentId, ...(before === undefined ? {} : { from: { $lt: before } }) }, { sort: { from: -1 }, limit });
  }

  begunIn(from: Millis, to: Millis, { after, limit }: { after?: PresenceSpan; limit: number }): Promise<PresenceSpan[]> {
    return this.rows.find({ from: { $gte: from, $lt: to } }, { sort: { from: 1, _id: 1 }, limit, ...(after === undefined ? {} : { after: [after.from, after._id] }) });
  }

  async knownSince(): Promise<Millis | undefined> {
    return (await this.rows.find({}, { sort: { from: 1, _id: 1 }, limit: 1 }))[0]?.from;
  }
}
