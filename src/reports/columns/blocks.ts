import type { Json } from '../../inbox/model/common.js';
import type { ColumnBlock } from '../../inbox/model/report.js';
import type { Collections } from '../../inbox/stores.js';
import { rowsPerBlock } from './column-table.js';
import { Columns } from './columns.js';
import { breathe } from './follower.js';
import { columnsVersion, type DictionaryName } from './layouts.js';

type Blocks = Collections['columnBlocks'];
const wordsPerBlock = 10_000;
const tables = ['waits', 'cases'] as const;

/** Up to which change each table is right. */
export interface UpTo {
  waits: number;
  cases: number;
}

interface Head extends UpTo {
  rows: { waits: number; cases: number };
  words: Record<DictionaryName, number>;
}

/**
 * Saves what has changed since the last time, so that the next start need not read every wait: words first, then the rows that
 * use them, and at last up to which change all of it is right. Cut off anywhere, the blocks are right up to the change named before.
 */
export async function saveBlocks(blocks: Blocks, columns: Columns, upTo: UpTo, savedWords: Map<string, number>): Promise<void> {
  const words = await saveWords(blocks, columns, savedWords);
  const rows = { waits: columns.waits.size, cases: columns.cases.size };
  for (const name of tables) {
    const table = columns[name];
    for (const block of [...table.dirty]) {
      table.dirty.delete(block);
      try {
        const { bytes, long } = table.packBlock(block);
        await blocks.put({ _id: `${name}:${block}`, version: columnsVersion, data: Buffer.from(bytes.buffer).toString('base64'), facts: { long: long as Json } });
      } catch (error) {
        table.dirty.add(block);
        throw error;
      }
      await breathe();
    }
  }
  const head: Head = { ...upTo, rows, words };
  await blocks.put({ _id: 'head', version: columnsVersion, data: JSON.stringify([...columns.corrected]), facts: head as unknown as Record<string, Json> });
}

/** Words are only ever added: all but the last block of a dictionary stay as they are. */
async function saveWords(blocks: Blocks, columns: Columns, saved: Map<string, number>): Promise<Head['words']> {
  const counts = Object.fromEntries(Object.entries(columns.words).map(([name, { size }]) => [name, size])) as Head['words'];
  for (const [name, dictionary] of Object.entries(columns.words)) {
    const done = saved.get(name) ?? 1;
    for (let block = Math.floor(done / wordsPerBlock); block * wordsPerBlock < dictionary.size && done < dictionary.size; block += 1) {
      const part = dictionary.words.slice(block * wordsPerBlock, (block + 1) * wordsPerBlock);
      await blocks.put({ _id: `words:${name}:${block}`, version: columnsVersion, data: JSON.stringify(part), facts: {} });
      await breathe();
    }
    saved.set(name, dictionary.size);
  }
  return counts;
}

/** What was saved; `undefined` when there is nothing of this version, or it is not whole. */
export async function loadBlocks(blocks: Blocks): Promise<{ columns: Columns; upTo: UpTo } | undefined> {
  const found = await blocks.get('head');
  if (found?.version !== columnsVersion) return undefined;
  const head = found.facts as unknown as Head;
  const columns = new Columns();
  for (const name of Object.keys(columns.words) as DictionaryName[]) if (!await loadWords(blocks, columns, name, head.words[name])) return undefined;
  for (const name of tables) {
    const table = columns[name];
    for (let block = 0; block * rowsPerBlock < head.rows[name]; block += 1) {
      const saved = await blocks.get(`${name}:${block}`);
      if (saved?.version !== columnsVersion || !table.unpackBlock(block, unpacked(saved))) return undefined;
      await breathe();
    }
    table.size = head.rows[name];
  }
  for (const [row, at] of JSON.parse(found.data) as [number, number][]) columns.corrected.set(row, at);
  return { columns, upTo: { waits: head.waits, cases: head.cases } };
}

async function loadWords(blocks: Blocks, columns: Columns, name: DictionaryName, count: number): Promise<boolean> {
  const dictionary = columns.words[name];
  for (let block = 0; ; block += 1) {
    const saved = await blocks.get(`words:${name}:${block}`);
    if (saved?.version !== columnsVersion) break;
    const part = JSON.parse(saved.data) as string[];
    for (const word of block === 0 ? part.slice(1) : part) dictionary.code(word);
    if (part.length < wordsPerBlock) break;
  }
  return dictionary.size >= count;
}

function unpacked(saved: ColumnBlock): { bytes: Uint8Array; long: Record<string, [number, number][]> } {
  return { bytes: Buffer.from(saved.data, 'base64'), long: saved.facts['long'] as unknown as Record<string, [number, number][]> };
}
