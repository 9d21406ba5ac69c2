import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Ability, Capabilities, ChannelAdapter, TextUnit } from '../src/adapters/contract.js';
import { actsOnMessages, holdsConnection, type MessageAction, receivesWebhooks } from '../src/adapters/contract/abilities.js';
import { createAdapters } from '../src/adapters/registry.js';
import { AppError } from '../src/errors.js';
import type { ChannelKind } from '../src/inbox/model/common.js';

const readme = fileURLToPath(new URL('../README.md', import.meta.url));
const begin = '<!-- channels: written by `npm run channel-table` from the capabilities -->';
const end = '<!-- /channels -->';

/** All adapters, for what they say of themselves: nothing is connected, and nothing can be sent. */
export function adaptersForData(): ReadonlyMap<ChannelKind, ChannelAdapter> {
  const nowhere = (): never => {
    throw new AppError('bug', 'adapters for their data have no way outside');
  };
  return createAdapters({
    clock: Date.now, fetch: nowhere, addressOf: nowhere, visitorKey: randomBytes(32), replyKey: randomBytes(32), readBlob: () => Promise.resolve(undefined), crashAt: () => undefined,
  });
}

/** The README with its tables as the adapters are now. Pure but for the adapters' making. */
export function withChannelTables(text: string, adapters: Iterable<ChannelAdapter>): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new AppError('bug', `README.md needs the two lines between which the tables stand: ${begin} and ${end}`);
  return `${text.slice(0, from)}${begin}\n\n${channelTables([...adapters])}\n\n${text.slice(to)}`;
}

function channelTables(adapters: readonly ChannelAdapter[]): string {
  return [
    'Text goes both ways on every channel. ✓ it works there, · the platform or this version of the adapter has no such thing.',
    '**From the customer.** Connects: ⇥ the platform posts to us (webhook), ⇄ we hold a connection. Receipts: ✓ delivered, ✓✓ read. Public: others can read along. '
      + 'Outside: answers that a colleague writes in the platform’s own app are seen, and stop the clock.',
    tableOf(['', 'connects', 'files', 'edits', 'deletes', 'reactions', 'receipts', 'typing', 'public', 'outside'], adapters.map(rowIn)),
    '**To the customer.** Length: of one message, and into how many a longer text is split. Window: how long after their last message one may write.',
    tableOf(['', 'files', 'format', 'edits', 'deletes', 'reactions', 'typing', 'choices', 'length', 'window'], adapters.map(rowOut)),
  ].join('\n\n');
}

function tableOf(head: readonly string[], rows: readonly string[][]): string {
  const align = head.map((name) => (name === '' || name === 'length' || name === 'window' ? '---' : ':-:'));
  return [head, align, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const mark = (works: boolean): string => (works ? '✓' : '·');

function rowIn(adapter: ChannelAdapter): string[] {
  const { inbound } = adapter.capabilities;
  const has = (ability: Ability): string => mark(inbound.includes(ability));
  return [
    adapter.title, connects(adapter), has('files'), has('edits'), has('deletes'), has('reactions'), inbound.includes('read') ? '✓✓' : has('delivered'), has('typing'), has('public'), has('outside'),
  ];
}

function connects(adapter: ChannelAdapter): string {
  if (!receivesWebhooks(adapter)) return holdsConnection(adapter) ? '⇄' : 'bubble';
  // Beside a webhook `open` may only look after the token; where messages can come both ways a setting chooses.
  return holdsConnection(adapter) && adapter.fields.some((field) => field.key === 'mode') ? '⇥ or ⇄' : '⇥';
}

function rowOut(adapter: ChannelAdapter): string[] {
  const { capabilities } = adapter;
  const has = (ability: Ability): string => mark(capabilities.outbound.includes(ability));
  const can = (action: MessageAction['type']): string => mark(actsOnMessages(adapter) && adapter.actions.includes(action));
  return [
    adapter.title, has('files'), mark(capabilities.formats.includes('markdown')), can('edit'), can('delete'), can('react'), has('typing'), has('choices'), length(capabilities), windowText(capabilities.window),
  ];
}

const units: Readonly<Record<TextUnit, string>> = { utf16: 'characters', codepoint: 'characters', grapheme: 'characters', byte: 'bytes', weighted: 'weighted characters', segment: 'segments' };

function length({ textMax, textUnit, partsMax }: Capabilities): string {
  return `${textMax.toLocaleString('en-GB')} ${units[textUnit]}${partsMax === undefined || partsMax === 1 ? '' : `, × ${partsMax}`}`;
}

function windowText(window: Capabilities['window']): string {
  if (window === undefined) return 'any time';
  const { hours, after, humanHours } = window;
  if (after === 'human_tag') return `${hours} h, a person ${humanHours === undefined ? 'longer' : `${humanHours / 24} days`}`;
  return after === 'template' ? `${hours} h, then templates` : `${hours} h`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(readme, withChannelTables(readFileSync(readme, 'utf8'), adaptersForData().values()));
}
