import { asList, asNumber, asObject, asText } from '../lib/read-json.js';
import { escapeMarks, parseMarks, writeMarks, type Mark, type MarkStyle } from '../lib/marks.js';

/** What Telegram calls a stretch of formatted text; offsets count UTF-16 units. https://core.telegram.org/bots/api#messageentity */
export interface Entity {
  type: 'bold' | 'italic' | 'strikethrough' | 'code' | 'pre' | 'text_link';
  offset: number;
  length: number;
  url?: string;
}

const signs: Record<Exclude<Entity['type'], 'text_link' | 'pre'>, string> = { bold: '**', italic: '*', strikethrough: '~~', code: '`' };
const entitiesMax = 100;
const letter = /[\p{L}\p{N}]/u;

/** A text and its entities as light marks. What the marks cannot say (spoilers, quotes, half a word in bold) is left plain. Pure. */
export function marksOf(text: string, entities: unknown): string {
  const known = asList(entities).slice(0, entitiesMax).map((entity) => entityOf(text, entity)).filter((entity) => entity !== undefined);
  if (known.length === 0) return escapeMarks(text);
  known.sort((a, b) => a.offset - b.offset || b.length - a.length);
  const marked = write(text, known, { from: 0, to: text.length });
  return readable(marked) === text ? marked : escapeMarks(text);
}

function entityOf(text: string, given: unknown): Entity | undefined {
  const entity = asObject(given);
  const type = asText(entity?.['type']);
  const offset = asNumber(entity?.['offset']);
  const length = asNumber(entity?.['length']);
  if (!isKnown(type) || offset === undefined || length === undefined || offset < 0 || length <= 0 || offset + length > text.length) return undefined;
  const url = asText(entity?.['url']);
  if (type === 'text_link') return url === undefined || !/^https?:\/\/[^\s()<>]+$/u.test(url) ? undefined : { type, offset, length, url };
  return trimmed(text, { type, offset, length });
}

function isKnown(type: string | undefined): type is Entity['type'] {
  return type === 'bold' || type === 'italic' || type === 'strikethrough' || type === 'code' || type === 'pre' || type === 'text_link';
}

/** Marks may not begin or end with a space, and not inside a word. */
function trimmed(text: string, entity: Entity): Entity | undefined {
  const inner = text.slice(entity.offset, entity.offset + entity.length);
  const offset = entity.offset + inner.length - inner.trimStart().length;
  const length = inner.trim().length;
  if (length === 0) return undefined;
  const split = letter.test(text[offset - 1] ?? '') || letter.test(text[offset + length] ?? '');
  return split && entity.type !== 'code' && entity.type !== 'pre' ? undefined : { ...entity, offset, length };
}

/** Writes the stretch with what lies within; an entity that crosses another's end is left out. */
function write(text: string, entities: readonly Entity[], range: { from: number; to: number }): string {
  let out = '';
  let at = range.from;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    if (entity === undefined || entity.offset < at || entity.offset + entity.length > range.to) continue;
    const end = entity.offset + entity.length;
    const within = entities.slice(index + 1).filter((other) => other.offset >= entity.offset && other.offset + other.length <= end);
    out += escapeMarks(text.slice(at, entity.offset)) + marked(text, entity, within);
    at = end;
  }
  return out + escapeMarks(text.slice(at, range.to));
}

function marked(text: string, entity: Entity, within: readonly Entity[]): string {
  const range = { from: entity.offset, to: entity.offset + entity.length };
  const plain = text.slice(range.from, range.to);
  if (entity.type === 'pre') return `\`\`\`\n${plain}\n\`\`\``;
  if (entity.type === 'code') return `\`${plain}\``;
  if (entity.type === 'text_link') return `[${plain}](${entity.url ?? ''})`;
  const sign = signs[entity.type];
  return `${sign}${write(text, within, range)}${sign}`;
}

const same = (inner: string): string => inner;
const bare: MarkStyle = { text: same, bold: same, italic: same, strike: same, code: same, block: same, link: same };

function readable(marked: string): string {
  return writeMarks(parseMarks(marked), bare);
}

const entityTypes = { bold: 'bold', italic: 'italic', strike: 'strikethrough', code: 'code', block: 'pre' } as const;

/** Light marks as plain text and entities; `shield` changes plain text (not code, not links) before it is counted. Pure. */
export function entitiesOf(marks: readonly Mark[], shield: (text: string) => string): { text: string; entities: Entity[] } {
  const entities: Entity[] = [];
  let text = '';
  const add = (mark: Mark): void => {
    const offset = text.length;
    if ('children' in mark) for (const child of mark.children) add(child);
    else text += mark.type === 'text' ? shield(mark.text) : mark.text;
    const length = text.length - offset;
    if (mark.type === 'text' || length === 0) return;
    entities.push(mark.type === 'link' ? { type: 'text_link', offset, length, url: mark.url } : { type: entityTypes[mark.type], offset, length });
  };
  for (const mark of marks) add(mark);
  return { text, entities };
}

/** The entities of one stretch of the text, with offsets counted from its beginning. Pure. */
export function entitiesWithin(entities: readonly Entity[], from: number, to: number): Entity[] {
  return entities.flatMap((entity) => {
    const start = Math.max(entity.offset, from);
    const end = Math.min(entity.offset + entity.length, to);
    return end > start ? [{ ...entity, offset: start - from, length: end - start }] : [];
  });
}
