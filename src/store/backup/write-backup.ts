import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { AppError } from '../../errors.js';
import type { BlobVault } from '../blobs/vault.js';
import type { CollectionSpec, Doc, Engine } from '../driver.js';
import { storageError, syncDirectory } from '../files.js';
import type { BackupHeader } from './format.js';
import { backupOrder } from './order.js';

export interface BackupSource {
  /** A snapshot, or a living store: then what is written meanwhile may or may not be in the backup. */
  engine: Engine;
  blobs: BlobVault;
  specs: readonly CollectionSpec<never>[];
  header: Omit<BackupHeader, 'rapport' | 'format' | 'engine'>;
}

export interface BackupReport {
  file: string;
  bytes: number;
  counts: Record<string, number>;
  blobs: number;
}

const docsPerPage = 200;
const charactersPerLine = 1_000_000;
const pieceBytes = 192 * 1024;

/**
 * Writes all collections and files into `file`, which appears whole or not at all and replaces nothing. Streams: needs
 * little memory however large the store is. `progress` is told a line per part. Throws `conflict` when the file exists,
 * `disk_full`, `store_unavailable`.
 */
export async function writeBackup(file: string, source: BackupSource, progress: (line: string) => void): Promise<BackupReport> {
  const target = resolve(file);
  if (await stat(target).then(() => true, () => false)) throw new AppError('conflict', `${file} exists already; a backup replaces nothing`);
  const draft = `${target}.${randomBytes(4).toString('hex')}.part`;
  const writer = new LineWriter(source, progress);
  try {
    await pipeline(Readable.from(writer.lines()), createGzip({ level: 6 }), createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
    await syncFile(draft);
    await rename(draft, target);
    await syncDirectory(dirname(target));
  } catch (error) {
    await rm(draft, { force: true });
    throw storageError(error);
  }
  return { file: target, bytes: (await stat(target)).size, counts: writer.counts, blobs: writer.blobs };
}

class LineWriter {
  readonly counts: Record<string, number> = {};
  blobs = 0;
  private readonly hash = createHash('sha256');

  constructor(
    private readonly source: BackupSource,
    private readonly progress: (line: string) => void,
  ) {}

  async *lines(): AsyncGenerator<Buffer> {
    yield this.line({ rapport: 'backup', format: 1, engine: this.source.engine.kind, ...this.source.header });
    for (const spec of backupOrder(this.source.specs)) yield* this.documents(spec);
    yield* this.files();
    yield this.line({ counts: this.counts, blobs: this.blobs });
    yield Buffer.from(`${JSON.stringify({ sha256: this.hash.digest('hex') })}\n`);
  }

  private async *documents(spec: CollectionSpec<Doc>): AsyncGenerator<Buffer> {
    const rows = this.source.engine.durable.collection(spec);
    let count = 0;
    let last: string | undefined;
    for (;;) {
      const docs = await rows.find({}, { sort: { _id: 1 }, limit: docsPerPage, ...(last === undefined ? {} : { after: [last] }) });
      for (const json of inLines(docs)) yield this.text(`{"collection":${JSON.stringify(spec.name)},"docs":[${json}]}`);
      count += docs.length;
      last = docs.at(-1)?._id;
      if (docs.length < docsPerPage) break;
    }
    this.counts[spec.name] = count;
    if (count > 0) this.progress(`${spec.name}: ${count}`);
  }

  private async *files(): AsyncGenerator<Buffer> {
    for await (const blobId of this.source.blobs.ids()) {
      const bytes = await this.source.blobs.get(blobId);
      // Deleted since it was listed.
      if (bytes === undefined) continue;
      for (let from = 0; from === 0 || from < bytes.length; from += pieceBytes) {
        yield this.line({ blob: blobId, data: bytes.toString('base64', from, Math.min(from + pieceBytes, bytes.length)), last: from + pieceBytes >= bytes.length });
      }
      this.blobs += 1;
    }
    if (this.blobs > 0) this.progress(`files: ${this.blobs}`);
  }

  private line(value: object): Buffer {
    return this.text(JSON.stringify(value));
  }

  private text(json: string): Buffer {
    const line = Buffer.from(`${json}\n`);
    this.hash.update(line);
    return line;
  }
}

/** The documents of a page as JSON, in lists of a bounded length: one document may be large. */
function* inLines(docs: readonly Doc[]): Generator<string> {
  let list: string[] = [];
  let length = 0;
  for (const doc of docs) {
    const json = JSON.stringify(doc);
    if (length > 0 && length + json.length > charactersPerLine) {
      yield list.join(',');
      list = [];
      length = 0;
    }
    list.push(json);
    length += json.length;
  }
  if (list.length > 0) yield list.join(',');
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
