import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Check, ChevronDown, Rows3 } from 'lucide-react';
import type { ViewName } from '../../../lib/cache/rows.js';
import type { Me } from '../../../lib/shapes.js';
import { sentence, standingLines, teamLines, teamsSeen } from '../model/views.js';
import styles from './list-header.module.css';

interface HeaderProps {
  view: ViewName;
  me: Me;
  compact: boolean;
  onCompact: (compact: boolean) => void;
}

/** What the list shows, as a sentence. Where there is no room for the views beside it, it opens them as a menu. */
export function ListHeader({ view, me, compact, onCompact }: HeaderProps) {
  const team = me.teams.find((other) => view === `team-${other.id}`);
  const words = sentence(view, me.counts, team?.name);
  return (
    <header className={styles['header']}>
      <h2 className={styles['sentence']}>
        <strong>{words.what}</strong> <span>{words.order}</span>
      </h2>
      <ViewMenu view={view} me={me} label={words} />
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label="How the list looks">
            <Rows3 size={17} strokeWidth={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Rows</Menu.Label>
          <Menu.Item leftSection={<Mark on={!compact} />} onClick={() => onCompact(false)}>
            Comfortable
          </Menu.Item>
          <Menu.Item leftSection={<Mark on={compact} />} onClick={() => onCompact(true)}>
            Compact
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}

function ViewMenu({ view, me, label }: { view: ViewName; me: Me; label: { what: string; order: string } }) {
  const navigate = useNavigate();
  const lines = [...standingLines(me.counts), ...teamLines(teamsSeen(me.teams, me.agent), me.counts)];
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button type="button" className={styles['switch']} aria-label={`${label.what} ${label.order}. Choose a view`}>
          <strong>{label.what}</strong> <span>{label.order}</span> <ChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {lines.map((line) => (
          <Menu.Item
            key={line.view}
            leftSection={<Mark on={line.view === view} />}
            rightSection={line.count === undefined ? null : <span className={styles['count']}>{line.count}</span>}
            onClick={() => void navigate({ to: '/inbox/$view', params: { view: line.view } })}
          >
            {line.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Mark({ on }: { on: boolean }) {
  return on ? <Check size={14} aria-label="chosen" /> : <span style={{ width: 14 }} />;
}
