/** In which clock a length was measured. Business hours are never told in days: such a day would have eight hours or twelve. */
export type ClockKind = 'calendar' | 'business';

const minute = 60_000;
const hour = 60 * minute;

/** "40 s", "27 m", "1 h 52 m"; calendar time also "3 d 4 h". The same words as on the page. */
export function lengthWords(ms: number, clock: ClockKind): string {
  if (ms < minute) return `${Math.max(0, Math.round(ms / 1_000))} s`;
  const minutes = Math.floor(ms / minute);
  const hours = Math.floor(ms / hour);
  if (minutes < 60) return `${minutes} m`;
  if (clock === 'business' || hours < 24) return two([hours, 'h'], [minutes % 60, 'm'], 100);
  return two([Math.floor(hours / 24), 'd'], [hours % 24, 'h'], 10);
}

/** "6 m faster", "31 m slower"; under a minute is no difference. */
export function changeWords(now: number, before: number, clock: ClockKind): string {
  const less = before - now;
  if (Math.abs(less) < minute) return 'as before';
  return `${lengthWords(Math.abs(less), clock)} ${less > 0 ? 'faster' : 'slower'}`;
}

/** "87 %". Never 0 or 100 when it is not quite; "none" of nothing. */
export function shareWords(part: number, of: number): string {
  if (of === 0) return 'none';
  const rounded = Math.round((part / of) * 100);
  if (rounded === 100 && part < of) return '99 %';
  if (rounded === 0 && part > 0) return '< 1 %';
  return `${rounded} %`;
}

/** The small unit is left away when it is nothing, or when the big one says enough. */
function two([big, bigUnit]: [number, string], [small, smallUnit]: [number, string], enough: number): string {
  return small === 0 || big >= enough ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}
