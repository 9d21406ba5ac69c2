import { duration } from './format.js';

/** The customer's clock as it is drawn: how full, what it means, what it says. */
export interface ClockFace {
  /** 0 … 1 of the target; 1 when it has passed. */
  share: number;
  tone: 'ok' | 'warn' | 'bad';
  words: string;
  /** "5 h 12 m of 4 h" */
  long: string;
}

/** The clock of somebody who has waited since `since`, against the target in minutes. */
export function clockFace(since: number, targetMinutes: number, now: number): ClockFace {
  const waited = Math.max(0, now - since);
  const target = Math.max(1, targetMinutes) * 60_000;
  const share = waited / target;
  const words = waited < 60_000 ? '< 1 m' : duration(waited);
  return { share: Math.min(1, share), tone: share >= 1 ? 'bad' : share >= 0.5 ? 'warn' : 'ok', words, long: `${words} of ${duration(target)}` };
}
