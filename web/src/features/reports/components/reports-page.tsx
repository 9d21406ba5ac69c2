import { useEffect } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { ChartColumn, Lock } from 'lucide-react';
import { Empty, Failed } from '../../../components/notice.js';
import '../../../components/charts/charts.css';
import { ApiError, wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import type { Report } from '../../../lib/shapes.js';
import { useNow } from '../../../lib/time/use-now.js';
import { getReport } from '../api/get-report.js';
import { filterWords, unfiltered } from '../model/filters.js';
import { reportSearch } from '../model/query.js';
import { useMe } from '../../../lib/cache/use-me.js';
import { CasesSection, NotNeededSection } from './cases-section.js';
import { CorrectionsSection } from './corrections-section.js';
import { GroupsSection } from './groups-section.js';
import { HeatSection } from './heat-section.js';
import { LongestCard } from './longest-card.js';
import { PrintLine } from './print-line.js';
import { ReportHeader } from './report-header.js';
import { ReportSkeleton } from './report-skeleton.js';
import { CurveSection, HistogramSection } from './spread-section.js';
import { Tiles } from './tiles.js';
import { TrendSection } from './trend-section.js';
import { useKeepPlace } from './use-keep-place.js';
import { useReportNav, type ReportNav } from './use-report-nav.js';
import { BreachSection, WhereSection } from './where-section.js';
import styles from './report-page.module.css';

/** How long customers waited, and why. Everything shown is in the address. */
export function ReportsPage() {
  const api = useApi();
  const now = useNow(60_000);
  // The router hands on what is not understood, too.
  const nav = useReportNav(useSearch({ from: '/app/reports', select: reportSearch, structuralSharing: true }), now);
  const asked = useQuery(getReport(api, nav.query));
  const report = asked.data;
  const page = useKeepPlace(report !== undefined);
  useEffect(() => {
    document.title = 'Response times · Rapport';
  }, []);
  const failed = asked.error !== null;
  return (
    <main ref={page} className={styles['page']} aria-busy={asked.isFetching}>
      <div className={styles['sheet']}>
        <ReportHeader nav={nav} report={failed ? undefined : report} now={now} />
        <PrintLine query={nav.query} now={now} />
        {failed ? <Refused error={asked.error} onRetry={() => void asked.refetch()} /> : report === undefined ? <ReportSkeleton /> : <Shown report={report} nav={nav} stale={asked.isPlaceholderData} />}
      </div>
    </main>
  );
}

/** What is said instead of a report. */
export function Refused({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error instanceof ApiError && error.code === 'forbidden') {
    return (
      <Empty icon={<Lock size={22} strokeWidth={1.6} />} title="You see no reports">
        {wordsOf(error)}
      </Empty>
    );
  }
  return <Failed error={error} what="The report" onRetry={onRetry} />;
}

function Shown({ report, nav, stale }: { report: Report; nav: ReportNav; stale: boolean }) {
  return (
    <div className={styles['body']} data-stale={stale || undefined}>
      <Tiles report={report} nav={nav} />
      {report.totals.now.waits === 0 ? (
        <Nobody nav={nav} report={report} />
      ) : (
        <div className={styles['columns']}>
          <div className={styles['column']}>
            <TrendSection report={report} nav={nav} />
            <GroupsSection report={report} nav={nav} />
            <div className={styles['pair']}>
              <HistogramSection report={report} nav={nav} />
              <CurveSection report={report} nav={nav} />
            </div>
            <CasesSection report={report} nav={nav} />
          </div>
          <div className={styles['column']}>
            <HeatSection report={report} nav={nav} />
            <WhereSection report={report} nav={nav} />
            <LongestCard report={report} nav={nav} />
            <BreachSection report={report} nav={nav} />
            <NotNeededSection report={report} nav={nav} />
          </div>
        </div>
      )}
      <CorrectionsSection report={report} nav={nav} />
    </div>
  );
}

function Nobody({ nav, report }: { nav: ReportNav; report: Report }) {
  const me = useMe();
  const filtered = filterWords(nav.search, { me, report }).length > 0;
  const { from: _from, to: _to, ...rest } = nav.search;
  return (
    <div className={styles['nobody']}>
      <Empty
        icon={<ChartColumn size={22} strokeWidth={1.6} />} title="Nobody wrote in this time"
        action={filtered ? <Button variant="default" onClick={() => nav.show(unfiltered(nav.search))}>Take the filters away</Button> : <Button variant="default" onClick={() => nav.show({ ...rest, period: 'last90' })}>Show the last 90 days</Button>}
      >
        {filtered ? 'Or nobody who belongs to these filters. Here will stand how long customers waited, and why.' : 'As soon as a customer writes, how long they wait is counted here.'}
      </Empty>
    </div>
  );
}
