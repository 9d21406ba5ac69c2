import type { Message } from '../../inbox/model/message.js';
import type { Wait } from '../../inbox/model/wait.js';
import type { Receipt } from '../shapes.js';

type Tick = Receipt['ticks'][number];

/** How the author of a message is shown. */
export interface ShownAuthor {
  name: string;
  /** Who it is must not be told: ids of what agents write hold theirs. */
  hidden: boolean;
}

/** The messages of a wait from the one that began it to the one that ended it, in order. */
export function ticksOf(messages: readonly Message[], wait: Wait, authorOf: (message: Message) => ShownAuthor): Tick[] {
  const last = wait.to ?? Infinity;
  const ended = wait.answer?.messageId;
  const within = messages.filter((message) => message._id === ended || message._id === wait._id || (message.at >= wait.from && message.at <= last));
  return within.map((message): Tick => {
    const { name, hidden } = authorOf(message);
    return { at: message.at, messageId: hidden ? `seq-${message.seq}` : message._id, seq: message.seq, kind: kindOf(message), name };
  }).sort((a, b) => a.at - b.at || a.seq - b.seq);
}

function kindOf(message: Message): Tick['kind'] {
  return message.kind === 'out' && message.author.type === 'bot' ? 'bot' : message.kind;
}
