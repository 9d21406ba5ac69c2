import type { Brief } from '../../../src/inbox/model/brief.js';
import type { BotState } from '../../../src/inbox/model/file.js';
import type { Message } from '../../../src/inbox/model/message.js';
import type { Bot, BotAction, BotTurn } from '../../../src/inbox/ports.js';
import type { BotStateStore } from '../../../src/bot/bot-state-store.js';
import { conversation, message, minute, monday } from './people.js';

/** The store at the seam: rows with tags, a write over an old tag refused. */
export function stateStore(): BotStateStore & { rows: Map<string, BotState>; writes: number } {
  const rows = new Map<string, BotState>();
  const store = {
    rows,
    writes: 0,
    read: async (keys: readonly string[]) => keys.flatMap((key) => rows.get(key) ?? []),
    write: async (state: BotState, expectedTag: string | undefined) => {
      if (rows.get(state._id)?.eTag !== expectedTag) return false;
      rows.set(state._id, state);
      store.writes += 1;
      return true;
    },
    remove: async (key: string) => void rows.delete(key),
  };
  return store;
}

export const emptyBrief: Brief = { lines: [] };

export function turn(text: string, changes: Partial<BotTurn> = {}): BotTurn {
  const said = changes.message ?? message(text);
  return {
    conversation: conversation(), message: said, history: [said], brief: emptyBrief, needsAddress: false, companyName: 'Velowerk', botName: 'Velo',
    opening: { openNow: true, timeZone: 'Europe/Berlin' }, now: monday, ...changes,
  };
}

/** A customer and the bot taking turns in one conversation, as the inbox would have it. */
export class Talk {
  readonly actions: BotAction[] = [];
  readonly history: Message[] = [];
  private silentAfter: string | undefined;
  private readonly bot: Bot;
  private readonly base: Partial<BotTurn>;

  constructor(bot: Bot, base: Partial<BotTurn> = {}) {
    this.bot = bot;
    this.base = base;
  }

  async says(text: string, changes: Partial<BotTurn> & { message?: Message } = {}): Promise<BotAction[]> {
    const seq = this.history.length + 1;
    const said = changes.message ?? message(text, { seq, at: monday + seq * minute });
    this.history.push(said);
    return this.run(turn(text, { ...this.base, ...changes, message: said, history: [...this.history], now: monday + seq * minute }));
  }

  /** The timer runs once after a message; a second time it would be the same turn again. */
  async staysSilent(): Promise<BotAction[]> {
    const last = this.history.findLast((each) => each.kind === 'in');
    const isAgain = last?._id === this.silentAfter;
    this.silentAfter = last?._id;
    return last === undefined || isAgain ? [] : this.run(turn('', { ...this.base, message: last, history: [...this.history], silent: true }));
  }

  private async run(next: BotTurn): Promise<BotAction[]> {
    const actions = await this.bot.takeTurn(next);
    this.actions.push(...actions);
    for (const action of actions) if (action.type === 'say') this.history.push(message(action.text, { by: 'bot', seq: this.history.length + 1 }));
    return actions;
  }
}

export function spoken(actions: readonly BotAction[]): string {
  return actions.flatMap((action) => (action.type === 'say' ? [action.text] : [])).join(' ');
}

export function choices(actions: readonly BotAction[]): string[] {
  return actions.flatMap((action) => (action.type === 'say' ? (action.choices ?? []) : []));
}

export function handOvers(actions: readonly BotAction[]): Extract<BotAction, { type: 'hand_over' }>[] {
  return actions.flatMap((action) => (action.type === 'hand_over' ? [action] : []));
}

export function facts(actions: readonly BotAction[]): Omit<Extract<BotAction, { type: 'note_facts' }>, 'type'> {
  return Object.assign({}, ...actions.filter((action) => action.type === 'note_facts').map(({ type: _type, ...rest }) => rest)) as Omit<Extract<BotAction, { type: 'note_facts' }>, 'type'>;
}
