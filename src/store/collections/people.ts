import type { Millis } from '../../inbox/model/common.js';
import type { Agent, ApiKey, Session, Team, Workspace } from '../../inbox/model/people.js';
import type { Patch } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Doc, Driver } from '../driver.js';
import { toUpdate } from './patch.js';

/** A one-time link for an agent. `_id` = SHA-256 of its token. */
export interface InviteRow extends Doc {
  agentId: string;
  createdAt: Millis;
  expiresAt: Millis;
}

export const agentSpec: CollectionSpec<Agent> = { name: 'agents', indexes: [{ name: 'email', keys: { email: 1 }, unique: true }] };
export const teamSpec: CollectionSpec<Team> = { name: 'teams', indexes: [] };
export const sessionSpec: CollectionSpec<Session> = { name: 'sessions', indexes: [{ name: 'agent', keys: { agentId: 1 } }, { name: 'idle', keys: { lastUsedAt: 1 } }] };
export const apiKeySpec: CollectionSpec<ApiKey> = { name: 'apiKeys', indexes: [] };
export const inviteSpec: CollectionSpec<InviteRow> = { name: 'invites', indexes: [{ name: 'agent', keys: { agentId: 1 } }] };
export const settingSpec: CollectionSpec<Workspace> = { name: 'settings', hot: true, indexes: [] };

const workspaceId = 'workspace';

/** What a workspace is before anybody set it up. Office hours in UTC until the set-up page knows better. */
export const defaultWorkspace: Workspace = {
  _id: workspaceId,
  companyName: 'Our company',
  hours: { timeZone: 'UTC', blocks: [0, 1, 2, 3, 4].map((day) => ({ day, from: 9 * 60, to: 17 * 60 })) },
  defaultLanguage: 'en',
  answerTargetMinutes: 240,
  botName: 'Assistant',
  botOn: true,
};

/** Everybody who answers. */
export class Agents {
  private readonly rows: Collection<Agent>;

  constructor(driver: Driver) {
    this.rows = driver.collection(agentSpec);
  }

  get(id: string): Promise<Agent | undefined> {
    return this.rows.findOne({ _id: id });
  }

  byEmail(email: string): Promise<Agent | undefined> {
    return this.rows.findOne({ email });
  }

  async all(): Promise<Agent[]> {
    const found = await this.rows.find({}, { limit: 5_000 });
    return found.sort((a, b) => a.name.localeCompare(b.name));
  }

  insert(agent: Agent): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(agent);
  }

  async change(id: string, patch: Patch<Agent>): Promise<Agent | undefined> {
    return (await this.rows.change({ _id: id }, toUpdate(patch)))?.after;
  }
}

export class Teams {
  private readonly rows: Collection<Team>;

  constructor(driver: Driver) {
    this.rows = driver.collection(teamSpec);
  }

  get(id: string): Promise<Team | undefined> {
    return this.rows.findOne({ _id: id });
  }

  async all(): Promise<Team[]> {
    const found = await this.rows.find({}, { limit: 1_000 });
    return found.sort((a, b) => a.name.localeCompare(b.name));
  }

  insert(team: Team): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(team);
  }

  async change(id: string, patch: Patch<Team>): Promise<Team | undefined> {
    return (await this.rows.change({ _id: id }, toUpdate(patch)))?.after;
  }
}

export class Sessions {
  private readonly rows: Collection<Session>;

  constructor(driver: Driver) {
    this.rows = driver.collection(sessionSpec);
  }

  insert(session: Session): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(session);
  }

  get(id: string): Promise<Session | undefined> {
    return this.rows.findOne({ _id: id });
  }

  async touch(id: string, lastUsedAt: Millis): Promise<void> {
    await this.rows.change({ _id: id }, { $max: { lastUsedAt } });
  }

  async ofAgent(agentId: string): Promise<Session[]> {
    const found = await this.rows.find({ agentId }, { limit: 200 });
    return found.sort((a, b) => b.lastUsedAt - a.lastUsedAt);
  }

  async remove(id: string): Promise<boolean> {
    return await this.rows.delete({ _id: id }, { limit: 1 }) > 0;
  }

  async removeOfAgent(agentId: string, exceptId?: string): Promise<void> {
    await this.rows.delete(exceptId === undefined ? { agentId } : { agentId, _id: { $ne: exceptId } });
  }

  removeStale(before: { lastUsedAt: Millis; createdAt: Millis }): Promise<number> {
    return this.rows.delete({ $or: [{ lastUsedAt: { $lt: before.lastUsedAt } }, { createdAt: { $lt: before.createdAt } }] }, { limit: 1_000 });
  }
}

export class ApiKeys {
  private readonly rows: Collection<ApiKey>;

  constructor(driver: Driver) {
    this.rows = driver.collection(apiKeySpec);
  }

  insert(key: ApiKey): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(key);
  }

  get(id: string): Promise<ApiKey | undefined> {
    return this.rows.findOne({ _id: id });
  }

  async all(): Promise<ApiKey[]> {
    const found = await this.rows.find({}, { limit: 1_000 });
    return found.sort((a, b) => b.createdAt - a.createdAt);
  }

  async remove(id: string): Promise<boolean> {
    return await this.rows.delete({ _id: id }, { limit: 1 }) > 0;
  }

  async touch(id: string, lastUsedAt: Millis): Promise<void> {
    await this.rows.change({ _id: id }, { $max: { lastUsedAt } });
  }
}

export class Invites {
  private readonly rows: Collection<InviteRow>;

  constructor(driver: Driver) {
    this.rows = driver.collection(inviteSpec);
  }

  insert(invite: InviteRow): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(invite);
  }

  find(id: string, now: Millis): Promise<InviteRow | undefined> {
    return this.rows.findOne({ _id: id, expiresAt: { $gt: now } });
  }

  /** Once: of two at the same time one gets it. */
  async take(id: string, now: Millis): Promise<InviteRow | undefined> {
    const found = await this.find(id, now);
    if (found === undefined) return undefined;
    return await this.rows.delete({ _id: id }, { limit: 1 }) > 0 ? found : undefined;
  }

  async removeOfAgent(agentId: string): Promise<void> {
    await this.rows.delete({ agentId });
  }
}

export class Settings {
  private readonly rows: Collection<Workspace>;

  constructor(driver: Driver) {
    this.rows = driver.collection(settingSpec);
  }

  async workspace(): Promise<Workspace> {
    return await this.rows.findOne({ _id: workspaceId }) ?? defaultWorkspace;
  }

  async change(patch: Patch<Workspace>): Promise<Workspace> {
    await this.rows.insert(defaultWorkspace);
    const changed = await this.rows.change({ _id: workspaceId }, toUpdate(patch));
    return changed?.after ?? defaultWorkspace;
  }

  /** True for exactly one caller, ever: the one who may make the first administrator. */
  async claimSetUp(companyName: string, setUpAt: Millis): Promise<boolean> {
    await this.rows.insert(defaultWorkspace);
    return await this.rows.change({ _id: workspaceId, setUpAt: { $exists: false } }, { $set: { setUpAt, companyName } }) !== undefined;
  }
}
