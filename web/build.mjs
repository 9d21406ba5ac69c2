import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the agent's screen into `dist/web`. Reads and writes files only. */
export async function buildAgentUi() {
  await build({ configFile: fileURLToPath(new URL('./vite.config.ts', import.meta.url)), logLevel: 'warn' });
}
