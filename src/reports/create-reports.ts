import { AppError } from '../errors.js';
import type { Log } from '../inbox/core.js';
import type { TimeRules } from '../inbox/hours/place.js';
import type { Channel } from '../inbox/model/channel.js';
import type { Wait } from '../inbox/model/wait.js';
import type { Clock } from '../inbox/ports.js';
import type { Collections } from '../inbox/stores.js';
import type { Asking, ReportQuery } from './api.js';
import type { Columns } from './columns/columns.js';
import { breathe } from './columns/follower.js';
import { ReportColumns } from './columns/report-columns.js';
import type { StillOpen } from './columns/still-open.js';
import { parseConversationPick } from './conversations/conversation-pick.js';
import { listConversations } from './conversations/list-conversations.js';
import { makeItems } from './conversations/make-items.js';
import { definitions } from './definitions.js';
import { customersOf } from './figures/owed.js';
import { Selection } from './figures/selection.js';
import { View } from './figures/view.js';
import { countCases, countWaits, wholeReport } from './make-report.js';
import { type Names, readNames } from './names.js';
import { periodBefore, periodOf, wallClock } from './period.js';
import { parsePick, type Pick as Picked } from './picks/parse-pick.js';
import { picked } from './picks/picked.js';
import { makeReceipts } from './receipts/make-receipts.js';
import { readCursor, sortedPage } from './receipts/sorted-page.js';
import { recomputeWaits } from './recompute/recompute-waits.js';
import type { Reports } from './shapes.js';

export interface ReportsDeps {
  c: Collections;
  times: () => TimeRules;
  channels: () => ReadonlyMap<string, Channel>;
  clock: Clock;
  log: Pick<Log, 'info' | 'warn'>;
  /** How long whoever asks first waits until the columns are read; 10 s when absent. */
  patienceMs?: number;
}

/** The engine over one store; end it with `stop`, which saves the columns. */
export interface ReportEngine extends Reports {
  readonly columns: ReportColumns;
  stop(): Promise<void>;
}

/** Makes the report engine. Reads nothing before it is asked. */
export function createReports(deps: ReportsDeps): ReportEngine {
  const columns = new ReportColumns(deps);
  const { c } = deps;

  /** Columns and names as they are now; then one look at them, without IO. */
  async function counted<R>(asking: Asking, query: ReportQuery, count: (view: View, open: StillOpen) => R): Promise<{ result: R; names: Names }> {
    const [names] = await Promise.all([readNames(c, deps.channels()), columns.upToDate()]);
    const result = columns.count(asking.now, (all: Columns, open) => count(new View(all, asking, query, names), open));
    return { result, names };
  }

  async function inOrder(rows: readonly number[]): Promise<Wait[]> {
    const waits = new Map((await c.waits.numbered(rows)).map((wait) => [wait.n, wait]));
    return rows.flatMap((row) => waits.get(row) ?? []);
  }

  const receiptsOf = (asking: Asking, names: Names, waits: readonly Wait[], bare = false) => makeReceipts({ c, calendars: deps.times().calendars, channels: deps.channels(), names, asking, bare }, waits);

  return {
    columns,
    async report(asking, query) {
      const { result, names } = await counted(asking, query, countWaits);
      await breathe();
      return wholeReport(c, result, columns.countCases((all) => countCases(new View(all, asking, query, names), deps.times())));
    },
    async receipts(asking, query, page) {
      const pick = parsePick(page.pick);
      const cursor = page.cursor === undefined ? undefined : readCursor(page.cursor, asking.now);
      const then = cursor === undefined ? asking : { ...asking, now: cursor.now };
      const { result, names } = await counted(then, query, (view, open) => {
        const selection = selectionOf(view, open, pick);
        return { total: selection.size, ...(pick.owed === true ? { customers: customersOf(view, selection.rows) } : {}), ...sortedPage(selection, page, cursor) };
      });
      const items = await receiptsOf(asking, names, await inOrder(result.rows), page.bare);
      const { rows: _, ...counts } = result;
      return { items, ...counts };
    },
    async receipt(asking, waitId) {
      const wait = await c.waits.get(waitId);
      if (wait === undefined || wait.void === true) return undefined;
      const { result: maySee, names } = await counted(asking, anyQuery, (view) => view.maySeeWait(wait.n));
      return maySee ? (await receiptsOf(asking, names, [wait]))[0] : undefined;
    },
    async conversations(asking, query, page) {
      const pick = parseConversationPick(page.pick);
      const cursor = page.cursor === undefined ? undefined : readCursor(page.cursor, asking.now);
      const then = cursor === undefined ? asking : { ...asking, now: cursor.now };
      const [names] = await Promise.all([readNames(c, deps.channels()), columns.upToDate()]);
      const { rows, ...found } = columns.countCases((all) => listConversations(new View(all, then, query, names), { pick, page, cursor, holdsMs: deps.times().resolveHoldsMs }));
      return { items: await makeItems(c, deps.channels(), rows), ...found };
    },
    async recompute(asking, query, of) {
      const pick = parsePick(of.pick);
      const { result } = await counted(asking, query, (view, open) => {
        const selection = selectionOf(view, open, pick);
        return { of: selection.size, rows: [...selection.rows.subarray(0, of.limit)] };
      });
      return recomputeWaits({ c, rules: deps.times(), clock: deps.clock }, result);
    },
    definitions: () => definitions,
    async defaultZone() {
      const version = deps.times().calendars.find((calendar) => calendar._id === 'default')?.versions.at(-1);
      return version?.timeZone ?? (await c.settings.workspace()).hours.timeZone;
    },
    stop: () => columns.stop(),
  };
}

const anyQuery: ReportQuery = { from: '1970-01-01', to: '1970-01-01', zone: 'UTC', compare: 'none', kind: 'any', time: 'calendar' };

/** The waits of the report that a pick stands for. */
function selectionOf(view: View, open: StillOpen, pick: Picked): Selection {
  const period = periodOf(view.query);
  const meant = pick.before === true ? periodBefore(period) : period;
  const owed = pick.owed === true;
  const rows = owed ? view.openWaits(open.numbers) : view.waitsBetween(meant.from, meant.to);
  if (owed && pick.before === true) throw new AppError('bad_request', 'Whom we owe an answer is a matter of now, not of the period before.');
  const wall = owed ? wallClock(period.timeZone, Math.min(period.from, ...oldest(view, rows)), view.asking.now) : wallClock(period.timeZone, meant.from, meant.to);
  return picked(new Selection(view, rows, { now: view.asking.now, wall }), pick, meant);
}

function oldest(view: View, rows: Uint32Array): number[] {
  const { from } = view.waits.at;
  const first = rows.reduce((least, row) => Math.min(least, from[row] as number), Infinity);
  return Number.isFinite(first) ? [first] : [];
}
