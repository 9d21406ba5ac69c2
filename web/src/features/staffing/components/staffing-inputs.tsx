import { useEffect, useId, useState, type ReactNode } from 'react';
import type { Me, Staffing } from '../../../lib/shapes.js';
import { concurrentChoices, concurrentOf, minutesOf, mostHandling, mostTarget, shareChoices, shareOf, weekChoices, weeksOf, type StaffingSearch } from '../model/query.js';
import styles from './staffing-inputs.module.css';

interface InputsProps {
  search: StaffingSearch;
  me: Me;
  /** What the server took where nothing is typed. */
  staffing: Staffing | undefined;
  /** `undefined` takes a value away. */
  onSearch: (change: { [K in keyof StaffingSearch]?: string | undefined }) => void;
}

/** What it is worked out from. All of it stands in the address. */
export function StaffingInputs({ search, me, staffing, onSearch }: InputsProps) {
  const minutes = (ms: number | undefined) => (ms === undefined ? '' : String(Math.round(ms / 6_000) / 10));
  return (
    <div className={styles['inputs']}>
      <Choose label="Team" value={search.team ?? ''} onChange={(team) => onSearch({ team: team || undefined })} choices={[['', 'All teams'], ...me.teams.map((team): [string, string] => [team.id, team.name])]} />
      <Choose label="Channel" value={search.channel ?? ''} onChange={(channel) => onSearch({ channel: channel || undefined })} choices={[['', 'All channels'], ...me.channels.map((channel): [string, string] => [channel.id, channel.name])]} />
      <Choose label="Looks at" value={String(weeksOf(search))} onChange={(weeks) => onSearch({ weeks })} choices={weekChoices.map((weeks) => [String(weeks), `the last ${weeks} weeks`])} />
      <Choose label="Answered in time" value={String(shareOf(search))} onChange={(share) => onSearch({ share })} choices={shareChoices.map((share) => [String(share), `${Math.round(share * 100)} %`])} />
      <Minutes label="Target, minutes" value={search.target ?? ''} usual={minutes(staffing?.targetMs)} most={mostTarget} onChange={(target) => onSearch({ target })} />
      <Minutes label="Handling, minutes" value={search.handling ?? ''} usual={minutes(staffing?.handlingMs)} most={mostHandling} onChange={(handling) => onSearch({ handling })} />
      <Choose label="Each handles at once" value={String(concurrentOf(search))} onChange={(concurrent) => onSearch({ concurrent: concurrent === '1' ? undefined : concurrent })} choices={concurrentChoices.map((count) => [String(count), count === 1 ? 'one conversation' : `${count} conversations`])} />
    </div>
  );
}

function Field({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

function Choose({ label, value, choices, onChange }: { label: string; value: string; choices: readonly (readonly [string, string])[]; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <Field id={id} label={label}>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Taken over on Enter, or when the field is left; empty means the usual. */
function Minutes({ label, value, usual, most, onChange }: { label: string; value: string; usual: string; most: number; onChange: (value: string | undefined) => void }) {
  const id = useId();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const wrong = text.trim() !== '' && minutesOf(text, most) === undefined;
  const take = () => {
    if (!wrong && text.trim() !== value) onChange(text.trim() || undefined);
  };
  return (
    <Field id={id} label={label}>
      <input id={id} inputMode="decimal" value={text} placeholder={usual} aria-invalid={wrong} aria-describedby={wrong ? `${id}-fault` : undefined} onChange={(event) => setText(event.target.value)} onBlur={take} onKeyDown={(event) => event.key === 'Enter' && take()} />
      {wrong && (
        <small id={`${id}-fault`} role="alert">
          Minutes, such as 15.
        </small>
      )}
    </Field>
  );
}
