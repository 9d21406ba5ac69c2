import type { Bot, BotAction, BotTurn } from '../inbox/ports.js';
import type { BotStateStore } from './bot-state-store.js';
import { mayTakeTurn } from './triage.js';

export interface BotDeps {
  store: BotStateStore;
}

/** The bot, and a way to load botbuilder (about 45 MB and 300 ms) before the first customer writes. */
export interface LoadableBot extends Bot {
  load(): Promise<void>;
}

const tries = 4;

/**
 * The bot as the inbox sees it. botbuilder is loaded at the first turn that needs it. One read and at most one write of
 * the store per turn; about 1 ms. Throws `conflict` when other turns of the same conversation were faster four times.
 */
export function createBot({ store }: BotDeps): LoadableBot {
  let loading: Promise<typeof import('./dialogs/run-turn.js')> | undefined;
  const load = (): Promise<typeof import('./dialogs/run-turn.js')> => (loading ??= import('./dialogs/run-turn.js'));
  return {
    async load() {
      await load();
    },
    async takeTurn(turn: BotTurn): Promise<BotAction[]> {
      if (!mayTakeTurn(turn)) return [];
      const { runTurn } = await load();
      return againOnConflict(() => runTurn(store, turn));
    },
  };
}

async function againOnConflict(run: () => Promise<BotAction[]>): Promise<BotAction[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isConflict(error) || attempt === tries) throw error;
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'conflict';
}
