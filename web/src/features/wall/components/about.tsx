import { useState } from 'react';
import { Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import { useApi } from '../../../lib/api/api-context.js';
import { getDefinitions } from '../api/get-definitions.js';
import styles from './wall-numbers.module.css';

/** What a figure means, at a press or a key. Nothing where there is no definition. */
export function About({ ids, what }: { ids: readonly string[]; what: string }) {
  const api = useApi();
  const [opened, setOpened] = useState(false);
  const { data: definitions = [] } = useQuery(getDefinitions(api));
  const found = definitions.filter((definition) => ids.includes(definition.id));
  if (found.length === 0) return null;
  return (
    <Popover opened={opened} onChange={setOpened} width={320} position="bottom-start" returnFocus>
      <Popover.Target>
        <button type="button" className={styles['ask']} aria-label={`What is meant: ${what}`} aria-expanded={opened} onClick={() => setOpened(!opened)}>
          <CircleHelp size={13} strokeWidth={1.7} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles['about'] ?? ''}>
        {found.map((definition) => (
          <p key={definition.id}>
            <b>{definition.name}</b> {definition.text}
          </p>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
