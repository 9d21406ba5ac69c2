import { AppError } from '../../errors.js';
import type { ImportState } from '../model/report.js';
import { type ImportOptions, importHistory } from './import-history.js';
import type { HistoryCore } from './write-batch.js';

/** Past messages, as `src/http` and the command line see them. */
export interface HistoryDesk {
  /** One at a time: throws `conflict` while another is under way. See `importHistory`. */
  run(options: ImportOptions): Promise<ImportState>;
  find(id: string): Promise<ImportState | undefined>;
  /** Newest first. */
  list(): Promise<ImportState[]>;
}

export function createHistoryDesk(core: HistoryCore): HistoryDesk {
  let busy: string | undefined;
  return {
    run: async (options) => {
      if (busy !== undefined) throw new AppError('conflict', `The import "${busy}" is under way: wait until it is done.`, { facts: { busy } });
      busy = options.id;
      try {
        return await importHistory(core, options);
      } finally {
        busy = undefined;
      }
    },
    find: (id) => core.store.now.imports.get(id),
    list: async () => (await core.store.now.imports.all()).sort((a, b) => b.startedAt - a.startedAt),
  };
}
