import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type Ref } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { guessHeight, indexOfMessage, storyOf } from '../model/story.js';
import type { ChannelAction } from './message.js';
import { StoryEntry } from './story-entry.js';
import type { ThreadHandle } from './use-thread.js';
import { useStayAtEnd } from './use-stay-at-end.js';
import styles from './thread-view.module.css';

/** What others may ask the thread to do. */
export interface ThreadControls {
  /** Shows that message, and flashes it. */
  jumpTo: (messageId: string) => void;
  toNewest: () => void;
}

interface ThreadViewProps {
  handle: ThreadHandle;
  conversationId: string;
  agentId: string;
  actions: ReadonlyMap<string, readonly ChannelAction[]>;
  customerName: string;
  typing: string | undefined;
  unseenAfter: { conversationId: string; seq: number } | undefined;
  customerReadSeq: number | undefined;
  /** Told whenever the newest message comes into view or goes out of it. */
  onAtNewest: (at: boolean) => void;
  controls: Ref<ThreadControls>;
}

const flashMs = 1800;

/** One story over channels, virtual in both directions. It stays at the newest as long as one is there. */
export function ThreadView(props: ThreadViewProps) {
  const { handle, conversationId, unseenAfter, onAtNewest } = props;
  const { thread, loadOlder, loadNewer, loadAround, loadNewest } = handle;
  const scroller = useRef<HTMLDivElement>(null);
  const [target, setTarget] = useState<{ id: string }>();
  const [atEnd, setAtEnd] = useState(true);
  const items = useMemo(() => storyOf(thread?.messages ?? [], unseenAfter === undefined ? {} : { unseenAfter }), [thread?.messages, unseenAfter]);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => guessHeight(items[index]),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 6,
    anchorTo: 'end',
    followOnAppend: thread?.after === undefined,
    scrollEndThreshold: 60,
    paddingStart: 16,
    scrollPaddingStart: 44,
    paddingEnd: 18,
  });

  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (items.length > 0 && first <= 4 && thread?.before !== undefined) loadOlder();
  }, [first, items.length, thread?.before, loadOlder]);
  useEffect(() => {
    if (items.length > 0 && last >= items.length - 5 && thread?.after !== undefined) loadNewer();
  }, [last, items.length, thread?.after, loadNewer]);

  // Opened at the newest, before anything is painted.
  const opened = useRef('');
  const hasItems = items.length > 0;
  useLayoutEffect(() => {
    if (!hasItems || opened.current === conversationId) return;
    opened.current = conversationId;
    virtual.scrollToIndex(items.length - 1, { align: 'end' });
  }, [hasItems, conversationId, items.length, virtual]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = () => setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < 60);
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [conversationId, items.length]);
  useStayAtEnd(scroller, hasItems);
  const atNewest = atEnd && thread !== undefined && thread.after === undefined;
  useEffect(() => onAtNewest(atNewest), [atNewest, onAtNewest]);

  const jumpTo = useCallback(
    (messageId: string) => {
      setTarget({ id: messageId });
      if (indexOfMessage(items, messageId) < 0) void loadAround(messageId);
    },
    [items, loadAround],
  );
  const targetAt = target === undefined ? -1 : indexOfMessage(items, target.id);
  useLayoutEffect(() => {
    if (target === undefined || targetAt < 0) return undefined;
    virtual.scrollToIndex(targetAt, { align: 'start' });
    const timer = setTimeout(() => setTarget((current) => (current === target ? undefined : current)), flashMs);
    return () => clearTimeout(timer);
  }, [target, targetAt, virtual]);
  const toNewest = useCallback(() => {
    const toEnd = () => virtual.scrollToEnd();
    if (thread?.after === undefined) toEnd();
    else void loadNewest().then(() => requestAnimationFrame(toEnd));
  }, [thread?.after, virtual, loadNewest]);
  useImperativeHandle(props.controls, () => ({ jumpTo, toNewest }), [jumpTo, toNewest]);

  return (
    <div className={styles['frame']}>
      <div ref={scroller} className={styles['scroller']} tabIndex={0} role="log" aria-label={`Messages with ${props.customerName}`} data-testid="thread">
        <div className={styles['inner']} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((place) => {
            const item = items[place.index];
            if (item === undefined) return null;
            return (
              <div key={place.key} ref={virtual.measureElement} data-index={place.index} className={styles['place']} style={{ transform: `translateY(${place.start}px)` }}>
                <StoryEntry
                  item={item}
                  conversationId={conversationId}
                  agentId={props.agentId}
                  actions={props.actions}
                  customerReadSeq={props.customerReadSeq}
                  flashId={targetAt === place.index ? target?.id : undefined}
                  isLast={place.index === items.length - 1}
                />
              </div>
            );
          })}
        </div>
      </div>
      {props.typing !== undefined && atNewest && (
        <p className={styles['typing']} role="status">
          {props.typing}
          <span aria-hidden className={styles['dots']} />
        </p>
      )}
      {!atNewest && hasItems && (
        <button type="button" className={styles['newest']} onClick={toNewest}>
          <ArrowDown size={14} aria-hidden /> Newest
        </button>
      )}
    </div>
  );
}
