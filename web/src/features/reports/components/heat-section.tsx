import { Figure } from '../../../components/charts/figure.js';
import { HeatGrid } from '../../../components/charts/heat-grid.js';
import type { Report } from '../../../lib/shapes.js';
import { counted, lengthWords } from '../model/lengths.js';
import { weekdays } from '../model/report-words.js';
import { About } from '../../../components/about.js';
import { Switch } from './switch.js';
import type { ReportNav } from './use-report-nav.js';

/** Weekday by hour: how long people waited who began to then, or how many did. */
export function HeatSection({ report, nav }: { report: Report; nav: ReportNav }) {
  const arrivals = nav.search.heat === 'arrivals';
  const { heat, time } = report;
  const hours = shownHours(heat.arrivals);
  const valueOf = (day: number, hour: number) => (arrivals ? heat.arrivals[day]?.[hour] : (heat.waiting[day]?.[hour] ?? undefined));
  const words = (day: number, hour: number) => {
    const began = heat.arrivals[day]?.[hour] ?? 0;
    const half = heat.waiting[day]?.[hour];
    const when = `${weekdays[day] ?? ''} ${hour}:00 to ${hour + 1}:00`;
    if (began === 0) return `${when}: nobody began to wait`;
    return `${when}: ${typeof half === 'number' ? `half waited up to ${lengthWords(half, time)}, ` : ''}${counted(began, 'wait')}`;
  };
  const most = Math.max(0, ...weekdays.flatMap((_, day) => hours.map((hour) => valueOf(day, hour) ?? 0)));
  const shownAs = (value: number | undefined) => (value === undefined ? '' : arrivals ? String(value) : lengthWords(value, time));
  const { heat: _heat, ...rest } = nav.search;
  return (
    <Figure
      title={arrivals ? 'When people write' : 'When people wait'} hint={arrivals ? 'waits begun by hour' : 'median by hour'} about={<About of={[arrivals ? 'arrivals' : 'waiting_by_hour']} what={arrivals ? 'When people write' : 'When people wait'} />}
      controls={<Switch on={arrivals} labels={['Waiting', 'Arrivals']} onSwitch={(on) => nav.show(on ? { ...rest, heat: 'arrivals' } : rest)} />}
      table={{ head: ['', ...hours.map(String)], onOpen: nav.open, rows: weekdays.map((name, day) => ({ id: name, cells: [name, ...hours.map((hour) => shownAs(valueOf(day, hour)))] })) }}
    >
      <HeatGrid
        name={arrivals ? 'Waits begun by weekday and hour' : 'Wait of half the customers by weekday and hour'} onOpen={nav.open} columns={hours.map((hour) => (hour % 3 === 0 ? String(hour) : undefined))}
        note={report.period.timeZone.replaceAll('_', ' ')}
        ends={[arrivals ? 'none' : 'no wait', most === 0 ? 'nothing to show' : `${arrivals ? counted(most, 'wait') : lengthWords(most, time)}, the most in this period`]}
        rows={weekdays.map((name, day) => ({ name, cells: hours.map((hour) => ({ id: `${day}-${hour}`, words: words(day, hour), href: nav.waits(`cell:${day}-${hour}`), ...valued(valueOf(day, hour)) })) }))}
      />
    </Figure>
  );
}

function valued(value: number | undefined): { value?: number } {
  return value === undefined ? {} : { value };
}

/** From the first to the last hour in which anybody ever began to wait; at least from 6 to 22. */
function shownHours(arrivals: readonly (readonly number[])[]): number[] {
  const used = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => arrivals.some((day) => (day[hour] ?? 0) > 0));
  const first = Math.min(6, ...used);
  const last = Math.max(21, ...used);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
