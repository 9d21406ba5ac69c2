import type { Millis } from '../../inbox/model/common.js';
import type { Random } from './random.js';

export type DemoLanguage = 'en' | 'de' | 'fr' | 'es';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
const zone = 'Europe/Brussels';
const locales: Record<DemoLanguage, string> = { en: 'en-GB', de: 'de-DE', fr: 'fr-FR', es: 'es-ES' };

const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });

/** Day (0 = Monday) and minute of the day in the firm's zone. */
export function localTime(at: Millis): { day: number; minute: number } {
  const found: Record<string, string> = {};
  for (const { type, value } of parts.formatToParts(at)) found[type] = value;
  const dayNumber = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(found['weekday'] ?? 'Mon');
  return { day: dayNumber, minute: Number(found['hour']) * 60 + Number(found['minute']) };
}

/** When the desk is staffed: Monday to Friday 8:30–18:00, Saturday 10:00–14:00. */
export function isStaffed(at: Millis): boolean {
  const local = localTime(at);
  if (local.day === 6) return false;
  return local.day === 5 ? local.minute >= 600 && local.minute < 840 : local.minute >= 510 && local.minute < 1_080;
}

/** The first staffed time at or after this one; one that was moved starts the day a little later than the doors open. */
export function nextStaffed(at: Millis, random: Random): Millis {
  if (isStaffed(at)) return at;
  let candidate = at;
  while (!isStaffed(candidate)) candidate += 30 * minute;
  return candidate + random.between(2, 70) * minute;
}

/** Nobody writes at three in the morning: night hours move to the morning after. */
export function nextAwake(at: Millis, random: Random): Millis {
  const local = localTime(at);
  const awakeFrom = 6 * 60 + 40;
  if (local.minute >= awakeFrom && local.minute < 23 * 60 + 20) return at;
  const wait = local.minute < awakeFrom ? awakeFrom - local.minute : 24 * 60 - local.minute + awakeFrom;
  return at + (wait + random.between(0, 180)) * minute;
}

/** "9 November", "9. November", "9 novembre", "9 de noviembre". */
export function dateIn(language: DemoLanguage, at: Millis): string {
  return new Intl.DateTimeFormat(locales[language], { timeZone: zone, day: 'numeric', month: 'long' }).format(at);
}

/** "Monday", "Montag", "lundi", "lunes". */
export function weekdayIn(language: DemoLanguage, at: Millis): string {
  return new Intl.DateTimeFormat(locales[language], { timeZone: zone, weekday: 'long' }).format(at);
}
