import type { ReactNode } from 'react';
import { Button, Popover } from '@mantine/core';
import { Clock } from '../../../components/clock.js';
import { Kbd } from '../../../components/kbd.js';
import { clockFace, momentWords, targetWords, type RunningWait } from '../../../lib/time/clock.js';
import styles from './wait-details.module.css';

interface WaitDetailsProps {
  wait: RunningWait;
  breachedAt: number | undefined;
  now: number;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onNotNeeded: () => void;
}

/** The clock in the header; opens what it is held against, and why. */
export function WaitDetails({ wait, breachedAt, now, opened, onOpened, onNotNeeded }: WaitDetailsProps) {
  return (
    <Popover opened={opened} onChange={onOpened} position="bottom" width={340} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={styles['open']} aria-haspopup="dialog" aria-expanded={opened} aria-keyshortcuts="w" onClick={() => onOpened(!opened)}>
          <Clock wait={wait} now={now} plain />
          <Kbd of="w" />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Facts wait={wait} breachedAt={breachedAt} now={now} />
        <Button variant="default" mt={12} onClick={onNotNeeded}>
          No answer needed
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function Facts({ wait, breachedAt, now }: Pick<WaitDetailsProps, 'wait' | 'breachedAt' | 'now'>) {
  const { due } = wait;
  const overAt = breachedAt ?? (now >= due.at ? due.at : undefined);
  return (
    <dl className={styles['facts']}>
      <Fact name="Waiting">
        {clockFace(wait, now).waited}, since {momentWords(wait.since, now)}
      </Fact>
      <Fact name="Target">
        {due.name}: {targetWords(due)}
      </Fact>
      <Fact name="Why this one">{due.why}</Fact>
      <Fact name="Deadline">{momentWords(due.at, now)}</Fact>
      {overAt !== undefined && (
        <Fact name="Over target" bad>
          since {momentWords(overAt, now)}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, bad = false, children }: { name: string; bad?: boolean; children: ReactNode }) {
  return (
    <div data-bad={bad || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
