import { useEffect, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import { Failed, Waiting } from '../../../components/notice.js';
import { useApi } from '../../../lib/api/api-context.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { Staffing } from '../../../lib/shapes.js';
import { duration } from '../../../lib/time/format.js';
import { getStaffing } from '../api/get-staffing.js';
import { staffingSentence, weekOf } from '../model/hours.js';
import type { StaffingSearch } from '../model/query.js';
import { StaffingGrid } from './staffing-grid.js';
import { StaffingInputs } from './staffing-inputs.js';
import styles from './staffing-page.module.css';

/** How many people each hour of the week needs so that the target is kept, beside how many were there. */
export function StaffingPage() {
  const api = useApi();
  const me = useMe();
  const navigate = useNavigate();
  const search = useSearch({ from: '/app/reports/staffing' });
  // The weeks are those before this one; they do not change while the page is looked at.
  const [now] = useState(() => Date.now());
  const query = useQuery(getStaffing(api, search, now));
  const staffing = query.data;
  useEffect(() => {
    document.title = 'Staffing · Rapport';
  }, []);
  const onSearch = (change: { [K in keyof StaffingSearch]?: string | undefined }) =>
    void navigate({ to: '/reports/staffing', search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined)), replace: true });
  return (
    <main className={styles['page']}>
      <header className={styles['head']}>
        <h1>Staffing</h1>
        <p>{staffing === undefined ? '' : staffingSentence(weekOf(staffing))}</p>
        <Button variant="default" leftSection={<Printer size={15} aria-hidden />} onClick={() => window.print()}>
          Print
        </Button>
      </header>
      <div className={styles['body']} aria-busy={query.isPlaceholderData}>
        <section aria-label="What it is worked out from" className={styles['inputs']}>
          <StaffingInputs search={search} me={me} staffing={staffing} onSearch={onSearch} />
        </section>
        {query.error !== null ? (
          <Failed error={query.error} what="Staffing" onRetry={() => void query.refetch()} />
        ) : staffing === undefined ? (
          <Waiting what="Working it out" />
        ) : (
          <>
            <section aria-label="Hours of the week">
              <StaffingGrid staffing={staffing} />
            </section>
            <Assumptions staffing={staffing} />
          </>
        )}
      </div>
    </main>
  );
}

function Assumptions({ staffing }: { staffing: Staffing }) {
  return (
    <section className={styles['assumptions']}>
      <h2>How this is worked out</h2>
      <p>
        {Math.round(staffing.share * 100)} % of the customers are to be answered within {duration(staffing.targetMs)}; one answer takes {duration(staffing.handlingMs)}
        {staffing.concurrent > 1 ? `, and one person looks after ${staffing.concurrent} at a time` : ''}. Means of {staffing.weeks} {staffing.weeks === 1 ? 'week' : 'weeks'}.
      </p>
      <ul>
        {staffing.assumptions.map((assumption) => (
          <li key={assumption}>{assumption}</li>
        ))}
      </ul>
    </section>
  );
}
