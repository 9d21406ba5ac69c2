import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';

describe('The configuration', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapport-config-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  const faultsOf = (env: NodeJS.ProcessEnv): string => {
    try {
      readConfig(env, folder);
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };

  it('needs nothing: without a single setting it starts on port 3000 with a file', () => {
    expect(readConfig({}, folder)).to.include({ port: 3_000, dataDir: './data', demo: false, mongo: undefined, setup: undefined });
  });

  it('tells every fault in one message: name, what was expected, what was given', () => {
    const text = faultsOf({ PORT: 'eighty', PUBLIC_URL: 'ftp://x', LOG_LEVEL: 'loud', SETUP_EMAIL: 'lena@velowerk.example' });
    for (const part of ['PORT: expected a whole number, got "eighty"', 'PUBLIC_URL: expected a URL that begins with http', 'LOG_LEVEL', 'SETUP_EMAIL and SETUP_PASSWORD: expected both']) expect(text).to.contain(part);
  });

  it('never shows the value of a secret', () => {
    const text = faultsOf({ SECRET_KEY: 'not-hex-but-secret', SETUP_PASSWORD: 'hunter2' });
    expect(text).to.contain('SECRET_KEY').and.contain('got 18 characters');
    expect(text).not.to.match(/not-hex-but-secret|hunter2/u);
  });

  it('refuses a setting in .env that it does not know, and says which was probably meant', async () => {
    await writeFile(join(folder, '.env'), 'PROT=8080\nDATA_DIR=./elsewhere\n');
    expect(faultsOf({})).to.contain('PROT in .env is not a setting of Rapport, did you mean PORT?');
    await writeFile(join(folder, '.env'), 'DATA_DIR=./elsewhere\n');
    expect(readConfig({}, folder).dataDir).to.equal('./elsewhere');
    expect(readConfig({ DATA_DIR: './environment-wins' }, folder).dataDir).to.equal('./environment-wins');
  });
});
