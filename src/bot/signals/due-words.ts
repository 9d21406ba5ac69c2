import type { BotLanguage } from './lexicon/lexicon.js';

/** How one language says until when. Months and weekdays by their first letters, as people shorten them. */
export interface DueWords {
  /** Before a day, a date or a time: "by", "bis". It makes a sentence a promise even without "we will". */
  until: string;
  /** Before a day or date as well: "on", "am". */
  on: string;
  /** Before a length of time: "within", "in". */
  within: string;
  today: string;
  tomorrow: string;
  dayAfter: string;
  thisWeek: string;
  nextWeek: string;
  weekdays: readonly string[];
  months: readonly string[];
  /** Between day and month: "of", "de". */
  of: string;
  /** Words between the preposition and the day: "the", "zum". */
  article: string;
  hours: string;
  days: string;
  weeks: string;
  numbers: readonly string[];
}

export const dueWords: Readonly<Record<BotLanguage, DueWords>> = {
  en: {
    until: 'by|before|until|till|no later than|not later than', on: 'on|this|next|for|coming', within: 'within|in|in the next|within the next',
    today: 'today|tonight|end of the day|end of day|end of today', tomorrow: 'tomorrow', dayAfter: 'the day after tomorrow', thisWeek: 'this week|end of the week|end of this week|the end of the week', nextWeek: 'next week',
    weekdays: ['monday|mon', 'tuesday|tue', 'wednesday|wed', 'thursday|thu', 'friday|fri', 'saturday|sat', 'sunday|sun'],
    months: ['january|jan', 'february|feb', 'march|mar', 'april|apr', 'may', 'june|jun', 'july|jul', 'august|aug', 'september|sept|sep', 'october|oct', 'november|nov', 'december|dec'],
    of: 'of', article: 'the|this|next|coming|end of', hours: 'hours?', days: '(?:working |business )?days?', weeks: 'weeks?', numbers: ['one|a|an', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  },
  de: {
    until: 'bis|spätestens|bis spätestens|vor', on: 'am|an|diesen|kommenden|nächsten|für', within: 'innerhalb von|innerhalb der nächsten|binnen|in|in den nächsten|innerhalb',
    today: 'heute', tomorrow: 'morgen', dayAfter: 'übermorgen', thisWeek: 'diese woche|dieser woche|ende der woche|ende dieser woche|noch diese woche|zum ende der woche', nextWeek: 'nächste woche|nächster woche|kommende woche',
    weekdays: ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag|sonnabend', 'sonntag'],
    months: ['januar|jan', 'februar|feb', 'märz', 'april|apr', 'mai', 'juni|jun', 'juli|jul', 'august|aug', 'september|sept|sep', 'oktober|okt', 'november|nov', 'dezember|dez'],
    of: '', article: 'zum|spätestens|spätestens zum|kommenden|nächsten|diesen|zu|am|dem', hours: 'stunden?', days: '(?:werk|arbeits)?tag(?:en|e|s)?', weeks: 'wochen?', numbers: ['einem|einer|ein|eines', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn'],
  },
  es: {
    until: 'antes del?|para|hasta|a más tardar|como muy tarde', on: 'el|este|próximo', within: 'en|dentro de|en un plazo de|en menos de|en los próximos|en las próximas',
    today: 'hoy', tomorrow: 'mañana', dayAfter: 'pasado mañana', thisWeek: 'esta semana|el fin de semana|final de semana', nextWeek: 'la próxima semana|la semana que viene|próxima semana',
    weekdays: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
    months: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
    of: 'de', article: 'el|la|del|este|próximo|día|el próximo|el día', hours: 'horas?', days: 'días?(?: laborables| hábiles)?', weeks: 'semanas?', numbers: ['un|una', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'],
  },
  fr: {
    until: "d['’]ici|avant|pour|jusqu['’]au?|au plus tard", on: 'le|ce|lundi|dès', within: 'sous|dans|dans les|en|dans un délai de|d[\'’]ici',
    today: "aujourd['’]hui|ce soir", tomorrow: 'demain', dayAfter: 'après-demain|après demain', thisWeek: 'cette semaine|la fin de la semaine|fin de semaine|la fin de semaine', nextWeek: 'la semaine prochaine|semaine prochaine',
    weekdays: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
    months: ['janvier|janv', 'février|févr', 'mars', 'avril', 'mai', 'juin', 'juillet|juil', 'août', 'septembre|sept', 'octobre|oct', 'novembre|nov', 'décembre|déc'],
    of: '', article: 'le|la|ce|au|à', hours: 'heures?|h', days: 'jours?(?: ouvrés| ouvrables)?', weeks: 'semaines?', numbers: ['un|une', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix'],
  },
};
