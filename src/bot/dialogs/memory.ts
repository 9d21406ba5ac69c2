import type { TurnContext } from 'botbuilder-core';
import { AppError } from '../../errors.js';
import type { BotAction, BotTurn } from '../../inbox/ports.js';
import type { Missing } from '../triage.js';

/** An action without the brief, which holds the customer's words and is made anew. */
export type KeptAction = Exclude<BotAction, { type: 'hand_over' }> | { type: 'hand_over'; reason: string };

/** What the bot remembers of one conversation. */
export interface Memory {
  greeted: boolean;
  asked?: Missing;
  /** It has handed over: it says nothing more. */
  done: boolean;
  language?: string;
  isUrgent?: boolean;
  address?: string;
  orderNumber?: string;
  /** Place of the newest message it has taken a turn for. */
  lastSeq: number;
  /** What it did, by message: the same turn twice gives the same actions. */
  turns: { key: string; actions: KeptAction[] }[];
}

/** Turns kept for repeating; older ones are answered with silence. */
const turnsKept = 20;

export function freshMemory(): Memory {
  return { greeted: false, done: false, lastSeq: 0, turns: [] };
}

export function turnKey(turn: BotTurn): string {
  return turn.silent === true ? `${turn.message._id}#silent` : turn.message._id;
}

/** What was done in this turn when it was taken before; nothing for a message that was passed over. `undefined`: take it. */
export function doneBefore(memory: Memory, turn: BotTurn): BotAction[] | undefined {
  const known = memory.turns.find((entry) => entry.key === turnKey(turn));
  if (known !== undefined) return known.actions.map((action) => (action.type === 'hand_over' ? { ...action, brief: turn.brief } : action));
  const isOld = turn.silent === true ? turn.message.seq !== memory.lastSeq : turn.message.seq <= memory.lastSeq;
  return isOld ? [] : undefined;
}

export function remember(memory: Memory, turn: BotTurn, actions: readonly BotAction[]): void {
  const kept = actions.map((action): KeptAction => (action.type === 'hand_over' ? { type: 'hand_over', reason: action.reason } : action));
  memory.turns = [...memory.turns, { key: turnKey(turn), actions: kept }].slice(-turnsKept);
  memory.lastSeq = Math.max(memory.lastSeq, turn.message.seq);
}

/** What the dialogs of this turn work on. */
export interface TurnDesk {
  turn: BotTurn;
  memory: Memory;
}

const deskKey = Symbol('desk');

export function putDesk(context: TurnContext, desk: TurnDesk): void {
  context.turnState.set(deskKey, desk);
}

export function deskOf(context: TurnContext): TurnDesk {
  const desk = context.turnState.get<TurnDesk | undefined>(deskKey);
  if (desk === undefined) throw new AppError('bug', 'a dialog ran outside a turn');
  return desk;
}
