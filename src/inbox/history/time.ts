import type { Millis } from '../model/common.js';
import { LineFault } from './fields.js';

const earliest = Date.UTC(1990, 0, 1);
const hour = 3_600_000;
const written = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})$/iu;

/**
 * A time of a line: ISO 8601 with its zone, or ms since 1970. What lies before 1990 or ahead of us is kept as `givenAt`,
 * and `at` is now instead, as for messages that come in. Throws `LineFault` for what is no time at all.
 */
export function timeFrom(value: unknown, now: Millis, name = 'at'): { at: Millis; givenAt?: Millis } {
  if (value === undefined) throw new LineFault(`${name} is missing`);
  const at = typeof value === 'number' ? fromNumber(value, name) : fromText(value, name);
  if (at < earliest || at > now + hour) return { at: now, givenAt: at };
  return { at: Math.min(at, now) };
}

function fromNumber(value: number, name: string): Millis {
  if (!Number.isInteger(value) || Math.abs(value) > 8.64e15) throw new LineFault(`${name} is no possible time`);
  if (value * 1_000 > earliest && value < 1e11) throw new LineFault(`${name} seems to be in seconds: give milliseconds`);
  return value;
}

function fromText(value: unknown, name: string): Millis {
  const parts = typeof value === 'string' ? written.exec(value.trim()) : null;
  if (parts === null) throw new LineFault(`${name} must be a time with its zone, such as 2025-03-31T09:15:00+02:00, or milliseconds`);
  const [, year, month, day, hours, minutes, seconds = 0, , zone = 'Z'] = parts;
  const fraction = Number(`0.${parts[7] ?? '0'}`) * 1_000;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes), Number(seconds)) + Math.floor(fraction);
  const asked = [Number(month), Number(day), Number(hours), Number(minutes)];
  const read = new Date(local);
  // The 30th of February would silently become the 2nd of March.
  if ([read.getUTCMonth() + 1, read.getUTCDate(), read.getUTCHours(), read.getUTCMinutes()].some((part, at) => part !== asked[at]) || Number(seconds) > 60) throw new LineFault(`${name} is no possible time`);
  return local - offsetOf(zone, name);
}

function offsetOf(zone: string, name: string): Millis {
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 14 || minutes > 59) throw new LineFault(`${name} has no possible zone`);
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
