import type { Json, Millis } from '../../../inbox/model/common.js';
import { asList, asNumber, asObject, asText } from '../../lib/read-json.js';
import { isNewer, snowflake } from '../ids.js';
import { seenMax } from '../limits.js';

/** What Discord needs to go on with a session where it broke off. */
export interface Session {
  id: string;
  /** Of the newest packet whose events are stored. */
  sequence: number;
  resumeUrl: string;
}

/** How far one bot's gateway was read. */
export interface GatewayCursor {
  /** The bot; another one begins anew. */
  bot: string;
  /** Up to here everything is stored that channels and threads without a place in `seen` hold. */
  aliveAt: Millis;
  session?: Session;
  /** Packets may have been missed: histories are still to be read. */
  hasGap: boolean;
  /** When we signed in lately: the day's number is limited, over restarts too. */
  identifies: Millis[];
  /** Channel or thread → its newest message that is stored. */
  seen: Map<string, string>;
  /** The same for direct messages, which Discord lists to no bot. */
  directs: Map<string, string>;
}

const hourMs = 3_600_000;

/** What was stored for this bot, or a fresh start. */
export function readCursor(stored: Record<string, Json>, fresh: { bot: string; now: Millis }): GatewayCursor {
  const identifies = asList(stored['identifies']).filter((at): at is number => asNumber(at) !== undefined);
  if (asText(stored['bot']) !== fresh.bot) return { bot: fresh.bot, aliveAt: fresh.now, hasGap: false, identifies, seen: new Map(), directs: new Map() };
  const session = asObject(stored['session']);
  const id = asText(session?.['id']);
  const sequence = asNumber(session?.['sequence']);
  const resumeUrl = asText(session?.['resumeUrl']);
  const known = id === undefined || sequence === undefined || resumeUrl === undefined ? {} : { session: { id, sequence, resumeUrl } };
  return {
    bot: fresh.bot, aliveAt: asNumber(stored['aliveAt']) ?? fresh.now, hasGap: stored['hasGap'] !== false || known.session === undefined, identifies,
    seen: readPlaces(stored['seen']), directs: readPlaces(stored['directs']), ...known,
  };
}

function readPlaces(value: Json | undefined): Map<string, string> {
  return new Map(Object.entries(asObject(value) ?? {}).filter((entry): entry is [string, string] => snowflake(entry[1]) !== undefined));
}

export function writeCursor(cursor: GatewayCursor, now: Millis): Record<string, Json> {
  return {
    bot: cursor.bot, aliveAt: cursor.aliveAt, hasGap: cursor.hasGap,
    identifies: cursor.identifies.filter((at) => now - at < hourMs),
    seen: Object.fromEntries(newest(cursor.seen)), directs: Object.fromEntries(newest(cursor.directs)),
    ...(cursor.session === undefined ? {} : { session: { ...cursor.session } }),
  };
}

/** The channels that were written in last; a small document has to hold them. */
function newest(places: ReadonlyMap<string, string>): [string, string][] {
  const all = [...places];
  return all.length <= seenMax ? all : all.sort(([, a], [, b]) => (isNewer(a, b) ? -1 : 1)).slice(0, seenMax);
}

export function noteSeen(places: Map<string, string>, channel: string, message: string): void {
  const before = places.get(channel);
  if (before === undefined || isNewer(message, before)) places.set(channel, message);
}
