import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Report } from './lib/report.js';
import { round } from './lib/statistics.js';

const webRoot = fileURLToPath(new URL('../dist/web', import.meta.url));

/** What a browser has to fetch: the agent's screen at first load, and the bubble. */
export function benchSizes(report: Report): void {
  report.heading('Sizes: what a browser fetches (gzip)');
  const page = join(webRoot, 'index.html');
  if (existsSync(page)) {
    const html = readFileSync(page, 'utf8');
    const first = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map(([, name]) => name ?? '');
    const scripts = new Set(first.flatMap((name) => [name, ...importsOf(name)]));
    const size = [...scripts].reduce((sum, name) => sum + gzipped(join(webRoot, name)), 0);
    report.add({ part: 'size', name: "agent's screen, script at first load", value: round(size / 1_000, 1), unit: 'kB', goal: '<= 300', note: `${scripts.size} files` });
    const all = readdirSync(webRoot, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js') && !name.endsWith('widget.js'));
    report.add({ part: 'size', name: "agent's screen, all its script", value: round(all.reduce((sum, name) => sum + gzipped(join(webRoot, name)), 0) / 1_000, 1), unit: 'kB', note: `${all.length} files` });
    const outside = [...html.matchAll(/(?:src|href)="(https?:)?\/\/[^"]+"/g)].length;
    report.add({ part: 'size', name: 'files from outside hosts', value: outside, unit: 'files', goal: '<= 0' });
  }
  const widget = join(webRoot, 'widget.js');
  if (existsSync(widget)) report.add({ part: 'size', name: 'chat bubble', value: round(gzipped(widget) / 1_000, 1), unit: 'kB', goal: '<= 30' });
}

/** Static imports only: what is loaded later is not part of the first load. */
function importsOf(name: string, known = new Set<string>()): string[] {
  const text = readFileSync(join(webRoot, name), 'utf8');
  for (const [, imported] of text.matchAll(/(?:^|[;}\s])import\s*(?:[\w${}\s,*]+from\s*)?["']\.\/([^"']+\.js)["']/g)) {
    const file = join(name, '..', imported ?? '');
    if (known.has(file)) continue;
    known.add(file);
    importsOf(file, known);
  }
  return [...known];
}

function gzipped(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).length;
}
