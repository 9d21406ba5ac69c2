import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { isStale } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'dist/server/main.js');
/** Tasks on the store, each with how many files it is told. */
const tasks = { backup: 1, restore: 1, import: 1, recompute: 0 };

/** Builds if it has to, then runs the server (or a task) in this process, so that signals and exit codes are its own. */
export async function launch(argv) {
  const { values, positionals } = parseArgs({
    args: argv, allowPositionals: true,
    options: { demo: { type: 'boolean' }, fresh: { type: 'boolean' }, run: { type: 'string' }, replace: { type: 'boolean' }, id: { type: 'string' }, repair: { type: 'boolean' } },
  });
  if (values.run !== undefined && positionals.length !== tasks[values.run]) {
    throw new Error(values.run === 'recompute' ? 'usage: npm run recompute [-- --repair]' : `usage: npm run ${values.run in tasks ? values.run : 'backup'} -- FILE`);
  }
  if (isStale()) buildInChild();
  if (values.demo) prepareDemo(values.fresh === true);
  // The server sees itself as the program that was started, whoever loads it.
  process.argv = [process.argv[0], main, ...(values.run === undefined ? [] : [values.run, ...positionals, ...(values.replace ? ['--replace'] : []), ...(values.repair ? ['--repair'] : []), ...(values.id === undefined ? [] : ['--id', values.id])])];
  await import(pathToFileURL(main).href);
}

/** In a child, so that the build tools' memory goes away with it. */
function buildInChild() {
  if (!existsSync(join(root, 'node_modules/esbuild'))) throw new Error('The packages are missing: run "npm ci" first.');
  process.stdout.write('Building the server and the web pages (only after a change) …\n');
  const built = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (built.status !== 0) throw new Error('The build failed; see above.');
}

/** The demo never touches real data: its own folder, and no MongoDB even where `.env` names one. */
function prepareDemo(fresh) {
  const folder = join(root, 'data-demo');
  if (fresh) rmSync(folder, { recursive: true, force: true });
  Object.assign(process.env, { DEMO: '1', DATA_DIR: folder, MONGODB_URL: '', SETUP_EMAIL: '', SETUP_PASSWORD: '', SETUP_API_KEY: '' });
}
