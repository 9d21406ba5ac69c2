import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { AppError } from './errors.js';

interface Variable {
  /** As it stands in `.env.example`. */
  default: string;
  unit: string;
  readBy: string;
  about: string;
  secret?: boolean;
  schema: z.ZodType;
}

const text = z.string().min(1);
const whole = (min: number, max: number) =>
  z.string().regex(/^\d+$/, 'a whole number').transform(Number).pipe(z.number().min(min).max(max));
const list = z.string().transform((value) => value.split(',').map((item) => item.trim()).filter(Boolean));
const httpUrl = z.url({ protocol: /^https?$/, error: 'a URL that begins with http:// or https://' }).transform((value) => value.replace(/\/+$/, ''));

/** Every variable that Rapport reads, and the only place where the environment is read. Kept equal to `.env.example` by a test. */
export const variables = {
  PORT: { default: '3000', unit: 'TCP port', readBy: 'main', about: 'Port to listen on; 0 takes a free one.', schema: whole(0, 65_535) },
  HOST: { default: '0.0.0.0', unit: 'address', readBy: 'main', about: 'Address to listen on; 127.0.0.1 for this machine only.', schema: text },
  PUBLIC_URL: { default: '', unit: 'URL', readBy: 'main', about: 'Where customers and agents reach this server; all links are made from it. Default: http://localhost:PORT.', schema: httpUrl },
  DATA_DIR: { default: './data', unit: 'folder', readBy: 'main', about: 'SQLite file, generated secret, uploads.', schema: text },
  MONGODB_URL: { default: '', unit: 'URL', readBy: 'store', about: 'Use this MongoDB instead of the SQLite file.', secret: true, schema: z.string().regex(/^mongodb(\+srv)?:\/\//, 'a URL that begins with mongodb:// or mongodb+srv://') },
  MONGODB_DATABASE: { default: 'rapport', unit: 'name', readBy: 'store', about: 'Database on that server.', schema: z.string().regex(/^[\w-]{1,60}$/, 'letters, figures, _ and -') },
  SECRET_KEY: { default: '', unit: '64 hex digits', readBy: 'main', about: 'Master secret for tokens and stored passwords. Default: made at first start and kept in DATA_DIR/secret.', secret: true, schema: z.string().regex(/^[0-9a-f]{64}$/i, '64 hexadecimal digits (openssl rand -hex 32)') },
  SETUP_EMAIL: { default: '', unit: 'address', readBy: 'main', about: 'With SETUP_PASSWORD: creates the first administrator without the set-up page.', schema: z.email('an e-mail address') },
  SETUP_PASSWORD: { default: '', unit: '12 characters or more', readBy: 'main', about: 'Password of that administrator.', secret: true, schema: z.string().min(12, '12 characters or more') },
  SETUP_API_KEY: { default: '', unit: '32 characters or more', readBy: 'main', about: 'With the two above: an API key of that administrator.', secret: true, schema: z.string().min(32, '32 characters or more') },
  CHANNELS_FILE: { default: '', unit: 'file', readBy: 'compose', about: 'Channels to make or change at start, as JSON (docs/channels-file.md).', schema: text },
  OUTBOUND_ALLOW: { default: '', unit: 'hosts, host:port or CIDR, by comma', readBy: 'http/outbound', about: 'Private addresses that outgoing requests may reach all the same.', schema: list },
  TRUST_PROXY: { default: '0', unit: 'number of proxies', readBy: 'http', about: 'Proxies in front whose X-Forwarded-For is believed.', schema: whole(0, 10) },
  METRICS_TOKEN: { default: '', unit: '16 characters or more', readBy: 'http', about: 'Bearer token for /metrics; without it only this machine may read them.', secret: true, schema: z.string().min(16, '16 characters or more') },
  LEDGER_KEEP_DAYS: { default: '30', unit: 'days', readBy: 'workers', about: 'How long the ledger keeps the full event after it was applied.', schema: whole(1, 3_650) },
  LOG_LEVEL: { default: 'info', unit: 'debug, info, warn, error', readBy: 'main', about: 'How much is logged.', schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']) },
  DEMO: { default: '', unit: '1', readBy: 'main', about: 'Fills an empty store with an invented company and keeps writing to it. Set by npm run demo.', schema: z.literal('1').transform(() => true) },
  CRASH_AT: { default: '', unit: 'name of a point', readBy: 'main', about: 'For tests: the process kills itself at this point.', schema: z.string().regex(/^[\w-]+(#\d+)?$/, 'a point name') },
} as const satisfies Record<string, Variable>;

type Name = keyof typeof variables;
type Values = { [K in Name]?: z.infer<(typeof variables)[K]['schema']> };

export interface Config {
  port: number;
  host: string;
  publicUrl: string | undefined;
  dataDir: string;
  mongo: { url: string; database: string } | undefined;
  secretKey: string | undefined;
  setup: { email: string; password: string; apiKey: string | undefined } | undefined;
  channelsFile: string | undefined;
  outboundAllow: string[];
  trustProxy: number;
  metricsToken: string | undefined;
  ledgerKeepDays: number;
  logLevel: string;
  demo: boolean;
  crashAt: string | undefined;
}

/**
 * Reads `.env` in the working directory (if there is one) and the environment, which wins. Throws one `config_invalid`
 * that lists every fault: name, what was expected, what was got (never a secret's value).
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, folder: string = process.cwd()): Config {
  const faults: string[] = [];
  const file = join(folder, '.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  for (const name of Object.keys(fromFile)) {
    if (!(name in variables)) faults.push(`${name} in .env is not a setting of Rapport${nearest(name)}`);
  }
  const values: Values = {};
  for (const [name, variable] of Object.entries(variables) as [Name, Variable][]) {
    const given = env[name] ?? fromFile[name];
    const raw = given === undefined || given === '' ? variable.default : given;
    if (raw === '' && name !== 'OUTBOUND_ALLOW') continue;
    const parsed = variable.schema.safeParse(raw);
    if (parsed.success) Object.assign(values, { [name]: parsed.data });
    else faults.push(`${name}: expected ${parsed.error.issues[0]?.message ?? variable.unit}, got ${variable.secret ? `${raw.length} characters` : JSON.stringify(raw)}`);
  }
  if ((values.SETUP_EMAIL === undefined) !== (values.SETUP_PASSWORD === undefined)) faults.push('SETUP_EMAIL and SETUP_PASSWORD: expected both or neither, got one');
  if (values.SETUP_API_KEY !== undefined && values.SETUP_EMAIL === undefined) faults.push('SETUP_API_KEY: expected SETUP_EMAIL and SETUP_PASSWORD with it, got it alone');
  if (faults.length > 0) {
    throw new AppError('config_invalid', `Rapport cannot start, ${faults.length === 1 ? 'one setting is' : `${faults.length} settings are`} wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nSee .env.example for every setting.`);
  }
  return toConfig(values);
}

function toConfig(values: Values): Config {
  return {
    port: values.PORT ?? 3000,
    host: values.HOST ?? '0.0.0.0',
    publicUrl: values.PUBLIC_URL,
    dataDir: values.DATA_DIR ?? './data',
    mongo: values.MONGODB_URL === undefined ? undefined : { url: values.MONGODB_URL, database: values.MONGODB_DATABASE ?? 'rapport' },
    secretKey: values.SECRET_KEY,
    setup: values.SETUP_EMAIL === undefined || values.SETUP_PASSWORD === undefined ? undefined : { email: values.SETUP_EMAIL, password: values.SETUP_PASSWORD, apiKey: values.SETUP_API_KEY },
    channelsFile: values.CHANNELS_FILE,
    outboundAllow: values.OUTBOUND_ALLOW ?? [],
    trustProxy: values.TRUST_PROXY ?? 0,
    metricsToken: values.METRICS_TOKEN,
    ledgerKeepDays: values.LEDGER_KEEP_DAYS ?? 30,
    logLevel: values.LOG_LEVEL ?? 'info',
    demo: values.DEMO ?? false,
    crashAt: values.CRASH_AT,
  };
}

/** ", did you mean X?" for a name that is close to one we know. */
function nearest(name: string): string {
  const known = Object.keys(variables).map((candidate) => ({ candidate, distance: editDistance(name.toUpperCase(), candidate) }));
  known.sort((a, b) => a.distance - b.distance);
  const best = known[0];
  return best !== undefined && best.distance <= 3 ? `, did you mean ${best.candidate}?` : '';
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
