import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig, variables } from '../../src/config.js';

const path = new URL('../../.env.example', import.meta.url);
const lines = readFileSync(path, 'utf8').split('\n');

/** The comment lines directly above a variable, joined. */
function commentOf(name: string): string {
  const at = lines.findIndex((line) => line.startsWith(`${name}=`) || line.startsWith(`# ${name}=`));
  const above: string[] = [];
  for (let index = at - 1; index >= 0 && lines[index]?.startsWith('# ') === true && !/^# [A-Z_]+=/.test(lines[index] ?? ''); index -= 1) above.unshift((lines[index] ?? '').slice(2));
  return above.join(' ');
}

describe('.env.example', () => {
  const named = lines.flatMap((line) => /^(?:# )?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? []);

  it('names every variable that Rapport reads, once each, and no other', () => {
    expect([...named].sort()).to.deep.equal(Object.keys(variables).sort());
  });

  for (const [name, variable] of Object.entries(variables)) {
    it(`tells the default, the unit and the reader of ${name} as they are`, () => {
      const value = lines.find((line) => line.startsWith(`# ${name}=`))?.slice(`# ${name}=`.length);
      expect(value).to.equal(variable.default);
      const comment = commentOf(name);
      expect(comment).to.contain(variable.about);
      expect(comment).to.contain(`[${variable.unit}; read by ${variable.readBy}]`);
    });
  }

  it('starts with the defaults when it is copied to .env as it is, and when every default is uncommented', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-env-'));
    try {
      const plain = readConfig({}, folder);
      writeFileSync(join(folder, '.env'), lines.join('\n'));
      expect(readConfig({}, folder)).to.deep.equal(plain);
      writeFileSync(join(folder, '.env'), lines.map((line) => line.replace(/^# ([A-Z][A-Z0-9_]*=)/, '$1')).join('\n'));
      expect(Object.keys(parseEnv(readFileSync(join(folder, '.env'), 'utf8')))).to.have.length(Object.keys(variables).length);
      expect(readConfig({}, folder)).to.deep.equal(plain);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("The README's table of settings", () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const rows = new Map([...readme.matchAll(/^\| `([A-Z_]+)` \| (.*?) \| (.*) \|$/gm)].map(([, name = '', value = '', about = '']) => [name, { value, about }]));
  /** Not for people who run it: set by `npm run demo`, and by tests. */
  const inside = ['DEMO', 'CRASH_AT'];

  it('tells every setting with its default', () => {
    expect([...rows.keys()].sort()).to.deep.equal(Object.keys(variables).filter((name) => !inside.includes(name)).sort());
    for (const [name, variable] of Object.entries(variables)) {
      if (inside.includes(name)) continue;
      expect(rows.get(name), name).to.deep.equal({ value: variable.default === '' ? '' : `\`${variable.default}\``, about: variable.about });
    }
  });
});
