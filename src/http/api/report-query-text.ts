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
  if (!checked.success) throw refusal(checked.error.issues);
  return new URLSearchParams([...new Map(given)]).toString();
}

/** What a kept query asks for over these days. Throws `bad_request` when it was kept by rules that no longer hold. */
export function queryOver(kept: string, days: { from: string; to: string; zone: string }): ReportQuery {
  return askedOver(kept, days, () => new AppError('bad_request', 'What was saved is no longer a query that a report can be asked with. Save it again.'));
}

/** What an address asks for, as it stands. Throws `bad_request` that names what is wrong with it. */
export function queryOf(address: string, days: { from: string; to: string; zone: string }): ReportQuery {
  return askedOver(address, days, refusal);
}

type Issues = readonly { path: readonly PropertyKey[]; message: string }[];

function askedOver(text: string, days: { from: string; to: string; zone: string }, refuse: (issues: Issues) => AppError): ReportQuery {
  const checked = reportQuery.safeParse({ ...Object.fromEntries(new URLSearchParams(text)), ...days });
  if (!checked.success) throw refuse(checked.error.issues);
  return { ...defined(checked.data), zone: checked.data.zone ?? days.zone };
}

function refusal(given: Issues): AppError {
  const issues = given.slice(0, 20).map((issue) => ({ path: ['query', ...issue.path.map(String)].join('.'), message: issue.message }));
  return new AppError('bad_request', 'The query is none that a report can be asked with.', { facts: { issues } });
}
