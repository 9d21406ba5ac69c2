import { useState } from 'react';
import { ActionIcon, Button } from '@mantine/core';
import { Copy, Plus, X } from 'lucide-react';
import type { Hours } from '../../../lib/shapes.js';
import { blocksOf, changedBlock, copiedToWorkdays, dayNames, endAfter, faultOf, minuteOf, minuteText, withBlock, withoutBlock, type Block } from '../model/hours.js';
import styles from './hours-editor.module.css';

/** When somebody is there: any number of blocks on each day, also over midnight. */
export function HoursEditor({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  return (
    <ol className={styles['days']}>
      {dayNames.map((name, day) => (
        <Day key={name} name={name} day={day} hours={hours} onChange={onChange} />
      ))}
    </ol>
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
          <BlockTimes key={index} of={name} block={block} onChange={(change) => onChange(changedBlock(hours, block, change))} onRemove={() => onChange(withoutBlock(hours, block))} />
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

/** One block: from when to when; an end that is earlier on the clock lies on the day after. */
export function BlockTimes({ of, block, onChange, onRemove }: { of: string; block: Pick<Block, 'from' | 'to'>; onChange: (block: Pick<Block, 'from' | 'to'>) => void; onRemove: () => void }) {
  return (
    <span className={styles['block']}>
      <Time label={`${of}, from`} minute={block.from} end={false} onChange={(from) => onChange({ from, to: endAfter(from, block.to) })} />
      <span aria-hidden>–</span>
      <Time label={`${of}, to`} minute={block.to} end onChange={(to) => onChange({ from: block.from, to: endAfter(block.from, to) })} />
      {block.to > 1440 && <span className={styles['next']}>next day</span>}
      <ActionIcon variant="subtle" size={24} aria-label={`Remove ${minuteText(block.from)} to ${minuteText(block.to)} on ${of}`} onClick={onRemove}>
        <X size={14} />
      </ActionIcon>
    </span>
  );
}

/** A time of day on 24 hours, as everywhere here; browsers' own fields follow the machine's language. */
function Time({ label, minute, end, onChange }: { label: string; minute: number; end: boolean; onChange: (minute: number) => void }) {
  const saved = minuteText(minute);
  const [typed, setTyped] = useState<string>();
  const finish = () => {
    const read = minuteOf(typed ?? saved, end);
    setTyped(undefined);
    if (read !== undefined && minuteText(read) !== saved) onChange(read);
  };
  return <input aria-label={label} inputMode="numeric" className={styles['time']} value={typed ?? saved} maxLength={5} onChange={(event) => setTyped(event.target.value)} onFocus={(event) => event.target.select()} onBlur={finish} onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()} />;
}
