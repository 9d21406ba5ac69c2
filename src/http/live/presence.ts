import { messageOf } from '../../errors.js';
import { type Here, presenceBeatMs } from '../../inbox/presence-log.js';
import { viewerOf, type SignedIn } from '../auth/sign-in.js';
import type { HttpDeps } from '../deps.js';
import type { EventHub } from './event-hub.js';
import type { ViewingBoard } from './viewing-board.js';

/** A reload, a lift, a short sleep are no absence. */
const graceMs = 60_000;
const viewingGraceMs = 10_000;

/**
 * Makes agents `away` when no browser of theirs is connected for a minute, and `online` again when one comes back; who
 * went away by their own will stays so. Also takes them off the conversations they had on the screen, and has it kept who
 * was there when.
 */
export function followPresence(deps: Pick<HttpDeps, 'actions' | 'people' | 'log' | 'live' | 'presence'>, parts: { hub: EventHub; viewing: ViewingBoard }): { close(): void } {
  const sentAway = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  const { hub } = parts;

  const quietly = (task: Promise<unknown>) => task.catch((error: unknown) => deps.log.warn({ error: messageOf(error) }, 'presence was not kept'));

  function later(ms: number, task: () => Promise<unknown>): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void quietly(task());
    }, ms).unref();
    timers.add(timer);
  }

  async function sendAway(agentId: string): Promise<void> {
    if (hub.isConnected(agentId)) return;
    const agent = await deps.people.findAgent(agentId);
    if (agent?.state !== 'active' || agent.presence === 'away') return;
    sentAway.add(agentId);
    await deps.actions.setPresence(viewerOf(agent), 'away');
  }

  async function comeBack(person: SignedIn): Promise<void> {
    const agentId = person.agent._id;
    if (sentAway.delete(agentId) || await wasSentAway(agentId)) await deps.actions.setPresence(person.viewer, 'online');
    await note(agentId);
  }

  /** By a process before this one: they were not away while they were here. */
  async function wasSentAway(agentId: string): Promise<boolean> {
    if ((await deps.people.findAgent(agentId))?.presence !== 'away') return false;
    return await deps.presence?.lastState(agentId) === 'online';
  }

  async function clearViewing(person: SignedIn): Promise<void> {
    if (hub.isConnected(person.agent._id)) return;
    for (const conversationId of parts.viewing.by(person.agent._id)) await deps.actions.setViewing(person.viewer, conversationId, false);
  }

  async function note(agentId: string): Promise<void> {
    await deps.presence?.note(agentId, async () => {
      if (!hub.isConnected(agentId)) return undefined;
      const agent = await deps.people.findAgent(agentId);
      return agent?.state === 'active' ? { state: agent.presence, teamIds: agent.teamIds } : undefined;
    });
  }

  async function everybodyHere(): Promise<Map<string, Here>> {
    const agents = (await deps.people.listAgents()).filter((agent) => agent.state === 'active' && hub.isConnected(agent._id));
    return new Map(agents.map((agent) => [agent._id, { state: agent.presence, teamIds: agent.teamIds }]));
  }

  hub.onPresence((person, connected) => {
    const agentId = person.agent._id;
    if (connected) {
      void quietly(comeBack(person));
      return;
    }
    void quietly(note(agentId));
    later(viewingGraceMs, () => clearViewing(person));
    later(graceMs, () => sendAway(agentId));
  });

  const unsubscribe = deps.live.subscribe((notice) => {
    if (notice.kind === 'agent' && hub.isConnected(notice.agentId)) void quietly(note(notice.agentId));
  });
  const beats = setInterval(() => {
    if (deps.presence !== undefined) void quietly(deps.presence.beat(everybodyHere));
  }, presenceBeatMs).unref();

  // After a restart: whoever was online and does not come back within the minute.
  later(graceMs, async () => {
    for (const agent of await deps.people.listAgents()) await sendAway(agent._id);
  });

  return {
    close: () => {
      unsubscribe();
      clearInterval(beats);
      timers.forEach((timer) => clearTimeout(timer));
    },
  };
}
