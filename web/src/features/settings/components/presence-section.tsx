import { useState } from 'react';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { dayWords, duration } from '../../../lib/time/format.js';
import { getMyPresence } from '../api/account.js';
import { presenceDays } from '../model/presence-days.js';
import { Section } from './form.js';
import styles from './form.module.css';

const firstDays = 5;

/** All that is kept of when one was there. */
export function PresenceSection() {
  const api = useApi();
  const kept = useInfiniteQuery(getMyPresence(api));
  const [all, setAll] = useState(false);
  const days = presenceDays(kept.data?.pages.flatMap((page) => page.items) ?? []);
  // A page may end in the middle of a day: the day is shown when it is whole.
  const whole = kept.hasNextPage ? days.slice(0, -1) : days;
  const shown = all ? whole : whole.slice(0, firstDays);
  const more = kept.hasNextPage || shown.length < whole.length;
  const onMore = () => {
    if (all) void kept.fetchNextPage();
    setAll(true);
  };
  return (
    <Section title="When you were here" help="Kept from when you have Rapport open, for as long as response times are kept, so that staffing can say how many people were there. Others see how many, never your times.">
      {kept.error !== null && (
        <p className={styles['bad']} role="alert">
          {wordsOf(kept.error)}
        </p>
      )}
      {kept.data !== undefined && days.length === 0 && <p className={styles['below']}>Nothing is kept yet.</p>}
      {shown.length > 0 && (
        <ul className={styles['list']} aria-label="When you were here">
          {shown.map((day) => (
            <li key={day.at}>
              <div className={styles['item']}>
                <div>
                  <b>{capital(dayWords(day.at, Date.now()))}</b>
                  <small style={{ whiteSpace: 'normal' }}>{day.online === '' ? 'away only' : day.online}</small>
                  {day.away !== '' && <small style={{ whiteSpace: 'normal' }}>away {day.away}</small>}
                </div>
                <span className={styles['hint']}>{day.onlineMs < 60_000 ? 'under a minute' : duration(day.onlineMs)}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
      {more && (
        <div className={styles['bar']}>
          <Button variant="default" loading={kept.isFetchingNextPage} onClick={onMore}>
            Show older days
          </Button>
        </div>
      )}
    </Section>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
