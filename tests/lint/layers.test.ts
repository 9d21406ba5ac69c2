import { expect } from 'chai';
import { ESLint } from 'eslint';
import { existsSync } from 'node:fs';

/** A rule by its first column; a file that exists, so that the type-aware rules know it; a line that must not stand there. */
const violations: [rule: string, file: string, code: string][] = [
  ['rapport/layers', 'src/inbox/api.ts', "import { createThing } from '../store/driver.js';\nexport const thing = createThing;"],
  ['rapport/layers', 'src/inbox/api.ts', "import type { Account } from '../adapters/contract.js';\nexport type A = Account;"],
  ['rapport/layers', 'src/inbox/api.ts', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;"],
  ['rapport/layers', 'src/inbox/api.ts', "import { z } from 'zod';\nexport const schema = z.string();"],
  ['rapport/layers', 'src/adapters/contract.ts', "import type { ChannelPort } from './email/index.js';\nexport type P = ChannelPort;"],
  ['rapport/layers', 'src/adapters/contract.ts', "import type { InboxReads } from '../inbox/api.js';\nexport type R = InboxReads;"],
  ['rapport/layers', 'src/adapters/contract.ts', "import { ImapFlow } from 'imapflow';\nexport const flow = ImapFlow;"],
  ['rapport/layers', 'src/store/driver.ts', "import express from 'express';\nexport const app = express;"],
  ['rapport/layers', 'src/store/driver.ts', "import type { Route } from '../bot/decide-route.js';\nexport type R = Route;"],
  ['rapport/layers', 'src/http/deps.ts', "import { MongoClient } from 'mongodb';\nexport const client = MongoClient;"],
  ['rapport/layers', 'src/http/deps.ts', "import { createDatabase } from '../store/driver.js';\nexport const make = createDatabase;"],
  ['rapport/layers', 'src/http/deps.ts', "export const load = () => import('libsql');"],
  ['rapport/layers', 'src/http/deps.ts', "export { createTransport } from 'nodemailer';"],
  ['rapport/layers', 'src/http/deps.ts', "import { ActivityHandler } from 'botbuilder';\nexport const handler = ActivityHandler;"],
  ['rapport/layers', 'src/http/deps.ts', "import { useState } from 'react';\nexport const state = useState;"],
  ['rapport/layers', 'src/demo/deps.ts', "import { readConfig } from '../config.js';\nexport const read = readConfig;"],
  ['rapport/layers', 'src/http/deps.ts', "import { fetch as get } from 'undici';\nexport const load = get;"],
  ['rapport/layers', 'src/store/driver.ts', "import { request } from 'node:https';\nexport const load = request;"],
  ['no-restricted-syntax', 'src/store/driver.ts', "export const load = () => fetch('http://127.0.0.1/');"],
  ['no-restricted-syntax', 'src/store/driver.ts', "import { request } from 'node:http';\nexport const load = request;"],
  ['no-restricted-syntax', 'src/store/driver.ts', "export const home = process.env['HOME'];"],
  ['no-restricted-syntax', 'src/store/driver.ts', "import { env } from 'node:process';\nexport const home = env['HOME'];"],
  ['no-restricted-syntax', 'src/store/driver.ts', 'export default function open(): void {}'],
  ['no-console', 'src/store/driver.ts', "console.log('here');"],
  ['no-empty', 'src/store/driver.ts', 'export function quiet(): void { try { JSON.parse(""); } catch {} }'],
  ['max-lines', 'src/store/driver.ts', 'export const a = 1;\n'.padEnd(20) + '\n'.repeat(301)],
  ['@typescript-eslint/no-explicit-any', 'src/store/driver.ts', 'export const a: any = 1;'],
  ['@typescript-eslint/no-floating-promises', 'src/store/driver.ts', 'export function a(): void { Promise.resolve(1); }'],
  ['@typescript-eslint/no-misused-promises', 'src/store/driver.ts', 'export const a = [1].forEach(async () => { await Promise.resolve(); });'],
  ['@typescript-eslint/consistent-type-imports', 'src/http/deps.ts', "import { Clock } from '../inbox/ports.js';\nexport type C = Clock;"],
  ['@typescript-eslint/switch-exhaustiveness-check', 'src/store/driver.ts', "export function a(x: 'p' | 'q'): number { switch (x) { case 'p': return 1; } return 2; }"],
  ['rapport/layers', 'web/src/lib/cx.ts', "import { readConfig } from '../../../src/config.js';\nexport const read = readConfig;"],
  ['rapport/layers', 'web/src/lib/cx.ts', "import { me } from '../../../src/http/api/shapes.js';\nexport const shape = me;"],
  ['rapport/layers', 'web/src/lib/cx.ts', "import express from 'express';\nexport const app = express;"],
];

const allowed: [file: string, code: string][] = [
  ['src/inbox/api.ts', "import { AppError } from '../errors.js';\nexport const error = AppError;"],
  ['src/http/deps.ts', "import type { InboxReads } from '../inbox/api.js';\nexport type R = InboxReads;"],
  ['src/store/driver.ts', "import type { Clock } from '../inbox/ports.js';\nimport { createHash } from 'node:crypto';\nexport const make = (clock: Clock) => [clock(), createHash];"],
  ['src/config.ts', "export const home = process.env['HOME'];"],
  ['web/src/lib/cx.ts', "import type { Me } from '../../../src/http/api/shapes.js';\nexport type M = Me;"],
];

describe('Lint: the rules of the tree', function () {
  this.timeout(120_000);
  const eslint = new ESLint();
  const rulesBroken = async (file: string, code: string): Promise<(string | null)[]> =>
    (await eslint.lintText(code, { filePath: file })).flatMap((result) => result.messages.map((message) => message.ruleId ?? message.message));

  for (const [rule, file, code] of violations) {
    it(`refuses by ${rule}, in ${file}: ${code.trim().split('\n')[0]}`, async () => {
      expect(existsSync(file), `${file} is gone: choose another`).to.equal(true);
      expect(await rulesBroken(file, code)).to.include(rule);
    });
  }

  for (const [file, code] of allowed) {
    it(`lets stand, in ${file}: ${code.split('\n')[0] ?? ''}`, async () => {
      expect(existsSync(file), `${file} is gone: choose another`).to.equal(true);
      expect(await rulesBroken(file, code)).to.deep.equal([]);
    });
  }
});
