import type { BotState } from '../inbox/model/file.js';

/** Where the bot keeps what it remembers of a conversation; `_id` = conversation id, one row at a time. */
export interface BotStateStore {
  read(keys: readonly string[]): Promise<BotState[]>;
  /** False when somebody else wrote since `expectedTag`; `undefined`: there must be none yet. */
  write(state: BotState, expectedTag: string | undefined): Promise<boolean>;
  remove(key: string): Promise<void>;
}
