const locale = 'en-GB';
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "52 m", "5 h 12 m", "3 d 4 h": a length of time in at most two units. */
export function duration(millis: number): string {
  const minutes = Math.max(0, Math.floor(millis / minute));
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} m`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 || days >= 10 ? `${days} d` : `${days} d ${hours % 24} h`;
}

/** "now", "5 m ago", "2 h ago", then "Tue", then "16 Nov". */
export function ago(at: number, now: number): string {
  const passed = now - at;
  if (passed < minute) return 'now';
  if (passed < hour) return `${Math.floor(passed / minute)} m ago`;
  if (passed < day && calendarDay(at) === calendarDay(now)) return `${Math.floor(passed / hour)} h ago`;
  if (calendarDay(at) === calendarDay(now - day)) return 'yesterday';
  if (passed < 6 * day) return weekday(at);
  return shortDate(at, now);
}

/** "14:05" */
export function timeOfDay(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', ...(timeZone === undefined ? {} : { timeZone }) }).format(at);
}

/** "today", "yesterday", "Mon 16 Nov", "16 Nov 2025" */
export function dayWords(at: number, now: number): string {
  if (calendarDay(at) === calendarDay(now)) return 'today';
  if (calendarDay(at) === calendarDay(now - day)) return 'yesterday';
  if (calendarDay(at) === calendarDay(now + day)) return 'tomorrow';
  return sameYear(at, now) ? `${weekday(at)} ${shortDate(at, now)}` : shortDate(at, now);
}

/** "16 Nov", or "16 Nov 2025" in another year. */
export function shortDate(at: number, now: number): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...(sameYear(at, now) ? {} : { year: 'numeric' }) }).format(at);
}

/** "Monday 16 November 2026 at 14:05": for titles, where there is room. */
export function fullDate(at: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(at);
}

/** The day as the reader's calendar has it: equal for two times of one day. */
export function calendarDay(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

/** "3.4 MB" */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1000) return `${Math.max(1, Math.round(kilobytes))} KB`;
  return `${(kilobytes / 1024).toFixed(1).replace('.0', '')} MB`;
}

function weekday(at: number): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short' }).format(at);
}

function sameYear(one: number, other: number): boolean {
  return new Date(one).getFullYear() === new Date(other).getFullYear();
}
