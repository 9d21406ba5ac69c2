import { memo, useState } from 'react';
import { Bot, ChevronRight } from 'lucide-react';
import { ChannelIcon } from '../../../components/channel-icon.js';
import { channelWords } from '../../../lib/channel-words.js';
import type { MessageView } from '../../../lib/shapes.js';
import { calendarDay, dayWords, fullDate, shortDate, timeOfDay } from '../../../lib/time/format.js';
import { useNow } from '../../../lib/time/use-now.js';
import { foldWords, stepWords } from '../model/fold-words.js';
import type { StoryItem } from '../model/story.js';
import { Message, type ChannelAction } from './message.js';
import styles from './story-entry.module.css';

const nothing: readonly ChannelAction[] = [];

interface EntryProps {
  item: StoryItem;
  conversationId: string;
  agentId: string;
  /** What a channel lets one do to its messages, by its id; the same map as long as nothing changes. */
  actions: ReadonlyMap<string, readonly ChannelAction[]>;
  customerReadSeq: number | undefined;
  /** The message to flash, when it is in here. */
  flashId: string | undefined;
  isLast: boolean;
}

/** One piece of the story: a hairline, a folded run of steps, or a message. */
export const StoryEntry = memo(function StoryEntry({ item, conversationId, agentId, actions, customerReadSeq, flashId, isLast }: EntryProps) {
  switch (item.kind) {
    case 'separator':
      return <Separator item={item} elsewhere={item.conversationId !== conversationId} />;
    case 'unseen':
      return (
        <div className={styles['unseen']} role="separator">
          <span>New</span>
        </div>
      );
    case 'fold':
      return <Fold messages={item.messages} flashId={flashId} isLast={isLast} />;
    case 'message':
      return <Message message={item.message} continued={item.continued} own={item.message.author.id === agentId} flash={flashId === item.message.id} customerReadSeq={item.message.conversationId === conversationId ? customerReadSeq : undefined} agentId={agentId} can={actions.get(item.message.channel.id) ?? nothing} />;
  }
});

function Separator({ item, elsewhere }: { item: Extract<StoryItem, { kind: 'separator' }>; elsewhere: boolean }) {
  const now = useNow(60_000);
  return (
    <div className={styles['separator']} role="separator" title={`${item.channel.name}, ${fullDate(item.at)}`} data-elsewhere={elsewhere || undefined}>
      <span>
        <ChannelIcon kind={item.channel.kind} />
        {channelWords[item.channel.kind]}, {dayWords(item.at, now)}
      </span>
    </div>
  );
}

function Fold({ messages, flashId, isLast }: { messages: readonly MessageView[]; flashId: string | undefined; isLast: boolean }) {
  const [wasOpened, setOpened] = useState(false);
  const [flashed, setFlashed] = useState<string>();
  if (flashId !== undefined && flashed !== flashId) {
    setFlashed(flashId);
    setOpened(true);
  }
  const words = foldWords(messages);
  return (
    <div className={styles['fold']} data-last={isLast || undefined}>
      <button type="button" className={styles['line']} aria-expanded={wasOpened} onClick={() => setOpened(!wasOpened)}>
        <Bot size={14} strokeWidth={1.7} aria-hidden />
        <span className={styles['words']}>{words}</span>
        <ChevronRight size={12} aria-hidden className={styles['arrow']} />
      </button>
      {wasOpened && (
        <ol className={styles['steps']}>
          {messages.map((message) => (
            <Step key={message.id} message={message} flash={flashId === message.id} />
          ))}
        </ol>
      )}
    </div>
  );
}

function stepTime(at: number): string {
  const now = Date.now();
  return calendarDay(at) === calendarDay(now) ? timeOfDay(at) : `${shortDate(at, now)}, ${timeOfDay(at)}`;
}

function Step({ message, flash }: { message: MessageView; flash: boolean }) {
  return (
    <li className={styles['step']} data-flash={flash || undefined}>
      <time dateTime={new Date(message.at).toISOString()}>{stepTime(message.at)}</time>
      {message.kind === 'event' ? (
        <span>{stepWords(message)}</span>
      ) : (
        <span>
          <b>{message.author.name}</b> <span className={styles['said']}>{message.text}</span>
          {message.choices !== undefined && message.choices.length > 0 && <em> Offered: {message.choices.join(', ')}</em>}
          {message.delivery?.state === 'failed' && <strong className={styles['bad']}> Not delivered: {message.delivery.reason}</strong>}
        </span>
      )}
    </li>
  );
}
