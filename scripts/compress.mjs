import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const text = /\.(js|css|html|svg|json|webmanifest|txt|xml)$/;
/** Below this a compressed copy saves nothing that one network packet would notice. */
const smallestBytes = 1_000;

/** Writes `file.br` and `file.gz` beside every text file below a folder, where they are smaller than the file. */
export async function compressFolder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && text.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
  await Promise.all(files.map(compressFile));
}

async function compressFile(file) {
  const bytes = await readFile(file);
  if (bytes.length < smallestBytes) return;
  const brotli = promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  const gzipped = promisify(gzip)(bytes, { level: 9 });
  for (const [ending, small] of [['br', await brotli], ['gz', await gzipped]]) {
    if (small.length < bytes.length) await writeFile(`${file}.${ending}`, small);
  }
}
