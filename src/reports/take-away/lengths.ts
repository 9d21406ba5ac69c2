/** In which clock a length was measured. Business hours are never told in days: such a day would have eight hours or twelve. */
export type ClockKind = 'calendar' | 'business';

/** What units are called; English when not said. */
export interface LengthUnits {
  second: string;
  minute: string;
  hour: string;
  day: string;
}

const english: LengthUnits = { second: 's', minute: 'm', hour: 'h', day: 'd' };
const minute = 60_000;
const hour = 60 * minute;

/** "40 s", "27 m", "1 h 52 m"; calendar time also "3 d 4 h". The same words as on the page. */
export function lengthWords(ms: number, clock: ClockKind, units: LengthUnits = english): string {
  if (ms < minute) return `${Math.max(0, Math.round(ms / 1_000))} ${units.second}`;
  const minutes = Math.floor(ms / minute);
  const hours = Math.floor(ms / hour);
  if (minutes < 60) return `${minutes} ${units.minute}`;
  if (clock === 'business' || hours < 24) return two([hours, units.hour], [minutes % 60, units.minute], 100);
  return two([Math.floor(hours / 24), units.day], [hours % 24, units.hour], 10);
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
