import type { Millis } from '../../inbox/model/common.js';
import type { PresenceSpan } from '../../inbox/model/presence.js';
import type { DemoAgent } from '../deps.js';
import { badTuesday } from '../script/uneven-days.js';
import { agents } from '../world/company.js';
import { day, localTime, minute } from '../world/days.js';
import { createRandom, seedOf } from '../world/random.js';
import { type Block, shiftOn } from '../world/shifts.js';

/** Something that somebody did. */
export interface Deed {
  agentId: string;
  at: Millis;
}

/** Before and after a deed outside their shift they had Rapport open for so long. */
const lookedIn = { before: 14 * minute, after: 6 * minute };
const missingOnTheTuesday = 2;
/** Whoever signs in now begins a span of their own. */
const justNow = 3 * minute;

/**
 * Who had Rapport open in this time: their shifts, and whenever they did something besides. On the bad Tuesday the two
 * who did least were not there. Pure.
 */
export function presenceOf(deeds: readonly Deed[], time: { from: Millis; now: Millis; seed: number }): PresenceSpan[] {
  const tuesday = badTuesday(time.now);
  const missing = missingOn(deeds, tuesday);
  return agents.flatMap((agent) => {
    const mine = deeds.filter((deed) => deed.agentId === agent._id);
    const planned: Block[] = [];
    for (let noon = noonOf(time.from); noon < time.now + day; noon += day) {
      if (missing.has(agent._id) && noon >= tuesday && noon < tuesday + day) continue;
      planned.push(...shiftOn(agent._id, noon, createRandom(seedOf(`${time.seed}-${agent._id}-${Math.floor(noon / day)}`))));
    }
    return spansOf(agent, withDeeds(planned, mine), { ...time, to: time.now - justNow });
  });
}

/** In the firm's zone; it stays on its day when clocks change. */
function noonOf(at: Millis): Millis {
  return at + (12 * 60 - localTime(at).minute) * minute;
}

function missingOn(deeds: readonly Deed[], tuesday: Millis): Set<string> {
  const counts = new Map(agents.filter((agent) => agent.role === 'agent').map((agent) => [agent._id, 0]));
  for (const { agentId, at } of deeds) if (at >= tuesday && at < tuesday + day && counts.has(agentId)) counts.set(agentId, (counts.get(agentId) ?? 0) + 1);
  return new Set([...counts].sort((a, b) => a[1] - b[1]).slice(0, missingOnTheTuesday).map(([agentId]) => agentId));
}

/** Nobody does anything while they are not there. */
function withDeeds(planned: readonly Block[], deeds: readonly Deed[]): Block[] {
  const online = joined([...planned.filter((block) => block.state === 'online'), ...deeds.map(({ at }): Block => ({ from: at - lookedIn.before, to: at + lookedIn.after, state: 'online' }))]);
  const away = planned.filter((block) => block.state === 'away' && online.every((other) => other.to <= block.from || other.from >= block.to));
  return [...online, ...away].sort((a, b) => a.from - b.from);
}

function joined(blocks: readonly Block[]): Block[] {
  const all: Block[] = [];
  for (const block of blocks.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && block.from <= last.to) all[all.length - 1] = { ...last, to: Math.max(last.to, block.to) };
    else all.push(block);
  }
  return all;
}

function spansOf(agent: DemoAgent, blocks: readonly Block[], time: { from: Millis; to: Millis }): PresenceSpan[] {
  return blocks.flatMap(({ from, to, state }): PresenceSpan[] => {
    const [begin, end] = [Math.max(from, time.from), Math.min(to, time.to)];
    return end <= begin ? [] : [{ _id: `${agent._id}:${begin}`, agentId: agent._id, from: begin, to: end, state, teamIds: agent.teamIds }];
  });
}
