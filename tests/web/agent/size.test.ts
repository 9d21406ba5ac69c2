import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const root = new URL('../../../dist/web/', import.meta.url);
const most = 300 * 1024;

/** The scripts that the page asks for by itself: the entry, and everything it imports without waiting to be asked. */
function firstLoad(): string[] {
  const page = readFileSync(new URL('index.html', root), 'utf8');
  const found = new Set<string>();
  const add = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    const text = readFileSync(new URL(path, root), 'utf8');
    for (const match of text.matchAll(/(?:^|[;}\s])(?:import|export)[^'"()]{0,20000}?from\s*["']\.\/([\w.-]+\.js)["']|(?:^|[;}\s])import\s*["']\.\/([\w.-]+\.js)["']/g)) add(`assets/${match[1] ?? match[2] ?? ''}`);
  };
  for (const match of page.matchAll(/(?:src|href)="\/([\w./-]+\.js)"/g)) add(match[1] ?? '');
  return [...found];
}

describe('The build of the agent’s screen', () => {
  before(() => {
    if (!existsSync(new URL('index.html', root))) throw new Error('dist/web is missing: run `npm run build` first');
  });

  it('loads at most 300 KB of compressed script at first', () => {
    const scripts = firstLoad();
    const size = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(new URL(path, root))).length, 0);
    expect(scripts.length).to.be.above(1);
    expect(size, `${Math.round(size / 1024)} KB in ${scripts.join(', ')}`).to.be.within(50 * 1024, most);
  });

  it('keeps settings and search out of the first load', () => {
    const first = firstLoad().join(' ');
    const all = readdirSync(new URL('assets/', root)).join(' ');
    for (const part of ['search-page', 'channel-pages', 'workspace-page', 'set-up-page', 'login-page', 'wall-page', 'staffing-page', 'reports-page', 'waits-page']) {
      expect(all).to.include(part);
      expect(first).to.not.include(part);
    }
  });

  it('asks nothing of other hosts, and has no inline script or style that a strict policy would refuse', () => {
    const page = readFileSync(new URL('index.html', root), 'utf8');
    expect(page).to.not.match(/(?:src|href)="(?:https?:)?\/\//);
    expect(page).to.not.match(/<script(?![^>]*\ssrc=)|<style|style="|\son\w+="/);
    for (const name of readdirSync(new URL('assets/', root)).filter((each) => each.endsWith('.css'))) {
      expect(readFileSync(new URL(`assets/${name}`, root), 'utf8'), name).to.not.match(/url\(\s*["']?(?:https?:)?\/\/|@import\s+["']?http/);
    }
  });

  it('names every asset after its content, so that it may be cached for good', () => {
    expect(readdirSync(new URL('assets/', root)).filter((name) => !/-[\w-]{8}\.(?:js|css|woff2)(?:\.br|\.gz)?$/.test(name))).to.deep.equal([]);
  });
});
