import { useState, type FormEvent } from 'react';
import { Button, Menu } from '@mantine/core';
import type { Hours } from '../../../lib/shapes.js';
import { dayWords, timeOfDay } from '../../../lib/time/format.js';
import { fieldValue, snoozeTimes } from '../model/snooze-times.js';
import styles from './snooze-menu.module.css';

/** The times that something can be put off to, and a field for any other. Stands inside a `Menu.Dropdown`. */
export function SnoozeTimes({ hours, onPick }: { hours: Hours; onPick: (until: number) => void }) {
  const now = Date.now();
  return (
    <>
      <Menu.Label>Comes back</Menu.Label>
      {snoozeTimes(now, hours).map((time) => (
        <Menu.Item key={time.label} onClick={() => onPick(time.until)} rightSection={<small className={styles['when']}>{`${dayWords(time.until, now)} ${timeOfDay(time.until)}`}</small>}>
          {time.label}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <OtherTime now={now} onPick={onPick} />
    </>
  );
}

function OtherTime({ now, onPick }: { now: number; onPick: (until: number) => void }) {
  const [value, setValue] = useState(() => fieldValue(now + 86_400_000));
  const until = new Date(value).getTime();
  const possible = until > Date.now();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (possible) onPick(until);
  };
  return (
    <form className={styles['other']} onSubmit={submit} onKeyDown={(event) => event.stopPropagation()}>
      <input type="datetime-local" aria-label="Another time" value={value} min={fieldValue(now)} onChange={(event) => setValue(event.target.value)} />
      <Button type="submit" variant="default" disabled={!possible}>
        Set
      </Button>
    </form>
  );
}
