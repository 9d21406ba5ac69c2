import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Builds the chat bubble into one classic script. Resolves when `outfile` is written. */
export async function buildWidget({ outfile }) {
  await build({
    entryPoints: [fileURLToPath(new URL('./main.ts', import.meta.url))],
    outfile,
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['es2020', 'safari15'],
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  });
}
