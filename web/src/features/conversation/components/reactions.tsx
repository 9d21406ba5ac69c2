import type { MessageView } from '../../../lib/shapes.js';
import styles from './reactions.module.css';

interface ReactionsProps {
  reactions: NonNullable<MessageView['reactions']>;
  agentId: string;
  /** Absent where the channel carries none of ours. */
  onToggle: ((emoji: string, on: boolean) => void) | undefined;
}

/** Who reacted with what; one's own are taken back with a click. */
export function Reactions({ reactions, agentId, onToggle }: ReactionsProps) {
  const kinds = [...new Set(reactions.map((reaction) => reaction.emoji))];
  if (kinds.length === 0) return null;
  return (
    <ul className={styles['reactions']} aria-label="Reactions">
      {kinds.map((emoji) => {
        const by = reactions.filter((reaction) => reaction.emoji === emoji);
        const mine = by.some((reaction) => reaction.agentId === agentId);
        const names = by.map((reaction) => (reaction.agentId === agentId ? 'You' : reaction.name)).join(', ');
        return (
          <li key={emoji}>
            <button type="button" data-mine={mine || undefined} disabled={onToggle === undefined} title={names} aria-pressed={mine} aria-label={`${emoji} ${names}`} onClick={() => onToggle?.(emoji, !mine)}>
              {emoji} {by.length > 1 && <span>{by.length}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
