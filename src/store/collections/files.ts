import type { Draft } from '../../inbox/model/conversation.js';
import type { BotState, ProofCode, StoredFile } from '../../inbox/model/file.js';
import type { DraftStore, FileStore } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Driver } from '../driver.js';

export const fileSpec: CollectionSpec<StoredFile> = { name: 'files', indexes: [{ name: 'conversation', keys: { conversationId: 1 }, where: { conversationId: { $exists: true } } }] };
export const draftSpec: CollectionSpec<Draft> = { name: 'drafts', indexes: [{ name: 'agent', keys: { agentId: 1, updatedAt: -1 } }] };
export const proofSpec: CollectionSpec<ProofCode> = { name: 'proofs', indexes: [] };
export const botStateSpec: CollectionSpec<BotState> = { name: 'botState', indexes: [] };

/** Stored files and the message that carries each; permission to see a file is permission to see that message. */
export class Files implements FileStore {
  private readonly rows: Collection<StoredFile>;

  constructor(driver: Driver) {
    this.rows = driver.collection(fileSpec);
  }

  get(id: string): Promise<StoredFile | undefined> {
    return this.rows.findOne({ _id: id });
  }

  getMany(ids: readonly string[]): Promise<StoredFile[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.rows.find({ _id: { $in: ids } }, { limit: ids.length });
  }

  insert(file: StoredFile): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(file);
  }

  async attach(id: string, messageId: string, conversationId: string): Promise<void> {
    await this.rows.change({ _id: id, messageId: { $exists: false } }, { $set: { messageId, conversationId } });
  }
}

/** What agents have written and not sent. */
export class Drafts implements DraftStore {
  private readonly rows: Collection<Draft>;

  constructor(driver: Driver) {
    this.rows = driver.collection(draftSpec);
  }

  get(conversationId: string, agentId: string): Promise<Draft | undefined> {
    return this.rows.findOne({ _id: `${conversationId}:${agentId}` });
  }

  async put(draft: Draft): Promise<void> {
    const { _id, ...rest } = draft;
    await this.rows.change({ _id }, { $set: rest }, { upsert: true });
  }

  async remove(conversationId: string, agentId: string): Promise<void> {
    await this.rows.delete({ _id: `${conversationId}:${agentId}` }, { limit: 1 });
  }

  ofAgent(agentId: string): Promise<Draft[]> {
    return this.rows.find({ agentId }, { sort: { updatedAt: -1 }, limit: 200 });
  }
}

/** Codes on their way to an address that is to be proved. */
export class Proofs {
  private readonly rows: Collection<ProofCode>;

  constructor(driver: Driver) {
    this.rows = driver.collection(proofSpec);
  }

  get(identityId: string): Promise<ProofCode | undefined> {
    return this.rows.findOne({ _id: identityId });
  }

  async put(code: ProofCode): Promise<void> {
    const { _id, ...rest } = code;
    await this.rows.change({ _id }, { $set: rest }, { upsert: true });
  }

  async countWrong(identityId: string): Promise<number> {
    return (await this.rows.change({ _id: identityId }, { $inc: { wrongTries: 1 } }))?.after.wrongTries ?? 0;
  }

  async remove(identityId: string): Promise<void> {
    await this.rows.delete({ _id: identityId }, { limit: 1 });
  }
}

/** State of the bot's dialogs; a write under an old tag is refused. */
export class BotStates {
  private readonly rows: Collection<BotState>;

  constructor(driver: Driver) {
    this.rows = driver.collection(botStateSpec);
  }

  read(keys: readonly string[]): Promise<BotState[]> {
    return keys.length === 0 ? Promise.resolve([]) : this.rows.find({ _id: { $in: keys } }, { limit: keys.length });
  }

  /** False when somebody else wrote since `expectedTag` (`undefined`: it must not exist yet). */
  async write(state: BotState, expectedTag: string | undefined): Promise<boolean> {
    if (expectedTag === undefined) return await this.rows.insert(state) === 'inserted';
    const { _id, ...rest } = state;
    return await this.rows.change({ _id, eTag: expectedTag }, { $set: rest }) !== undefined;
  }

  async remove(key: string): Promise<void> {
    await this.rows.delete({ _id: key }, { limit: 1 });
  }
}
