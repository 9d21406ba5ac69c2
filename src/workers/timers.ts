import { assertNever } from '../errors.js';
import type { Core } from '../inbox/core.js';
import { continueByEmail } from '../inbox/mark-delivery.js';
import type { Timer } from '../inbox/model/outbox.js';
import { wakeConversation } from '../inbox/set-status.js';
import { type BotTurnDeps, takeBotTurn } from './bot-turn.js';
import { runTargetTimer } from './target-timers.js';

export interface TimerDeps {
  core: Core;
  botTurn: BotTurnDeps;
  /** The mailbox that writes for other channels: the first one that is on. */
  mailboxId: () => string | undefined;
  mayContinueByEmail: (channelId: string) => boolean;
}

/** Does what was set for later, and forgets it only then: a crash in between does it once more, which changes nothing. */
export async function runTimer(deps: TimerDeps, timer: Timer): Promise<void> {
  const { core } = deps;
  switch (timer.kind) {
    case 'wake_conversation': await wakeConversation(core, timer.ref); break;
    case 'bot_turn': await takeBotTurn(deps.botTurn, timer.ref); break;
    case 'bot_silence': await takeBotTurn(deps.botTurn, timer.ref, { silent: true }); break;
    case 'continue_by_email': await continueByEmail(core, { conversationId: timer.ref, mailboxId: deps.mailboxId(), mayContinue: deps.mayContinueByEmail }); break;
    case 'target': case 'final_target': case 'retarget': await runTargetTimer(core, { ...timer, kind: timer.kind }); break;
    default: assertNever(timer.kind);
  }
  await core.store.now.timers.finish(timer);
}

/** One that failed is tried again then; meanwhile it holds back no other. */
const retryMs = 30_000;
/** Then the rest of the sweep has its turn. */
const budgetMs = 1_000;

/** Runs what is due, the earliest first, also what falls due by that. Returns how many. */
export async function runDueTimers(deps: TimerDeps, perLook: number): Promise<number> {
  const { core } = deps;
  const until = performance.now() + budgetMs;
  for (let ran = 0; ;) {
    const due = await core.store.now.timers.due(core.clock(), perLook);
    for (const timer of due) {
      await runOrPutOff(deps, timer);
      ran += 1;
      if (performance.now() > until) return ran;
    }
    if (due.length === 0) return ran;
  }
}

async function runOrPutOff(deps: TimerDeps, timer: Timer): Promise<void> {
  const { core } = deps;
  try {
    await runTimer(deps, timer);
  } catch (error) {
    core.log.error({ timerId: timer._id, err: error }, 'a timer failed; it will be tried again');
    await core.store.now.timers.move(timer, { dueAt: core.clock() + retryMs });
  }
}
