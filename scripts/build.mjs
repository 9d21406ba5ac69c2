/**
 * Builds what is out of date, and nothing else: `dist/server` (TypeScript to ES modules, file by file), `dist/web` (the
 * agent's screen, then the chat bubble), and `.br` and `.gz` beside every text file of `dist/web`.
 * `node scripts/build.mjs` builds, with names (`server`, `web`) only those; `isStale()` only asks, and is cheap (it loads no
 * build tool).
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const stampFile = join(dist, 'stamp.json');
const webRoot = join(dist, 'web');

/** In the order of building: the agent's screen empties its folder, so the bubble and the compressed files come after it. */
const parts = [
  { name: 'server', from: ['src', 'scripts/build.mjs', 'package-lock.json'], to: ['dist/server/main.js'], build: buildServer },
  {
    name: 'web', from: ['web', 'src/http/api', 'scripts/build.mjs', 'package-lock.json'], to: ['dist/web/index.html', 'dist/web/widget.js', 'dist/web/widget.js.br'],
    build: async () => {
      rmSync(webRoot, { recursive: true, force: true });
      mkdirSync(webRoot, { recursive: true });
      await buildAgentUi();
      await buildWidget();
      const { compressFolder } = await import('./compress.mjs');
      await compressFolder(webRoot);
    },
  },
];

/** True when `build` would have something to do. Reads names, sizes and times only. */
export function isStale() {
  const stamps = readStamps();
  return parts.some((part) => !isBuilt(part, stamps, stampOf(part)));
}

/** Builds the parts that are out of date, of those named or of all; resolves with their names. */
export async function build(names = parts.map((part) => part.name)) {
  mkdirSync(dist, { recursive: true });
  const release = await lock(join(dist, '.lock'));
  try {
    const built = [];
    for (const part of parts.filter((candidate) => names.includes(candidate.name))) {
      const stamp = stampOf(part);
      if (isBuilt(part, readStamps(), stamp)) continue;
      await part.build();
      writeFileSync(stampFile, JSON.stringify({ ...readStamps(), [part.name]: stamp }));
      built.push(part.name);
    }
    return built;
  } finally {
    release();
  }
}

async function buildServer() {
  const { build: esbuild } = await import('esbuild');
  const outdir = join(dist, 'server');
  const sources = filesUnder(join(root, 'src')).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  await esbuild({ entryPoints: sources, outbase: join(root, 'src'), outdir, format: 'esm', platform: 'node', target: 'node20.19', sourcemap: true, logLevel: 'warning' });
  const wanted = new Set(sources.map((file) => relative(join(root, 'src'), file).replace(/\.ts$/, '.js')));
  for (const file of filesUnder(outdir)) {
    if (!wanted.has(relative(outdir, file).replace(/\.map$/, ''))) rmSync(file);
  }
}

async function buildAgentUi() {
  const { buildAgentUi: run } = await import('../web/build.mjs');
  await run();
}

async function buildWidget() {
  const { buildWidget: run } = await import('../web/widget/build.mjs');
  await run({ outfile: join(webRoot, 'widget.js') });
}

/** Built from these sources, and nobody took it away since. */
function isBuilt(part, stamps, stamp) {
  return stamps[part.name] === stamp && part.to.every((file) => existsSync(join(root, file)));
}

function stampOf(part) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const source of part.from) {
    const path = join(root, source);
    const files = existsSync(path) && statSync(path).isDirectory() ? filesUnder(path) : [path];
    for (const file of files.filter((name) => existsSync(name) && !name.endsWith('.md'))) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${relative(root, file)} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

function readStamps() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

/** All files below a folder, in a stable order; hidden files and packages left out. */
function filesUnder(folder) {
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...filesUnder(path));
    else found.push(path);
  }
  return found;
}

/** One build at a time on this folder; a lock left behind by a process that died is taken over. */
async function lock(path) {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isAlive(readHolder(path))) rmSync(path, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function readHolder(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function main() {
  const startedAt = performance.now();
  const names = process.argv.slice(2);
  try {
    const built = await (names.length > 0 ? build(names) : build());
    if (built.length > 0) process.stdout.write(`built ${built.join(' and ')} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  } catch (error) {
    process.stderr.write(`The build failed: ${error.message}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
