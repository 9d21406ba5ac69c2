import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Popover } from '@mantine/core';
import styles from './picker.module.css';

export interface Choice {
  id: string;
  label: string;
  /** Right of the label, quietly. */
  hint?: string;
  icon?: ReactNode;
  chosen?: boolean;
  group?: string;
}

interface PickerProps {
  opened: boolean;
  onClose: () => void;
  /** What it opens from. */
  children: ReactNode;
  placeholder: string;
  choices: readonly Choice[];
  onPick: (id: string) => void;
  /** Stays open after a choice, for choosing several. */
  several?: boolean;
  /** The choices are looked up elsewhere for what is typed. */
  onSearch?: (text: string) => void;
  /** Takes what was typed when nothing is called that. */
  onNew?: (text: string) => void;
}

/** A list with a field to search it, worked by arrows and Enter. */
export function Picker(props: PickerProps) {
  return (
    <Popover opened={props.opened} onChange={(opened) => !opened && props.onClose()} position="bottom-start" width={260} trapFocus returnFocus shadow="md">
      <Popover.Target>{props.children}</Popover.Target>
      <Popover.Dropdown p={0}>{props.opened && <Body {...props} />}</Popover.Dropdown>
    </Popover>
  );
}

function Body({ choices, placeholder, onPick, onClose, several = false, onNew, onSearch }: PickerProps) {
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const typed = text.trim().toLowerCase();
  const found = choices.filter((choice) => onSearch !== undefined || choice.label.toLowerCase().includes(typed) || choice.hint?.toLowerCase().includes(typed) === true);
  const canAdd = onNew !== undefined && typed !== '' && !choices.some((choice) => choice.label.toLowerCase() === typed);
  const count = found.length + (canAdd ? 1 : 0);
  const active = Math.min(at, Math.max(0, count - 1));
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const take = (index: number) => {
    const choice = found[index];
    if (choice !== undefined) onPick(choice.id);
    else if (canAdd) onNew?.(text.trim());
    else return;
    setText('');
    if (!several) onClose();
  };
  const onKey = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = { ArrowDown: () => setAt((active + 1) % Math.max(1, count)), ArrowUp: () => setAt((active + count - 1) % Math.max(1, count)), Enter: () => take(active) };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };
  return (
    <div className={styles['picker']}>
      <input ref={field} className={styles['field']} value={text} placeholder={placeholder} aria-label={placeholder} role="combobox" aria-expanded aria-controls={listId} aria-activedescendant={`${listId}-${active}`} onChange={(event) => { setText(event.target.value); setAt(0); onSearch?.(event.target.value.trim()); }} onKeyDown={onKey} />
      <ul ref={list} id={listId} role="listbox" aria-label={placeholder} className={styles['list']}>
        {found.map((choice, index) => (
          <li key={choice.id} role="presentation">
            {choice.group !== undefined && choice.group !== found[index - 1]?.group && <div className={styles['group']}>{choice.group}</div>}
            <div role="option" id={`${listId}-${index}`} aria-selected={index === active} data-chosen={choice.chosen || undefined} className={styles['choice']} onPointerMove={() => setAt(index)} onClick={() => take(index)}>
              {choice.icon}
              <span className={styles['label']}>{choice.label}</span>
              {choice.hint !== undefined && <small>{choice.hint}</small>}
            </div>
          </li>
        ))}
        {canAdd && (
          <li role="presentation">
            <div role="option" id={`${listId}-${found.length}`} aria-selected={active === found.length} className={styles['choice']} onPointerMove={() => setAt(found.length)} onClick={() => take(found.length)}>
              <span className={styles['label']}>Add “{text.trim()}”</span>
            </div>
          </li>
        )}
        {count === 0 && <li className={styles['none']}>Nothing is called that.</li>}
      </ul>
    </div>
  );
}
