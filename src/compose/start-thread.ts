import { extname } from 'node:path';
import { type ResourceLimits, Worker } from 'node:worker_threads';

// Source text: a thread is not begun with a module in TypeScript, which needs its loader first. That is found from the project's folder, where tests and benchmarks run.
const program = `
const { workerData } = require('node:worker_threads');
(async () => {
  if (workerData.isTypeScript) (await import('tsx/esm/api')).register();
  await import(workerData.module);
})();
`;

/**
 * Starts a module of this folder as a thread, compiled or from TypeScript as this one is. `name`: without its ending. It
 * finds what is `given` in `workerData.given`. What fails while it loads comes as the thread's `error`.
 */
export function startThread(name: string, given: unknown, resourceLimits: ResourceLimits): Worker {
  const ending = extname(import.meta.url);
  return new Worker(program, { eval: true, execArgv: [], resourceLimits, workerData: { given, module: new URL(`${name}${ending}`, import.meta.url).href, isTypeScript: ending === '.ts' } });
}
