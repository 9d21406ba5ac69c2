import { messageOf } from '../../errors.js';
import type { Millis } from '../../inbox/model/common.js';
import type { DemoDeps } from '../deps.js';
import { makeScript } from '../script/make-script.js';
import { agents, channels, demoPassword, targets, teams, workspace } from '../world/company.js';
import { people } from '../world/people.js';
import { answerBot } from './answer-bot.js';
import { perform, type Player } from './perform.js';
import { type Deed, presenceOf } from './presence.js';

export interface DemoOptions {
  /** Where the half year ends: real time, usually. */
  now: Millis;
  seed?: number;
  /** Fewer for quick tests; 285 make about 300 conversations. */
  stories?: number;
  days?: number;
}

const usualSeed = 7;

export interface DemoResult {
  steps: number;
  /** Steps that the core refused; each is logged. */
  refused: number;
}

/**
 * Fills an empty store with half a year at Velowerk, played through the real core with the clock set to each step's time.
 * Takes seconds. Sets the clock back to real time in the end. Does nothing when the store holds anything.
 */
export async function playDemo(deps: DemoDeps, options: DemoOptions): Promise<DemoResult> {
  if (!(await deps.isEmpty())) return { steps: 0, refused: 0 };
  const script = makeScript({ seed: usualSeed, ...options });
  const deeds: Deed[] = [];
  const player: Player = { deps, threads: new Map(), deeds };
  let refused = 0;
  try {
    deps.setNow((script.steps[0]?.at ?? options.now) - 86_400_000);
    await setUpCompany(deps);
    deps.say(`Filling the demo: ${script.steps.length} steps of half a year …`);
    for (const step of script.steps) {
      deps.setNow(step.at);
      await deps.settle();
      try {
        await perform(player, step);
        await deps.settle();
        if (step.do === 'write' && await answerBot(player, step, deps.setNow) !== undefined) await deps.settle();
      } catch (error) {
        refused += 1;
        deps.log.warn({ thread: step.thread, step: step.do, err: error }, `the demo's step was refused: ${messageOf(error)}`);
      }
    }
    await tagWholesale(deps);
    await deps.addPresence(presenceOf(deeds, { from: script.steps[0]?.at ?? options.now, now: options.now, seed: options.seed ?? usualSeed }));
  } finally {
    deps.setNow(undefined);
  }
  await deps.settle();
  return { steps: script.steps.length, refused };
}

async function setUpCompany(deps: DemoDeps): Promise<void> {
  await deps.setWorkspace(workspace);
  for (const { _id, name, hours } of teams) await deps.addTeam({ _id, name, ...(hours === undefined ? {} : { hours }) });
  for (const agent of agents) await deps.addAgent(agent);
  for (const channel of channels) await deps.addChannel(channel);
  for (const target of targets) await deps.addTarget(target);
}

/** Who runs a fleet of ours is answered faster. */
async function tagWholesale(deps: DemoDeps): Promise<void> {
  const chief = agents.find((agent) => agent.role === 'administrator');
  if (chief === undefined) return;
  const viewer = { agentId: chief._id, role: chief.role, teamIds: chief.teamIds };
  for (const person of people.filter((known) => known.bike === 'Ponton Pro')) {
    const { items } = await deps.reads.people(viewer, { text: `${person.first} ${person.last}`, limit: 1 });
    for (const customer of items) await deps.actions.tagCustomer(viewer, customer._id, ['wholesale']);
  }
}

/** Lines for the terminal: who can sign in, and with what. */
export function demoAccounts(): string[] {
  return [
    ...agents.map((agent) => `  ${agent.email.padEnd(28)} ${agent.name}, ${agent.role}, ${agent.teamIds.map((id) => teams.find((team) => team._id === id)?.name ?? id).join(' and ')}`),
    `  password of each: ${demoPassword}`,
  ];
}
