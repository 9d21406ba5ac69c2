import { useId } from 'react';
import type { From } from '../model/calendar-form.js';
import { Section } from './form.js';
import styles from './calendars.module.css';

/** From which day on it holds. What held before stays known, and counts for waits of that time. */
export function CalendarFrom({ isNew, from, onChange }: { isNew: boolean; from: From; onChange: (from: From) => void }) {
  const name = useId();
  const radio = (kind: From['kind'], label: string) => (
    <label>
      <input type="radio" name={name} checked={from.kind === kind} onChange={() => onChange(kind === 'day' ? { kind, day: from.kind === 'day' ? from.day : '' } : { kind })} />
      {label}
    </label>
  );
  return (
    <Section title="From which day on" help="What held before stays in the history. Waits that have ended keep their length; those that end later are counted anew.">
      <div className={styles['from']} role="radiogroup" aria-label="From which day on">
        {!isNew && radio('today', 'Today')}
        {isNew && radio('always', 'For all time')}
        {radio('day', 'A day')}
        {from.kind === 'day' && <input type="date" className={styles['date']} aria-label="First day" value={from.day} onChange={(event) => onChange({ kind: 'day', day: event.target.value })} />}
        {!isNew && radio('always', 'From the very beginning')}
      </div>
    </Section>
  );
}
