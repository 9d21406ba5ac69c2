import type { Millis } from '../../inbox/model/common.js';
import { botParts, caseFlag } from '../columns/layouts.js';
import { rowsOf } from '../figures/cases.js';
import { eachSolved } from '../figures/contacts.js';
import { type Resolved, resolvedAfter } from '../figures/resolved.js';
import type { View } from '../figures/view.js';
import { periodBefore, periodOf } from '../period.js';
import { type Cursor, sortedKeys } from '../receipts/sorted-page.js';
import type { ConversationFigures, ConversationPage, ConversationsQuery } from '../shapes.js';
import { type BotPart, contactKinds, type ConversationPick } from './conversation-pick.js';

/** One conversation as it was counted. `row`: its number. */
export interface Counted extends ConversationFigures {
  row: number;
}

export interface CountedPage extends Pick<ConversationPage, 'total' | 'sums' | 'cursor'> {
  rows: Counted[];
}

interface Asked {
  pick: ConversationPick;
  page: Pick<ConversationsQuery, 'sort' | 'limit'>;
  cursor: Cursor | undefined;
  /** How long a resolve has to hold. */
  holdsMs: number;
}

/** So many places have a key of their own; 12 bits are what ms since 1970 leave of a number. */
const placesApart = 4_096;

/** The conversations that a number of `cases` stands for, counted by the same code: one page of them, and what all of them come to. Without IO. */
export function listConversations(view: View, asked: Asked): CountedPage {
  const { now } = view.asking;
  return view.columns.scratch.within(() => {
    const period = periodOf(view.query);
    const meant = asked.pick.before === true ? periodBefore(period) : period;
    const all = view.allCases();
    const resolved = resolvedAfter(view, all, { now, holdsMs: asked.holdsMs });
    const contacts = asked.pick.contacts === undefined ? undefined : contactsOf(view, { rows: all, resolved, meant, kinds: asked.pick.contacts });
    const picked = chosen(view, contacts?.rows ?? rowsOf(view, all, meant), { pick: asked.pick, resolved });
    const page = sortedKeys(picked, keyOf(view, asked, { resolved, contacts }), { now, limit: asked.page.limit, cursor: asked.cursor });
    const rows = page.rows.map((row) => ({ row, ...figuresOf(view, row, resolved), ...contacts?.of(row) }));
    return { rows, total: picked.length, sums: sumsOf(view, picked), ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
  });
}

/** Those that pass every part of the pick. Its rows are fresh, so that they may be written into. */
function chosen(view: View, rows: Uint32Array, { pick, resolved }: { pick: ConversationPick; resolved: Resolved }): Uint32Array {
  const { flags, reopened, transfers, touches, bot } = view.cases.at;
  const wanted = pick.bot?.map((part) => botParts.indexOf(part));
  return rows.filter((row) => (pick.resolved === undefined || resolved.calendar[row] !== Infinity)
    && (pick.assigned === undefined || ((flags[row] as number) & caseFlag.assigned) !== 0)
    && (pick.reopened === undefined || (reopened[row] as number) > 0)
    && (pick.transfers === undefined || (transfers[row] as number) > 0)
    && (pick.answers === undefined || (touches[row] as number) > 0)
    && (wanted === undefined || wanted.includes(bot[row] as number)));
}

interface Contacts {
  rows: Uint32Array;
  /** When the row began that this conversation belongs to, and how long it took until it was solved. */
  begun: Float64Array;
  lasted: Float64Array;
  /** The how-manieth of its row it is. */
  place: Uint32Array;
  of: (row: number) => Required<Pick<ConversationFigures, 'contacts'>>;
}

/** The conversations of the solved rows that began in the period; those of one row may have begun after it. */
function contactsOf(view: View, { rows: all, resolved, meant, kinds }: { rows: Uint32Array; resolved: Resolved; meant: { from: Millis; to: Millis }; kinds: NonNullable<ConversationPick['contacts']> }): Contacts {
  const { scratch } = view.columns;
  const size = view.cases.size;
  const [found, count, place] = [scratch.u32(all.length), scratch.u32(size), scratch.u32(size)];
  const [begun, lasted] = [scratch.f64(size), scratch.f64(size)];
  let length = 0;
  eachSolved(view, all, resolved, (solved) => {
    const [once, more] = contactKinds;
    if (solved.begun < meant.from || solved.begun >= meant.to || !kinds.includes(solved.contacts === 1 ? once : more)) return;
    for (let at = 0; at < solved.contacts; at += 1) {
      const row = solved.rows[at] as number;
      found[length++] = row;
      count[row] = solved.contacts;
      place[row] = at + 1;
      begun[row] = solved.begun;
      lasted[row] = solved.solvedAt - solved.begun;
    }
  });
  return { rows: found.subarray(0, length), begun, lasted, place, of: (row) => ({ contacts: { of: count[row] as number, place: place[row] as number } }) };
}

/** Smaller comes first; what never took place comes after what took longest. */
function keyOf(view: View, { pick, page: { sort } }: Asked, { resolved, contacts }: { resolved: Resolved; contacts: Contacts | undefined }): (row: number) => number {
  if (contacts !== undefined) return together(contacts, sort);
  const begun = view.cases.at.from;
  if (sort === 'oldest') return (row) => begun[row] as number;
  if (sort === 'newest') return (row) => -(begun[row] as number);
  if (pick.assigned === true) {
    const assigned = view.cases.reader('assigned');
    return (row) => -assigned(row);
  }
  const after = resolved[view.query.time];
  return (row) => (after[row] === Infinity ? 1 : -(after[row] as number));
}

/** Those of one customer's row come together, the first one first: beside whole ms there is room for their place. */
function together({ begun, lasted, place }: Contacts, sort: Asked['page']['sort']): (row: number) => number {
  const later = (row: number): number => Math.min(place[row] as number, placesApart - 1) / placesApart;
  if (sort === 'longest') return (row) => later(row) - (lasted[row] as number);
  return sort === 'newest' ? (row) => later(row) - (begun[row] as number) : (row) => later(row) + (begun[row] as number);
}

function figuresOf(view: View, row: number, resolved: Resolved): ConversationFigures {
  const { from, flags, reopened, transfers, touches, bot } = view.cases.at;
  const [calendarMs, businessMs] = [resolved.calendar[row] as number, resolved.business[row] as number];
  const part: BotPart | undefined = botParts[bot[row] as number];
  return {
    firstAt: from[row] as number, ...(calendarMs === Infinity ? {} : { resolved: { calendarMs, businessMs } }), ...(((flags[row] as number) & caseFlag.assigned) === 0 ? {} : { assignedMs: view.cases.length('assigned', row) }),
    reopened: reopened[row] as number, transfers: transfers[row] as number, touches: touches[row] as number, ...(part === undefined ? {} : { bot: part }),
  };
}

function sumsOf(view: View, rows: Uint32Array): ConversationPage['sums'] {
  const { reopened, transfers, touches, customer } = view.cases.at;
  const sums = { customers: 0, reopened: 0, transfers: 0, touches: 0 };
  const isKnown = new Set<number>();
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    sums.reopened += reopened[row] as number;
    sums.transfers += transfers[row] as number;
    sums.touches += touches[row] as number;
    isKnown.add(view.columns.personOf(customer[row] as number));
  }
  return { ...sums, customers: isKnown.size };
}
