interface Agent {
  id: string;
  name: string;
}

/** Who is named with an @ in a note. Longest names first, so that "@Ana Lund" is not "@Ana". */
export function mentionsIn(text: string, agents: readonly Agent[]): string[] {
  const byLength = agents.toSorted((one, other) => other.name.length - one.name.length);
  let rest = text;
  const found: string[] = [];
  for (const agent of byLength) {
    for (const name of [agent.name, agent.name.split(' ')[0] ?? agent.name]) {
      const pattern = new RegExp(`(?<![\\p{L}\\p{N}])@${escaped(name)}(?![\\p{L}\\p{N}])`, 'giu');
      if (!pattern.test(rest)) continue;
      rest = rest.replace(pattern, ' ');
      found.push(agent.id);
      break;
    }
  }
  return found;
}

/** The name that is being typed after an @ at the caret, and where it begins. */
export function mentionAt(text: string, caret: number): { from: number; typed: string } | undefined {
  const match = /(?:^|[\s(])@([\p{L}\p{N}]*)$/u.exec(text.slice(0, caret));
  const typed = match?.[1];
  return typed === undefined ? undefined : { from: caret - typed.length - 1, typed };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
