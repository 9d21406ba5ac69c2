import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { AppError, messageOf } from '../errors.js';
import { channelKinds } from '../inbox/model/common.js';
import type { Team } from '../inbox/model/people.js';
import type { ChannelBook } from './channel-book.js';

const setting = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const declared = z.strictObject({
  /** Names the channel for good: its webhook address is made of it, and a second start changes it instead of adding one. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{2,39}$/, 'small letters, figures and -, 3 to 40 of them'),
  kind: z.enum(channelKinds), name: z.string().min(1).max(120), team: z.string().optional(),
  settings: z.record(z.string(), setting).default({}),
  /** The secret itself, or `{ "file": "path" }` beside this file or absolute, as orchestrators mount it. */
  secrets: z.record(z.string(), z.union([z.string().min(1), z.strictObject({ file: z.string().min(1) })])).default({}),
});
const schema = z.strictObject({ channels: z.array(declared).max(500) });

/**
 * Makes and changes the channels that a file declares (`CHANNELS_FILE`), before anything is taken in. Channels that it
 * does not name stay as they are. Throws one `config_invalid` that names every fault, and no secret.
 */
export async function applyChannelsFile(file: string, book: ChannelBook, teams: readonly Team[]): Promise<{ made: number; changed: number }> {
  const { channels } = await read(file);
  const faults: string[] = [];
  let made = 0;
  for (const channel of channels) {
    try {
      const secrets = await openSecrets(channel.secrets, dirname(file));
      const teamId = teamOf(channel.team, teams);
      const known = await book.find(channel.id);
      if (known !== undefined && known.kind !== channel.kind) throw new AppError('config_invalid', `it is a ${known.kind} channel; give the new one another id`);
      if (known === undefined) {
        await book.create({ kind: channel.kind, name: channel.name, settings: channel.settings, secrets, ...(teamId === undefined ? {} : { teamId }) }, channel.id);
        made += 1;
      } else await book.change(channel.id, { name: channel.name, settings: channel.settings, secrets, teamId: teamId ?? null });
    } catch (error) {
      faults.push(`${channel.id}: ${messageOf(error)}`);
    }
  }
  if (faults.length > 0) throw invalid(file, faults);
  return { made, changed: channels.length - made };
}

async function read(file: string): Promise<z.infer<typeof schema>> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw invalid(file, [error instanceof SyntaxError ? `it is not JSON: ${error.message}` : messageOf(error)]);
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw invalid(file, parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const twice = parsed.data.channels.map((channel) => channel.id).filter((id, at, all) => all.indexOf(id) !== at);
  if (twice.length > 0) throw invalid(file, twice.map((id) => `${id}: declared twice`));
  return parsed.data;
}

async function openSecrets(secrets: z.infer<typeof declared>['secrets'], folder: string): Promise<Record<string, string>> {
  const opened: Record<string, string> = {};
  for (const [key, value] of Object.entries(secrets)) opened[key] = typeof value === 'string' ? value : (await readFile(resolve(folder, value.file), 'utf8')).trim();
  return opened;
}

function teamOf(name: string | undefined, teams: readonly Team[]): string | undefined {
  if (name === undefined) return undefined;
  const team = teams.find((known) => known._id === name || known.name.toLowerCase() === name.toLowerCase());
  if (team === undefined) throw new AppError('config_invalid', `there is no team "${name}"`);
  return team._id;
}

function invalid(file: string, faults: readonly string[]): AppError {
  return new AppError('config_invalid', `The channels in ${file} cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
}
