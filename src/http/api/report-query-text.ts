import { AppError } from '../../errors.js';
import type { ReportQuery } from '../../reports/api.js';
import { defined } from './defined.js';
import { reportQuery } from './requests-reports.js';

/** Said in words elsewhere, or of a list and not of a report: not kept with a saved report. */
const left = ['from', 'to', 'period', 'pick', 'sort', 'cursor', 'limit'];

/** A report's address as it is kept: checked by the schema that the report itself is asked with, days left out. Throws `bad_request`. */
export function keptQuery(text: string): string {
  const given = [...new URLSearchParams(text)].filter(([key, value]) => !left.includes(key) && value !== '');
  const checked = reportQuery.safeParse({ ...Object.fromEntries(given), from: '2026-01-01', to: '2026-01-01' });
  if (!checked.success) {
    const issues = checked.error.issues.slice(0, 20).map((issue) => ({ path: `query.${issue.path.map(String).join('.')}`, message: issue.message }));
    throw new AppError('bad_request', 'The query is none that a report can be asked with.', { facts: { issues } });
  }
  return new URLSearchParams([...new Map(given)]).toString();
}

/** What a kept query asks for over these days. Throws `bad_request` when it was kept by rules that no longer hold. */
export function queryOver(kept: string, days: { from: string; to: string; zone: string }): ReportQuery {
  const checked = reportQuery.safeParse({ ...Object.fromEntries(new URLSearchParams(kept)), ...days });
  if (!checked.success) throw new AppError('bad_request', 'What was saved is no longer a query that a report can be asked with. Save it again.');
  return { ...defined(checked.data), zone: days.zone };
}
