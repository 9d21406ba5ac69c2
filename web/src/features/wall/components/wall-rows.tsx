import { useRef, useState, type FocusEvent } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useKeys } from '../../../lib/keys/use-keys.js';
import type { Me, WallRow as Row } from '../../../lib/shapes.js';
import { heldRows } from '../model/held-rows.js';
import type { WallActions } from './use-wall-actions.js';
import { WallRow, type OpenRowMenu } from './wall-row.js';
import styles from './wall-page.module.css';

interface RowsProps {
  rows: readonly Row[];
  me: Me;
  now: number;
  actions: WallActions;
}

/** Everybody who waits, most urgent first. Nothing moves while a menu is open. */
export function WallRows({ rows, me, now, actions }: RowsProps) {
  const list = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();
  const [menu, setMenu] = useState<{ id: string; of: NonNullable<OpenRowMenu>; shown: readonly Row[] }>();
  const shown = heldRows(menu?.shown ?? rows, rows, menu !== undefined);
  const open = (id: string, of: OpenRowMenu) => setMenu(of === undefined ? undefined : { id, of, shown: menu?.shown ?? rows });
  // The row that was focused last: a menu takes the focus away and gives it back later than the next key.
  const last = useRef('');
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    last.current = event.target.closest('[data-wait]')?.getAttribute('data-wait') ?? last.current;
  };
  const focused = () => shown.find(({ row }) => row.conversation.id === last.current)?.row;
  const withFocused = (act: (row: Row) => void) => () => {
    const row = focused();
    if (row !== undefined) act(row);
  };
  const step = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])];
    const current = focused();
    const at = shown.findIndex(({ row }) => row === current);
    (links[at < 0 ? (by === 1 ? 0 : links.length - 1) : at + by] ?? links[at])?.focus();
  };
  useKeys(
    [
      { key: 'j', label: 'Next customer', group: 'List', run: () => step(1) },
      { key: 'k', label: 'Previous customer', group: 'List', run: () => step(-1) },
      { key: 'a', label: 'Assign', group: 'Conversation', run: withFocused((row) => open(row.conversation.id, 'assign')) },
      { key: 'i', label: 'Assign to me', group: 'Conversation', run: withFocused((row) => actions.assign(row, me.agent.id)) },
      { key: 'c', label: 'Call in a colleague', group: 'Conversation', run: withFocused((row) => open(row.conversation.id, 'call')) },
      { key: 'p', label: 'Raise the priority', group: 'Conversation', run: withFocused((row) => actions.raise(row)) },
      { key: 'o', label: 'Open', group: 'Conversation', run: withFocused((row) => void navigate({ to: '/inbox/$view/$conversationId', params: { view: 'waiting', conversationId: row.conversation.id } })) },
    ],
    menu === undefined,
  );
  return (
    <ul ref={list} onFocus={onFocus} className={styles['rows']} aria-label="Customers who wait">
      {shown.map(({ row, gone }) => (
        <WallRow key={row.conversation.id} row={row} me={me} now={now} gone={gone} actions={actions} menu={menu?.id === row.conversation.id ? menu.of : undefined} onMenu={(of) => open(row.conversation.id, of)} />
      ))}
    </ul>
  );
}
