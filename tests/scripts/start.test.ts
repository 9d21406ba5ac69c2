import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a script as npm does; resolves with its exit code and all that it printed. */
function run(script: string, args: string[], env: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'scripts', script), ...args], { cwd: root, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, output: stdout + stderr });
    });
  });
}

describe('The commands', function () {
  this.timeout(120_000);

  it('build nothing twice: a second build says nothing and takes no time', async () => {
    await run('build.mjs', []);
    const begun = performance.now();
    const again = await run('build.mjs', []);
    expect(again).to.deep.equal({ code: 0, output: '' });
    expect(performance.now() - begun).to.be.lessThan(5_000);
  });

  it('put a smaller copy beside every text file of the web pages, that unpacks to the same', () => {
    const web = join(root, 'dist/web');
    const texts = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|css|html)$/.test(name) && readFileSync(join(web, name)).length > 1_000);
    expect(texts).to.include.members(['index.html', 'widget.js']);
    for (const name of texts) {
      const plain = readFileSync(join(web, name));
      expect(brotliDecompressSync(readFileSync(join(web, `${name}.br`))).equals(plain), name).to.equal(true);
      expect(gunzipSync(readFileSync(join(web, `${name}.gz`))).equals(plain), name).to.equal(true);
    }
  });

  it('tell how a backup is asked for when the file is missing', async () => {
    const { code, output } = await run('start.mjs', ['--run', 'backup']);
    expect(code).to.equal(1);
    expect(output).to.contain('npm run backup -- FILE');
  });

  it('tell every wrong setting in one message, without a stack', async () => {
    const { code, output } = await run('start.mjs', [], { PORT: 'eighty', TRUST_PROXY: '-1', DATA_DIR: '/dev/null/nowhere' });
    expect(code).to.equal(1);
    expect(output).to.contain('PORT').and.to.contain('TRUST_PROXY');
    expect(output).not.to.match(/\n\s+at /);
  });
});
