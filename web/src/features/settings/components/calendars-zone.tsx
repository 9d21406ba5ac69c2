import { useId, useMemo, useState } from 'react';
import { ChevronDown } from 'lucide-react';
import { Picker } from '../../../components/picker.js';
import { timeOfDay } from '../../../lib/time/format.js';
import styles from './form.module.css';
import own from './calendars.module.css';

/** The zone by whose clock the hours are meant: found by typing a city. */
export function CalendarZone({ value, onChange }: { value: string; onChange: (timeZone: string) => void }) {
  const id = useId();
  const [opened, setOpened] = useState(false);
  const choices = useMemo(() => {
    if (!opened) return [];
    const now = Date.now();
    return [...new Set([value, 'UTC', ...Intl.supportedValuesOf('timeZone')])].toSorted().map((zone) => ({ id: zone, label: zone.replaceAll('_', ' '), hint: timeOfDay(now, zone), chosen: zone === value }));
  }, [opened, value]);
  return (
    <div className={styles['fields']}>
      <div>
        <span className={styles['label']} id={id}>
          Time zone
        </span>
        <Picker opened={opened} onClose={() => setOpened(false)} placeholder="Search a city" choices={choices} onPick={onChange}>
          <button type="button" className={own['zone']} aria-labelledby={`${id} ${id}-value`} aria-haspopup="listbox" onClick={() => setOpened(!opened)}>
            <span id={`${id}-value`}>{value.replaceAll('_', ' ')}</span>
            <ChevronDown size={15} aria-hidden />
          </button>
        </Picker>
      </div>
    </div>
  );
}
