import { useState, type FormEvent } from 'react';
import { Button, Popover } from '@mantine/core';
import { Kbd } from '../../../components/kbd.js';
import { useKeys } from '../../../lib/keys/use-keys.js';
import { periodNames, periodWords, type Days } from '../model/period.js';
import type { ReportSearch } from '../model/query.js';
import styles from './period-menu.module.css';

interface PeriodMenuProps {
  search: ReportSearch;
  days: Days;
  title: string;
  today: string;
  onShow: (search: ReportSearch) => void;
}

/** Which days: the usual periods, or any two days. */
export function PeriodMenu({ search, days, title, today, onShow }: PeriodMenuProps) {
  const [opened, setOpened] = useState(false);
  useKeys([{ key: 'p', label: 'Choose the period', group: 'Report', run: () => setOpened(true) }]);
  const { period: _period, from: _from, to: _to, ...rest } = search;
  const take = (next: Partial<ReportSearch>) => {
    setOpened(false);
    onShow({ ...rest, ...next });
  };
  const custom = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [from, to] = [form.get('from'), form.get('to')].map((value) => (typeof value === 'string' ? value : '')).sort();
    if (from !== undefined && to !== undefined && from !== '') take({ from, to });
  };
  const current = search.period ?? (search.from === undefined ? 'last28' : undefined);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={236} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" rightSection={<Kbd of="p" />} aria-keyshortcuts="p" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {title}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles['menu'] ?? ''} aria-label="Period">
        {periodNames.map((name) => (
          <button key={name} type="button" aria-pressed={name === current} onClick={() => take(name === 'last28' ? {} : { period: name })}>
            {periodWords[name]}
          </button>
        ))}
        <form onSubmit={custom}>
          <label>
            From
            <input type="date" name="from" required defaultValue={days.from} max={today} />
          </label>
          <label>
            To
            <input type="date" name="to" required defaultValue={days.to} max={today} />
          </label>
          <Button type="submit" variant="default">
            Show these days
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
