import { useId, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { wordsOf } from '../../../lib/api/api-error.js';
import styles from './form.module.css';

/** A page of the settings: its name, what it is for, something to do at the right, and its sections. */
export function SettingsPage({ title, lead, action, children }: { title: string; lead?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles['page']}>
      <header>
        <div className={styles['title']}>
          <h1>{title}</h1>
          {action}
        </div>
        {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
      </header>
      {children}
    </div>
  );
}

/** Settings that belong together. */
export function Section({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  return (
    <section className={styles['section']}>
      <h2>{title}</h2>
      {help !== undefined && <p className={styles['help']}>{help}</p>}
      <div className={styles['body']}>{children}</div>
    </section>
  );
}

/** The end of a form: saving, and why it did not work. */
export function SaveBar({ save, disabled }: { save: { isPending: boolean; error: Error | null }; disabled: boolean }) {
  return (
    <div className={styles['bar']}>
      <Button type="submit" size="md" loading={save.isPending} disabled={disabled}>
        Save
      </Button>
      {save.error !== null && (
        <span className={styles['bad']} role="alert">
          {wordsOf(save.error)}
        </span>
      )}
    </div>
  );
}

interface SelectProps {
  label: string;
  value: string;
  choices: readonly (string | { value: string; label: string })[];
  onChange: (value: string) => void;
  help?: string | undefined;
  disabled?: boolean;
}

/** One of several: the browser's own list, which phones and screen readers know best. */
export function Select({ label, value, choices, onChange, help, disabled = false }: SelectProps) {
  const id = useId();
  return (
    <div>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <div className={styles['chooser']}>
        <select id={id} className={styles['select']} value={value} disabled={disabled} aria-describedby={help === undefined ? undefined : `${id}-help`} onChange={(event) => onChange(event.target.value)}>
          {choices.map((choice) => {
            const { value: key, label: text } = typeof choice === 'string' ? { value: choice, label: choice } : choice;
            return (
              <option key={key} value={key}>
                {text}
              </option>
            );
          })}
        </select>
        <ChevronDown size={15} aria-hidden />
      </div>
      {help !== undefined && (
        <p className={styles['below']} id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

/** Several lines. */
export function Area({ label, value, rows = 3, onChange, help, error, disabled = false }: { label: string; value: string; rows?: number; disabled?: boolean; onChange: (value: string) => void; help?: string | undefined; error?: string | undefined }) {
  const id = useId();
  return (
    <div className={styles['wide']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <textarea id={id} className={styles['area']} rows={rows} value={value} disabled={disabled} aria-invalid={error !== undefined} onChange={(event) => onChange(event.target.value)} />
      {help !== undefined && <p className={styles['below']}>{help}</p>}
      {error !== undefined && <p className={styles['fault']}>{error}</p>}
    </div>
  );
}

/** Any of several. */
export function Checks({ legend, choices, chosen, onChange }: { legend: string; choices: readonly { id: string; label: string }[]; chosen: readonly string[]; onChange: (ids: string[]) => void }) {
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className={styles['label']}>{legend}</legend>
      <div className={styles['checks']}>
        {choices.map((choice) => (
          <label key={choice.id}>
            <input type="checkbox" checked={chosen.includes(choice.id)} onChange={(event) => onChange(event.target.checked ? [...chosen, choice.id] : chosen.filter((id) => id !== choice.id))} />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
