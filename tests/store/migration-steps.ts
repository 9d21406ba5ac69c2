import type { CollectionSpec } from '../../src/store/driver.js';
import type { Migration } from '../../src/store/migrations/run-migrations.js';

interface Counted {
  _id: string;
  value: number;
  migrated?: number;
}

export const countedSpec: CollectionSpec<Counted> = { name: 'counted', indexes: [] };
export const rowCount = 30;
const pageSize = 7;

/** Gives each row `migrated` = 10 × `value`, page by page; `at` is called before and after every write, with a growing number. */
export function countUp(hooks: { at?: (step: number) => unknown; saved?: (last: string) => unknown } = {}): Migration {
  return {
    number: 1,
    name: 'count up',
    run: async (engine, steps) => {
      await engine.prepare([countedSpec as never]);
      const rows = engine.durable.collection(countedSpec);
      let last = String(steps.checkpoint?.['last'] ?? '');
      let step = 0;
      for (;;) {
        const page = await rows.find({}, { sort: { _id: 1 }, limit: pageSize, ...(last === '' ? {} : { after: [last] }) });
        for (const row of page) {
          await hooks.at?.((step += 1));
          await rows.change({ _id: row._id }, { $set: { migrated: row.value * 10 } });
        }
        last = page.at(-1)?._id ?? last;
        await hooks.at?.((step += 1));
        await steps.save({ last });
        await hooks.saved?.(last);
        await hooks.at?.((step += 1));
        if (page.length < pageSize) return;
      }
    },
  };
}
