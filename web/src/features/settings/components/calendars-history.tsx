import { Button } from '@mantine/core';
import type { Version } from '../model/calendar-form.js';
import { dateWords, weekWords } from '../model/calendar-words.js';
import { Section } from './form.js';
import styles from './form.module.css';

/** What held when; each can be taken up in the form above. */
export function CalendarHistory({ versions, current, shown, onTake }: { versions: readonly Version[]; current: Version; shown: Version; onTake: (version: Version) => void }) {
  if (versions.length < 2) return null;
  return (
    <Section title="History" help="What held from when on. Change one to correct it for its own time.">
      <ul className={styles['list']}>
        {versions.toReversed().map((version) => (
          <li key={version.since ?? ''}>
            <div className={styles['item']}>
              <div>
                <b>{version.since === undefined ? 'From the beginning' : `From ${dateWords(version.since)}`}</b>
                <small>{summary(version)}</small>
              </div>
              {version === current && (
                <span className={styles['badge']} data-tone="ok">
                  now
                </span>
              )}
              <Button variant="default" size="compact-sm" disabled={version === shown && version !== current} aria-label={`Change what holds ${version.since === undefined ? 'from the beginning' : `from ${dateWords(version.since)}`}`} onClick={(event) => { onTake(version); event.currentTarget.closest('main')?.scrollTo({ top: 0 }); }}>
                Change
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function summary(version: Version): string {
  const holidays = version.holidays === undefined ? [] : [`holidays of ${version.holidays.country}${version.holidays.region === undefined ? '' : `, ${version.holidays.region}`}`];
  const differ = version.exceptions.length === 0 ? [] : [version.exceptions.length === 1 ? 'one day differs' : `${version.exceptions.length} days differ`];
  return [weekWords(version), version.timeZone.replaceAll('_', ' '), ...holidays, ...differ].join(' · ');
}
