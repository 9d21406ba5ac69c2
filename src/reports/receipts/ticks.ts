import type { Message } from '../../inbox/model/message.js';
import type { Wait } from '../../inbox/model/wait.js';
import type { Receipt } from '../shapes.js';

type Tick = Receipt['ticks'][number];

/** The messages of a wait from the one that began it to the one that ended it, in order. `nameOf` says how an agent is shown. */
export function ticksOf(messages: readonly Message[], wait: Wait, nameOf: (agentId: string, written: string) => string): Tick[] {
  const last = wait.to ?? Infinity;
  const ended = wait.answer?.messageId;
  const within = messages.filter((message) => message._id === ended || message._id === wait._id || (message.at >= wait.from && message.at <= last));
  return within.map((message): Tick => ({ at: message.at, messageId: message._id, seq: message.seq, kind: kindOf(message), name: authorOf(message, nameOf) })).sort((a, b) => a.at - b.at || a.seq - b.seq);
}

function kindOf(message: Message): Tick['kind'] {
  return message.kind === 'out' && message.author.type === 'bot' ? 'bot' : message.kind;
}

function authorOf({ author }: Message, nameOf: (agentId: string, written: string) => string): string {
  if (author.type === 'agent' && author.id !== undefined) return nameOf(author.id, author.name);
  return author.type === 'outside' ? nameOf(`outside:${author.name}`, author.name) : author.name;
}
