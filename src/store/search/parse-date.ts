import type { Millis } from '../../inbox/model/common.js';

/** A day, month or year as it is written in a query: its first moment and the first moment after it, in UTC. */
export interface Period {
  from: Millis;
  until: Millis;
}

const forms = [/^(?<year>\d{4})(?:[-/.](?<month>\d{1,2})(?:[-/.](?<day>\d{1,2}))?)?$/, /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/];

/** `2026-03-31`, `31.3.2026`, `2026-03`, `2026`; `undefined` for anything else, also for a day that does not exist. */
export function parsePeriod(text: string): Period | undefined {
  const groups = forms.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
  if (groups === undefined) return undefined;
  const year = Number(groups['year']);
  const month = groups['month'] === undefined ? undefined : Number(groups['month']);
  const day = groups['day'] === undefined ? undefined : Number(groups['day']);
  const from = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  if (year < 1970 || from.getUTCMonth() !== (month ?? 1) - 1 || from.getUTCDate() !== (day ?? 1)) return undefined;
  return { from: from.getTime(), until: endOf(year, month, day) };
}

function endOf(year: number, month: number | undefined, day: number | undefined): Millis {
  if (month === undefined) return Date.UTC(year + 1, 0, 1);
  return day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1);
}
