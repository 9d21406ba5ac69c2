import { Button } from '@mantine/core';
import type { Report } from '../../../lib/shapes.js';
import type { ReportQuery } from '../model/query.js';

interface TakeAwayProps {
  report: Report;
  query: ReportQuery;
  /** Of a list of waits: which of the report's. */
  pick?: string;
}

/** The ways in which what is shown leaves the page. */
export function TakeAway(_props: TakeAwayProps) {
  return (
    <Button variant="default" onClick={() => window.print()}>
      Print
    </Button>
  );
}
