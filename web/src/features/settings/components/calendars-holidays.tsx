import { useState } from 'react';
import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useApi } from '../../../lib/api/api-context.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { listHolidayCountries, listHolidays } from '../api/calendars.js';
import { dateWords } from '../model/calendar-words.js';
import { Section, Select } from './form.js';
import styles from './form.module.css';
import own from './calendars.module.css';

/** A ready-made list of public holidays, with its days to look at. */
export function CalendarHolidays({ country, region, onChange }: { country: string; region: string; onChange: (change: { country: string; region: string }) => void }) {
  const countries = useQuery(listHolidayCountries(useApi()));
  const regions = countries.data?.find(({ code }) => code === country)?.regions ?? [];
  const named = (list: readonly { code: string; name: string }[]) => list.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <Section title="Holidays" help="Closed on the public holidays of a country or region. A day below that differs wins over them.">
      <div className={styles['fields']}>
        <Select label="Country" value={country} choices={[{ value: '', label: 'No holidays' }, ...(countries.data === undefined ? (country === '' ? [] : [{ value: country, label: country }]) : named(countries.data))]} onChange={(code) => onChange({ country: code, region: '' })} />
        {regions.length > 0 && <Select label="Region" value={region} choices={[{ value: '', label: 'Only what holds everywhere' }, ...named(regions)]} onChange={(code) => onChange({ country, region: code })} />}
      </div>
      {countries.error !== null && <p className={styles['fault']}>{wordsOf(countries.error)}</p>}
      {country !== '' && <Preview key={`${country} ${region}`} country={country} region={region} />}
    </Section>
  );
}

function Preview({ country, region }: { country: string; region: string }) {
  const [year, setYear] = useState(() => new Date().getFullYear());
  const days = useQuery(listHolidays(useApi(), { country, region }, year));
  return (
    <div className={own['preview']}>
      <div className={own['year']}>
        <ActionIcon variant="subtle" size={24} aria-label="The year before" onClick={() => setYear(year - 1)}>
          <ChevronLeft size={15} />
        </ActionIcon>
        <b>{year}</b>
        <ActionIcon variant="subtle" size={24} aria-label="The year after" onClick={() => setYear(year + 1)}>
          <ChevronRight size={15} />
        </ActionIcon>
        <span role="status">{days.data === undefined ? '' : days.data.length === 1 ? 'one day' : `${days.data.length} days`}</span>
      </div>
      {days.error !== null && <p className={styles['fault']}>{wordsOf(days.error)}</p>}
      <ul className={own['dates']} aria-label={`Holidays of ${year}`}>
        {(days.data ?? []).map(({ date, name }) => (
          <li key={date}>
            <span>{dateWords(date).replace(` ${year}`, '')}</span> {name}
          </li>
        ))}
      </ul>
    </div>
  );
}
