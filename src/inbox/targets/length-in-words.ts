/** "45 m", "1 h 30 m", "3 d": days only where they are 24 hours long, by the calendar. */
export function lengthInWords(ms: number, hours: 'business' | 'calendar'): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const days = hours === 'calendar' && minutes >= 2 * 1_440 ? Math.floor(minutes / 1_440) : 0;
  const rest = minutes - days * 1_440;
  const parts = [[days, 'd'], [Math.floor(rest / 60), 'h'], [rest % 60, 'm']] as const;
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(' ');
}
