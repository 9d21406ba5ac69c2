import { Button } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { MessageView } from '../../../lib/shapes.js';
import { guardWords } from '../model/guard.js';
import type { SendProblem } from './use-send.js';
import styles from './guard.module.css';

interface GuardProps {
  /** What came after the reply was begun; newest last. */
  newer: readonly MessageView[];
  problem: SendProblem | undefined;
  now: number;
  /** What to show when the server names nothing that we know. */
  fallbackId: string | undefined;
  onShow: (messageId: string) => void;
  onForce: () => void;
  onForget: () => void;
}

/** Just above the composer: may I send? Says what is newer than the reply, or why it did not go out. */
export function Guard({ newer, problem, now, fallbackId, onShow, onForce, onForget }: GuardProps) {
  const newest = newer.at(-1);
  if (problem?.kind === 'failed') {
    return (
      <div className={styles['guard']} data-tone="bad" role="alert">
        <TriangleAlert size={18} strokeWidth={1.7} aria-hidden />
        <span>{problem.words}</span>
        <button type="button" onClick={onForget}>
          Close
        </button>
      </div>
    );
  }
  if (problem?.kind === 'stale') {
    const show = problem.newer.at(-1) ?? newest?.id ?? fallbackId;
    return (
      <div className={styles['guard']} role="alert">
        <TriangleAlert size={18} strokeWidth={1.7} aria-hidden />
        <span>
          <b>Not sent. {newest === undefined ? 'Something newer has reached this person' : guardWords(newest, now)}</b>, after you began this reply.
        </span>
        {show !== undefined && (
          <button type="button" onClick={() => onShow(show)}>
            Show
          </button>
        )}
        <Button variant="default" onClick={onForce}>
          Send anyway
        </Button>
      </div>
    );
  }
  if (newest === undefined) return null;
  return (
    <div className={styles['guard']} role="status">
      <TriangleAlert size={18} strokeWidth={1.7} aria-hidden />
      <span>
        <b>{guardWords(newest, now)}</b>, after you began this reply.
      </span>
      <button type="button" onClick={() => onShow(newest.id)}>
        Show
      </button>
    </div>
  );
}
