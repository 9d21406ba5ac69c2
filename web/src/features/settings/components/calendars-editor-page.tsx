import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Clock } from 'lucide-react';
import { Empty, Failed, Waiting } from '../../../components/notice.js';
import { useApi } from '../../../lib/api/api-context.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { CalendarView } from '../../../lib/shapes.js';
import { useNow } from '../../../lib/time/use-now.js';
import { listCalendars } from '../api/calendars.js';
import { currentVersion, formOf, type Version } from '../model/calendar-form.js';
import { dateWords, stateWords } from '../model/calendar-words.js';
import { CalendarEditor } from './calendars-form.js';
import { CalendarHistory } from './calendars-history.js';
import { SettingsPage } from './form.js';

/** One calendar, or a new one: its hours, where they count, from when on, and what they were before. */
export function CalendarPage() {
  const { calendarId } = useParams({ from: '/app/settings/hours/$calendarId' });
  const calendars = useQuery(listCalendars(useApi()));
  const me = useMe();
  if (calendarId === 'new') {
    return (
      <SettingsPage title="New opening hours" lead="For some teams, channels or customers. Everywhere else the others go on counting.">
        <CalendarEditor id={undefined} first={formOf('', undefined, { timeZone: me.workspace.hours.timeZone, from: { kind: 'always' } })} />
      </SettingsPage>
    );
  }
  if (calendars.data === undefined) return calendars.error === null ? <Waiting what="Loading" /> : <Failed error={calendars.error} what="The opening hours" />;
  const calendar = calendars.data.find((other) => other.id === calendarId);
  if (calendar === undefined) {
    return (
      <Empty icon={<Clock size={22} strokeWidth={1.6} />} title="There are no such opening hours">
        They may have been removed.
      </Empty>
    );
  }
  return <Known key={calendar.id} calendar={calendar} />;
}

/** Begins with what holds now, to be changed from today on; an earlier or a coming version can be taken up instead. */
function Known({ calendar }: { calendar: CalendarView }) {
  const now = useNow();
  const [taken, setTaken] = useState<Version>();
  const current = currentVersion(calendar.versions, now);
  const shown = calendar.versions.find((version) => version.since === taken?.since && taken !== undefined) ?? current;
  if (shown === undefined || current === undefined) return null;
  const from = taken === undefined ? { kind: 'today' as const } : shown.since === undefined ? { kind: 'always' as const } : { kind: 'day' as const, day: shown.since };
  return (
    <SettingsPage title={calendar.name} lead={taken === undefined ? `${stateWords(calendar, current.timeZone, now)}.${calendar.id === 'default' ? ' These hours count wherever no others do.' : ''}` : `You are changing what holds ${shown.since === undefined ? 'from the beginning' : `from ${dateWords(shown.since)}`} on, until the next change in the history.`}>
      <CalendarEditor key={JSON.stringify([shown, from, calendar.name])} id={calendar.id} first={formOf(calendar.name, shown, { timeZone: shown.timeZone, from })} onSaved={() => setTaken(undefined)} />
      <CalendarHistory versions={calendar.versions} current={current} shown={shown} onTake={setTaken} />
    </SettingsPage>
  );
}
