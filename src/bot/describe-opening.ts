import { daysBetween, isTimeZone, wallTimeAt, weekdayOf, type WallTime } from '../inbox/hours/local-time.js';
import type { Millis } from '../inbox/model/common.js';
import { asBotLanguage } from './signals/phrases.js';
import type { BotLanguage } from './signals/lexicon/lexicon.js';

export interface OpeningWords {
  opensAt: Millis;
  now: Millis;
  language: string;
  /** Of the business; used unless the customer's is known. */
  timeZone: string;
  /** As the customer's browser tells it; one that is not a zone is not used. */
  customerZone?: string;
}

/** "today at 14:00", "tomorrow at 09:00", "on Monday at 09:00", later than six days with the date; en, de, es, fr, else English. */
export function describeOpening(opening: OpeningWords): string {
  const zone = opening.customerZone !== undefined && isTimeZone(opening.customerZone) ? opening.customerZone : opening.timeZone;
  const at = wallTimeAt(opening.opensAt, zone);
  const days = daysBetween(wallTimeAt(opening.now, zone), at);
  const words = openingWords[asBotLanguage(opening.language) ?? 'en'];
  return words.at(dayName(at, days, words), clockOf(at));
}

interface DayWords {
  today: string;
  tomorrow: string;
  weekdays: readonly string[];
  months: readonly string[];
  on(weekday: string): string;
  onDate(weekday: string, day: number, month: string): string;
  at(day: string, clock: string): string;
}

function dayName(at: WallTime, days: number, words: DayWords): string {
  if (days <= 0) return words.today;
  if (days === 1) return words.tomorrow;
  const weekday = words.weekdays[weekdayOf(at)] ?? '';
  return days < 7 ? words.on(weekday) : words.onDate(weekday, at.day, words.months[at.month - 1] ?? '');
}

function clockOf(at: WallTime): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(at.minute / 60))}:${two(at.minute % 60)}`;
}

const openingWords: Readonly<Record<BotLanguage, DayWords>> = {
  en: {
    today: 'today', tomorrow: 'tomorrow',
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
    on: (weekday) => `on ${weekday}`,
    onDate: (weekday, day, month) => `on ${weekday}, ${day} ${month}`,
    at: (day, clock) => `${day} at ${clock}`,
  },
  de: {
    today: 'heute', tomorrow: 'morgen',
    weekdays: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
    months: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
    on: (weekday) => `am ${weekday}`,
    onDate: (weekday, day, month) => `am ${weekday}, ${day}. ${month},`,
    at: (day, clock) => `${day} um ${clock} Uhr`,
  },
  es: {
    today: 'hoy', tomorrow: 'mañana',
    weekdays: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
    months: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
    on: (weekday) => `el ${weekday}`,
    onDate: (weekday, day, month) => `el ${weekday} ${day} de ${month}`,
    at: (day, clock) => `${day} ${clock.startsWith('01:') ? 'a la' : 'a las'} ${clock}`,
  },
  fr: {
    today: 'aujourd’hui', tomorrow: 'demain',
    weekdays: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
    months: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
    on: (weekday) => weekday,
    onDate: (weekday, day, month) => `${weekday} ${day === 1 ? '1er' : day} ${month}`,
    at: (day, clock) => `${day} à ${clock}`,
  },
};
