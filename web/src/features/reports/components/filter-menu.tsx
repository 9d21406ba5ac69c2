import { useState } from 'react';
import { Button } from '@mantine/core';
import { X } from 'lucide-react';
import { Kbd } from '../../../components/kbd.js';
import { Picker } from '../../../components/picker.js';
import { useMe } from '../../../lib/cache/use-me.js';
import { useKeys } from '../../../lib/keys/use-keys.js';
import type { Report } from '../../../lib/shapes.js';
import { filterChoices, filterWords, toggled, unfiltered } from '../model/filters.js';
import type { ReportSearch } from '../model/query.js';
import styles from './filters.module.css';

interface FilterProps {
  search: ReportSearch;
  report: Report | undefined;
  onShow: (search: ReportSearch) => void;
}

/** One list of everything that the report can be narrowed to. */
export function FilterMenu({ search, report, onShow }: FilterProps) {
  const me = useMe();
  const [opened, setOpened] = useState(false);
  useKeys([{ key: 'f', label: 'Filter', group: 'Report', run: () => setOpened(true) }]);
  const choices = filterChoices(search, { me, report }, []);
  return (
    <Picker opened={opened} onClose={() => setOpened(false)} placeholder="Team, person, channel, tag" choices={choices} several onPick={(id) => onShow(toggled(search, id))} onNew={(tag) => onShow(toggled(search, `tag:${tag.replace(/^#/, '').replaceAll(',', '')}`))}>
      <Button variant="default" rightSection={<Kbd of="f" />} aria-keyshortcuts="f" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        Filter
      </Button>
    </Picker>
  );
}

/** The filters as words that can be taken away. */
export function FilterWords({ search, report, onShow }: FilterProps) {
  const me = useMe();
  const words = filterWords(search, { me, report });
  if (words.length === 0) return null;
  return (
    <ul className={styles['words']} aria-label="Filters">
      {words.map((word) => (
        <li key={word.id}>
          {word.label}
          <button type="button" aria-label={`Take away: ${word.label}`} onClick={() => onShow(toggled(search, word.id))}>
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
      {words.length > 1 && (
        <li className={styles['all']}>
          <button type="button" onClick={() => onShow(unfiltered(search))}>
            Take all away
          </button>
        </li>
      )}
    </ul>
  );
}
