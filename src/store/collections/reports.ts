import type { Calendar } from '../../inbox/model/calendar.js';
import type { ColumnBlock, Digest, ImportState, SavedReport } from '../../inbox/model/report.js';
import type { Target } from '../../inbox/model/target.js';
import type { Patch } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Doc, Driver } from '../driver.js';
import { toUpdate } from './patch.js';

export const calendarSpec: CollectionSpec<Calendar> = { name: 'calendars', indexes: [] };
export const targetSpec: CollectionSpec<Target> = { name: 'targets', indexes: [] };
export const savedReportSpec: CollectionSpec<SavedReport> = { name: 'savedReports', indexes: [] };
export const digestSpec: CollectionSpec<Digest> = { name: 'digests', indexes: [] };
export const importSpec: CollectionSpec<ImportState> = { name: 'imports', indexes: [] };
export const columnBlockSpec: CollectionSpec<ColumnBlock> = { name: 'columnBlocks', indexes: [] };

/** More of them than anybody makes by hand. */
const most = 2_000;

/** A collection that is small enough to be read as a whole. */
class Small<T extends Doc> {
  protected readonly rows: Collection<T>;

  constructor(driver: Driver, spec: CollectionSpec<T>) {
    this.rows = driver.collection(spec);
  }

  get(id: string): Promise<T | undefined> {
    return this.rows.findOne({ _id: id } as Parameters<Collection<T>['findOne']>[0]);
  }

  /** By id. */
  async all(): Promise<T[]> {
    const found = await this.rows.find({}, { limit: most });
    return found.sort((a, b) => (a._id < b._id ? -1 : 1));
  }

  insert(doc: T): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(doc);
  }

  async change(id: string, patch: Patch<T>): Promise<T | undefined> {
    return (await this.rows.change({ _id: id } as Parameters<Collection<T>['findOne']>[0], toUpdate(patch)))?.after;
  }

  async remove(id: string): Promise<boolean> {
    return await this.rows.delete({ _id: id } as Parameters<Collection<T>['findOne']>[0], { limit: 1 }) > 0;
  }
}

export class Calendars extends Small<Calendar> {
  constructor(driver: Driver) {
    super(driver, calendarSpec);
  }
}

export class Targets extends Small<Target> {
  constructor(driver: Driver) {
    super(driver, targetSpec);
  }
}

export class SavedReports extends Small<SavedReport> {
  constructor(driver: Driver) {
    super(driver, savedReportSpec);
  }
}

export class Digests extends Small<Digest> {
  constructor(driver: Driver) {
    super(driver, digestSpec);
  }
}

export class Imports extends Small<ImportState> {
  constructor(driver: Driver) {
    super(driver, importSpec);
  }
}

/** Read and written one by one: they are large. */
export class ColumnBlocks {
  private readonly rows: Collection<ColumnBlock>;

  constructor(driver: Driver) {
    this.rows = driver.collection(columnBlockSpec);
  }

  get(id: string): Promise<ColumnBlock | undefined> {
    return this.rows.findOne({ _id: id });
  }

  async put(block: ColumnBlock): Promise<void> {
    const { _id, ...rest } = block;
    await this.rows.change({ _id }, { $set: rest }, { upsert: true });
  }

  async clear(): Promise<void> {
    await this.rows.delete({});
  }
}
