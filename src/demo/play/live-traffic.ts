import { messageOf } from '../../errors.js';
import type { Millis } from '../../inbox/model/common.js';
import type { Clock } from '../../inbox/ports.js';
import type { DemoDeps } from '../deps.js';
import type { ScriptStep } from '../script/script.js';
import { tellStory } from '../script/tell-story.js';
import { allStories } from '../stories/all-stories.js';
import type { Story } from '../stories/story.js';
import { people, stranger } from '../world/people.js';
import { createRandom, type Random } from '../world/random.js';
import { answerBot } from './answer-bot.js';
import { overseer, perform, type Player, viewerOf } from './perform.js';
import { agents } from '../world/company.js';

export interface LiveOptions {
  clock: Clock;
  seed: number;
  /** Seconds between two messages, at least and at most; 10 and 40 when absent. */
  everySeconds?: readonly [number, number];
}

/** These two sit before the screen: nobody else answers in their name. */
const seated = new Set(agents.filter((agent) => agent.role !== 'agent').map((agent) => agent._id));
const storiesAtOnce = 3;

interface Going {
  steps: ScriptStep[];
  /** How many human messages the conversation has had, as far as this story knows. */
  ownership: number;
}

/** Goes on writing, a message every 10–40 s, until `stop` (which resolves when the last step is done). */
export function startLiveTraffic(deps: DemoDeps, options: LiveOptions): { stop(): Promise<void> } {
  const random = createRandom(options.seed);
  const stories = allStories().filter(isQuick);
  const player: Player = { deps, threads: new Map() };
  const going: Going[] = [];
  let told = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const [least, most] = options.everySeconds ?? [10, 40];

  const turn = async (): Promise<void> => {
    if (going.length < storiesAtOnce) {
      told += 1;
      going.push({ steps: newStory(random, stories, { now: options.clock(), number: told }), ownership: 0 });
    }
    const story = random.pick(going);
    try {
      if (!(await goOn(player, story, options.clock))) going.splice(going.indexOf(story), 1);
    } catch (error) {
      going.splice(going.indexOf(story), 1);
      deps.log.warn({ err: error }, `live traffic of the demo: ${messageOf(error)}`);
    }
  };
  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = turn().finally(schedule);
    }, random.between(least * 1_000, most * 1_000));
  };
  schedule();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** The next thing that is said in a story, with the small deeds before it. False when the story is over. */
async function goOn(player: Player, story: Going, clock: Clock): Promise<boolean> {
  for (;;) {
    const next = story.steps.shift();
    if (next === undefined) return false;
    const step = atNow(next, clock());
    if (step.do === 'act' && !(await mayAct(player, story, step))) return false;
    if (step.do === 'act' && step.deed.do === 'reply') await typeFor(player, step);
    await perform(player, step);
    await player.deps.settle();
    if (step.do === 'write') await answerBot(player, step, () => undefined);
    if (step.do === 'act' && step.deed.do === 'reply') story.ownership += 1;
    if (step.do === 'write' || step.do === 'change' || (step.do === 'act' && step.deed.do === 'reply')) return story.steps.length > 0;
  }
}

/** Whoever sits before the screen goes first: a conversation they have answered or hold is theirs. */
async function mayAct(player: Player, story: Going, step: ScriptStep): Promise<boolean> {
  const state = player.threads.get(step.thread);
  const conversation = state === undefined ? undefined : await player.deps.reads.conversation(overseer, state.conversationId);
  if (conversation === undefined) return false;
  return conversation.ownership === story.ownership && (conversation.assigneeId === undefined || !seated.has(conversation.assigneeId));
}

async function typeFor(player: Player, step: ScriptStep): Promise<void> {
  const state = player.threads.get(step.thread);
  const conversation = state === undefined ? undefined : await player.deps.reads.conversation(overseer, state.conversationId);
  const assignee = agents.find((agent) => agent._id === conversation?.assigneeId);
  if (conversation === undefined || assignee === undefined) return;
  await player.deps.actions.setTyping(viewerOf(assignee), conversation._id, true);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  await player.deps.actions.setTyping(viewerOf(assignee), conversation._id, false);
}

/** Stories that need no day to pass. */
function isQuick(story: Story): boolean {
  return story.who !== 'machine' && story.who !== 'business' && story.beats.every((beat) => beat.do !== 'wait' && beat.do !== 'switch' && beat.do !== 'join' && beat.do !== 'snooze');
}

function newStory(random: Random, stories: readonly Story[], facts: { now: Millis; number: number }): ScriptStep[] {
  const story = random.pick(stories);
  const known = people.filter((person) => person.language === story.language);
  const person = story.who === 'stranger' || random.chance(0.4) ? stranger(random, story.language, facts.now) : random.pick(known);
  const id = `live-${facts.now.toString(36)}-${facts.number}`;
  const steps = tellStory({ id, story, person, channel: random.pick(story.channels), start: facts.now, random, pace: (at) => at });
  const firstReply = steps.findIndex((step) => step.do === 'act' && step.deed.do === 'reply');
  // Four of ten are left for whoever sits before the screen.
  return firstReply >= 0 && random.chance(0.4) ? steps.slice(0, firstReply) : steps;
}

function atNow(step: ScriptStep, at: Millis): ScriptStep {
  if (step.do === 'write') return { ...step, at, event: { ...step.event, receivedAt: at, ...(step.event.occurredAt === undefined ? {} : { occurredAt: at }) } };
  if (step.do === 'change') return { ...step, at, event: { ...step.event, receivedAt: at, occurredAt: at } };
  if (step.do === 'identify') return { ...step, at, event: { ...step.event, receivedAt: at } };
  return { ...step, at };
}
