import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Clock, Plus } from 'lucide-react';
import { Failed, Waiting } from '../../../components/notice.js';
import { useApi } from '../../../lib/api/api-context.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { CalendarView } from '../../../lib/shapes.js';
import { useNow } from '../../../lib/time/use-now.js';
import { listCalendars } from '../api/calendars.js';
import { currentVersion } from '../model/calendar-form.js';
import { stateWords, weekWords, whereWords } from '../model/calendar-words.js';
import { SettingsPage } from './form.js';
import styles from './form.module.css';
import own from './calendars.module.css';

/** When somebody is there: one calendar for everything, and others for some teams, channels or customers. */
export function CalendarsPage() {
  const calendars = useQuery(listCalendars(useApi()));
  const navigate = useNavigate();
  const add = (
    <Button leftSection={<Plus size={15} />} onClick={() => void navigate({ to: '/settings/hours/$calendarId', params: { calendarId: 'new' } })}>
      Add
    </Button>
  );
  return (
    <SettingsPage title="Opening hours" lead="When somebody is there. Response times count these hours, deadlines move with them, and the bot says when an answer comes." action={add}>
      {calendars.data !== undefined ? (
        <div style={{ display: 'grid', gap: 12 }}>
          <ul className={styles['list']}>
            {calendars.data.map((calendar) => (
              <Line key={calendar.id} calendar={calendar} />
            ))}
          </ul>
          <p className={styles['help']}>A customer’s tag wins over the channel, the channel over the team, the team over “{calendars.data[0]?.name}”, which counts everywhere else.</p>
        </div>
      ) : calendars.error === null ? (
        <Waiting what="Loading" />
      ) : (
        <Failed error={calendars.error} what="The opening hours" onRetry={() => void calendars.refetch()} />
      )}
    </SettingsPage>
  );
}

function Line({ calendar }: { calendar: CalendarView }) {
  const me = useMe();
  const now = useNow();
  const version = currentVersion(calendar.versions, now);
  if (version === undefined) return null;
  const where = whereWords(version, me);
  return (
    <li>
      <Link to="/settings/hours/$calendarId" params={{ calendarId: calendar.id }} className={styles['item']}>
        <Clock size={18} strokeWidth={1.7} aria-hidden />
        <div>
          <b>{calendar.name}</b>
          <small className={own['line']}>
            {calendar.id === 'default' ? 'Everywhere else' : where === '' ? 'Counts nowhere now' : where} · {weekWords(version)} · {version.timeZone.replaceAll('_', ' ')}
          </small>
        </div>
        <span className={styles['badge']} data-tone={calendar.openNow ? 'ok' : undefined}>
          {stateWords(calendar, version.timeZone, now)}
        </span>
      </Link>
    </li>
  );
}
