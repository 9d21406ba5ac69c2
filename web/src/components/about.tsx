import { useState } from 'react';
import { Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import { useApi } from '../lib/api/api-context.js';
import { getDefinitions } from '../lib/cache/get-definitions.js';
import styles from './about.module.css';

interface AboutProps {
  /** Names of definitions. */
  of: readonly string[];
  /** The number it stands beside. */
  what: string;
}

/** What a number means: at a press, a touch or a key. Nothing where there is no definition. */
export function About({ of, what }: AboutProps) {
  const api = useApi();
  const [opened, setOpened] = useState(false);
  const definitions = useQuery(getDefinitions(api)).data;
  const found = of.flatMap((name) => definitions?.find((definition) => definition.id === name) ?? []);
  if (found.length === 0) return null;
  return (
    <Popover opened={opened} onChange={setOpened} width={320} position="bottom-start" withinPortal returnFocus>
      <Popover.Target>
        <button type="button" className={styles['ask']} aria-label={`What is meant: ${what}`} aria-expanded={opened} onClick={() => setOpened(!opened)} onKeyDown={(event) => event.key === 'Escape' && setOpened(false)} onBlur={() => setOpened(false)}>
          <CircleHelp size={13} strokeWidth={1.7} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles['text'] ?? ''}>
        {found.map((definition) => (
          <p key={definition.id}>
            <b>{definition.name}</b> {definition.text}
          </p>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
