import { ActionIcon, Button } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { DayBlock, ExceptionDraft } from '../model/calendar-form.js';
import { dateWords } from '../model/calendar-words.js';
import { faultOf } from '../model/hours.js';
import { Section } from './form.js';
import { BlockTimes } from './hours-editor.js';
import styles from './calendars.module.css';
import formStyles from './form.module.css';

/** Days that differ from the week: closed, or open at other times. */
export function CalendarExceptions({ exceptions, onChange }: { exceptions: readonly ExceptionDraft[]; onChange: (exceptions: ExceptionDraft[]) => void }) {
  const add = () => onChange([...exceptions, { key: Math.max(-1, ...exceptions.map(({ key }) => key)) + 1, date: '', name: '', blocks: [] }]);
  return (
    <Section title="Days that differ" help="A company outing, Christmas Eve until noon. Without hours the day is closed.">
      {exceptions.length > 0 && (
        <ul className={styles['exceptions']}>
          {exceptions.map((each) => (
            <Line key={each.key} exception={each} onChange={(next) => onChange(exceptions.map((other) => (other.key === each.key ? next : other)))} onRemove={() => onChange(exceptions.filter((other) => other.key !== each.key))} />
          ))}
        </ul>
      )}
      <div className={formStyles['bar']}>
        <Button variant="default" leftSection={<Plus size={14} />} onClick={add}>
          Add a day
        </Button>
      </div>
    </Section>
  );
}

function Line({ exception, onChange, onRemove }: { exception: ExceptionDraft; onChange: (exception: ExceptionDraft) => void; onRemove: () => void }) {
  const called = exception.date === '' ? 'the new day' : dateWords(exception.date);
  const setBlocks = (blocks: DayBlock[]) => onChange({ ...exception, blocks });
  const last = exception.blocks.at(-1);
  const fault = faultOf(exception.blocks.map((block) => ({ day: 0, ...block })));
  return (
    <li className={styles['exception']}>
      <input type="date" className={styles['date']} aria-label={`Date of ${called}`} value={exception.date} onChange={(event) => onChange({ ...exception, date: event.target.value })} />
      <input className={styles['what']} aria-label={`Name of ${called}`} placeholder="What for" maxLength={120} value={exception.name} onChange={(event) => onChange({ ...exception, name: event.target.value })} />
      <div className={styles['times']}>
        {exception.blocks.length === 0 && <span className={styles['closed']}>closed</span>}
        {exception.blocks.map((block, index) => (
          <BlockTimes key={index} of={called} block={block} onChange={(next) => setBlocks(exception.blocks.map((other) => (other === block ? next : other)))} onRemove={() => setBlocks(exception.blocks.filter((other) => other !== block))} />
        ))}
        <Button variant="subtle" size="compact-sm" aria-label={`Add hours on ${called}`} disabled={(last?.to ?? 0) >= 1_380} onClick={() => setBlocks([...exception.blocks, last === undefined ? { from: 540, to: 720 } : { from: last.to + 60, to: Math.min(1_440, last.to + 240) }])}>
          {exception.blocks.length === 0 ? 'Open at' : 'And'}
        </Button>
        {fault !== undefined && <span className={formStyles['fault']}>{fault}</span>}
      </div>
      <ActionIcon variant="subtle" className={styles['remove']} aria-label={`Remove ${called}`} onClick={onRemove}>
        <X size={15} />
      </ActionIcon>
    </li>
  );
}
