import { useState } from 'react';
import { ActionIcon, Button } from '@mantine/core';
import { Copy, Plus, X } from 'lucide-react';
import type { Hours } from '../../../lib/shapes.js';
import { blocksOf, changedBlock, copiedToWorkdays, dayNames, faultOf, minuteOf, minuteText, withBlock, withoutBlock, type Block } from '../model/hours.js';
import { Select } from './form.js';
import formStyles from './form.module.css';
import styles from './hours-editor.module.css';

/** When somebody is there: any number of blocks on each day, in one zone. */
export function HoursEditor({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const [zones] = useState(() => [...new Set([hours.timeZone, ...Intl.supportedValuesOf('timeZone')])].toSorted());
  return (
    <div className={styles['editor']}>
      <ol className={styles['days']}>
        {dayNames.map((name, day) => (
          <Day key={name} name={name} day={day} hours={hours} onChange={onChange} />
        ))}
      </ol>
      <div className={formStyles['fields']}>
        <Select label="Time zone" value={hours.timeZone} choices={zones} onChange={(timeZone) => onChange({ ...hours, timeZone })} />
      </div>
    </div>
  );
}

function Day({ name, day, hours, onChange }: { name: string; day: number; hours: Hours; onChange: (hours: Hours) => void }) {
  const blocks = blocksOf(hours, day);
  const fault = faultOf(blocks);
  return (
    <li className={styles['day']}>
      <span className={styles['name']}>{name}</span>
      <div className={styles['blocks']}>
        {blocks.length === 0 && <span className={styles['closed']}>closed</span>}
        {blocks.map((block, index) => (
          <span key={index} className={styles['block']}>
            <Time label={`${name}, from`} block={block} end={false} onChange={(from) => onChange(changedBlock(hours, block, { from }))} />
            <span aria-hidden>–</span>
            <Time label={`${name}, to`} block={block} end onChange={(to) => onChange(changedBlock(hours, block, { to }))} />
            <ActionIcon variant="subtle" size={24} aria-label={`Remove ${minuteText(block.from)} to ${minuteText(block.to)} on ${name}`} onClick={() => onChange(withoutBlock(hours, block))}>
              <X size={14} />
            </ActionIcon>
          </span>
        ))}
        {fault !== undefined && (
          <span className={styles['fault']} role="alert">
            {fault}
          </span>
        )}
      </div>
      <div className={styles['actions']}>
        {day === 0 && blocks.length > 0 && (
          <Button variant="subtle" leftSection={<Copy size={13} />} onClick={() => onChange(copiedToWorkdays(hours, day))}>
            To all workdays
          </Button>
        )}
        <ActionIcon variant="subtle" aria-label={`Add hours on ${name}`} onClick={() => onChange(withBlock(hours, day))}>
          <Plus size={16} />
        </ActionIcon>
      </div>
    </li>
  );
}

/** A time of day on 24 hours, as everywhere here; browsers' own fields follow the machine's language. */
function Time({ label, block, end, onChange }: { label: string; block: Block; end: boolean; onChange: (minute: number) => void }) {
  const saved = minuteText(end ? block.to : block.from);
  const [typed, setTyped] = useState<string>();
  const finish = () => {
    const minute = minuteOf(typed ?? saved, end);
    setTyped(undefined);
    if (minute !== undefined) onChange(minute);
  };
  return <input aria-label={label} inputMode="numeric" className={styles['time']} value={typed ?? saved} maxLength={5} onChange={(event) => setTyped(event.target.value)} onFocus={(event) => event.target.select()} onBlur={finish} onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()} />;
}
