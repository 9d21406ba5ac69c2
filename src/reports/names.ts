import type { Channel } from '../inbox/model/channel.js';
import type { Collections } from '../inbox/stores.js';
import { type ReportScope, shownResponder } from './scope.js';
import type { GroupKey } from './shapes.js';

/** What ids are called. */
export interface Names {
  agent(id: string): string;
  team(id: string): string;
  channel(id: string): string;
  language(code: string): string;
}

const outside = 'outside:';

export async function readNames(c: Pick<Collections, 'agents' | 'teams'>, channels: ReadonlyMap<string, Channel>): Promise<Names> {
  const [agents, teams] = await Promise.all([c.agents.all(), c.teams.all()]);
  const agentNames = new Map(agents.map((agent) => [agent._id, agent.name]));
  const teamNames = new Map(teams.map((team) => [team._id, team.name]));
  const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });
  return {
    agent: (id) => agentNames.get(id) ?? 'Somebody who left',
    team: (id) => teamNames.get(id) ?? 'A team that is gone',
    channel: (id) => channels.get(id)?.name ?? 'A channel that is gone',
    language: (code) => (/^[a-z]{2,3}(-[a-zA-Z0-9]{2,8})*$/.test(code) ? languages.of(code) ?? code : code),
  };
}

/** The name of whoever answered outside Rapport, of the word that the columns have for them; `undefined` for an agent. */
export function outsideName(word: string): string | undefined {
  return word.startsWith(outside) ? word.slice(outside.length) : undefined;
}

/** A responder as the columns call them (an agent's id, or `outside:NAME`), as this scope shows them. */
export function responderKey(word: string, scope: ReportScope, names: Names): GroupKey {
  const outsider = outsideName(word);
  const name = outsider === undefined ? names.agent(word) : `${outsider} (outside)`;
  return shownResponder(scope, { id: word, name });
}
