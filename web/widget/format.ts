/** Times and sizes as the visitor is used to them. */
export interface Formats {
  time(at: number): string;
  /** "Today", "Yesterday", "Monday", "9 November"; `now` in milliseconds. */
  day(at: number, now: number): string;
  /** The same text for times on the same day. */
  dayKey(at: number): string;
  minutes(count: number): string;
  opening(at: number, now: number): string;
  size(bytes: number): string;
}

const dayMs = 24 * 60 * 60 * 1000;

/** `region` is how the browser is set ("en-GB"); it counts where it is of the bubble's language. */
export function formatsFor(language: string, region: string = language): Formats {
  return formatsOf(region.toLowerCase().startsWith(language) ? region : language);
}

function formatsOf(language: string): Formats {
  const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options);
  const unit = (value: number, name: string) => new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
  const daysAgo = (at: number, now: number): number => Math.round((startOfDay(now) - startOfDay(at)) / dayMs);
  const day = (at: number, now: number): string => {
    const ago = daysAgo(at, now);
    if (ago === 0 || ago === 1) return capital(relative.format(-ago, 'day'));
    if (ago > 1 && ago < 7) return capital(date({ weekday: 'long' }).format(at));
    return date(new Date(at).getFullYear() === new Date(now).getFullYear() ? { day: 'numeric', month: 'long' } : { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
  };
  return {
    time: (at) => time.format(at),
    day,
    dayKey: (at) => String(startOfDay(at)),
    minutes: (count) => (count < 90 ? unit(Math.max(1, Math.round(count)), 'minute') : count < 36 * 60 ? unit(Math.round(count / 60), 'hour') : unit(Math.round(count / 60 / 24), 'day')),
    opening: (at, now) => (daysAgo(at, now) === 0 ? time.format(at) : date({ weekday: 'long', hour: 'numeric', minute: '2-digit' }).format(at)),
    size: (bytes) => {
      const [value, name] = bytes < 1024 * 1024 ? [Math.ceil(bytes / 1024), 'kilobyte'] : [bytes / 1024 / 1024, 'megabyte'];
      return new Intl.NumberFormat(language, { style: 'unit', unit: String(name), maximumFractionDigits: Number(value) < 10 ? 1 : 0 }).format(Number(value));
    },
  };
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
