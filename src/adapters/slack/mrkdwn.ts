import { escapeMarks } from '../lib/marks.js';
import { spellEmoji } from './emoji.js';

/** What is known of the people and things that a text names. */
export interface Names {
  /** What a member is called; `undefined`: not known. */
  person(id: string): string | undefined;
  /** Our own bot user: a mention at the beginning only calls it and is left out. */
  ownUserId?: string;
}

const special = /[*_~`<&:[\\\0]/u;
const pieces = /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]{1,4000})>/gu;
const lightOf: Readonly<Record<string, string>> = { '*': '**', _: '_', '~': '~~' };
const depthMax = 4;

/** Slack's mrkdwn as plain text with light marks; mentions, links and emoji as a reader sees them. Linear; pure. */
export function readMrkdwn(text: string, names: Names): string {
  const called = names.ownUserId === undefined ? text : withoutCall(text, names.ownUserId);
  if (!special.test(called)) return called;
  const kept: string[] = [];
  const keep = (written: string): string => `\0${kept.push(written) - 1}\0`;
  const bare = called.replaceAll('\0', '').replace(pieces, (_whole, block?: string, code?: string, token?: string) => {
    if (block !== undefined) return keep(`\`\`\`\n${literal(block).replace(/^\n|\n$/gu, '')}\n\`\`\``);
    return keep(code === undefined ? readToken(token ?? '', names) : `\`${literal(code)}\``);
  });
  const lines = bare.split('\n').map((line) => readLine(line, 0)).join('\n');
  return lines.replace(/\0(\d+)\0/gu, (_whole, at: string) => kept[Number(at)] ?? '');
}

/** Without the mention of the app that a text begins with, if more follows. */
function withoutCall(text: string, ownUserId: string): string {
  const begin = text.trimStart();
  const end = begin.startsWith(`<@${ownUserId}`) ? begin.indexOf('>') : -1;
  if (end === -1 || !['>', '|'].includes(begin[ownUserId.length + 2] ?? '')) return text;
  const rest = begin.slice(end + 1).replace(/^[\s,:]+/u, '');
  return rest === '' ? text : rest;
}

/** A mark opens in front of and closes behind something that is no space, and not inside a word. */
function readLine(line: string, depth: number): string {
  const misses = new Set<string>();
  let out = '';
  let from = 0;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    const light = lightOf[sign];
    if (light === undefined || depth >= depthMax || misses.has(sign) || isWord(line[at - 1]) || isSpace(line[at + 1]) || line[at + 1] === sign || line[at - 1] === sign) continue;
    const end = closing(line, at, sign);
    if (end === undefined) {
      misses.add(sign);
      continue;
    }
    const inner = readLine(line.slice(at + 1, end), depth + 1);
    // Stars within stars cannot be told apart again.
    const mark = sign === '_' && depth === 0 && !inner.includes('*') ? '*' : light;
    out += `${leaf(line.slice(from, at))}${mark}${inner}${mark}`;
    at = end;
    from = end + 1;
  }
  return out + leaf(line.slice(from));
}

function closing(line: string, open: number, sign: string): number | undefined {
  for (let end = line.indexOf(sign, open + 2); end !== -1; end = line.indexOf(sign, end + 1)) {
    if (!isSpace(line[end - 1]) && !isWord(line[end + 1]) && line[end + 1] !== sign) return end;
  }
  return undefined;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

function isSpace(character: string | undefined): boolean {
  return character === undefined || /\s/u.test(character);
}

function leaf(text: string): string {
  return text === '' ? '' : escapeMarks(spellEmoji(unescaped(text)));
}

/** Inside code nothing is formatted, but Slack links addresses there all the same. */
function literal(text: string): string {
  return unescaped(text.replace(/<((?:https?|mailto|tel):[^|<>]+)(?:\|([^<>]*))?>/gu, (_whole, url: string, label?: string) => label ?? url));
}

function unescaped(text: string): string {
  return text.includes('&') ? text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') : text;
}

function readToken(token: string, names: Names): string {
  const bar = token.indexOf('|');
  const target = bar === -1 ? token : token.slice(0, bar);
  const label = bar === -1 ? undefined : unescaped(token.slice(bar + 1));
  if (target.startsWith('@')) return escapeMarks(`@${names.person(target.slice(1)) ?? label?.replace(/^@/u, '') ?? target.slice(1)}`);
  if (target.startsWith('#')) return escapeMarks(`#${label === undefined || label === '' ? target.slice(1) : label}`);
  if (target.startsWith('!')) return escapeMarks(spoken(target, label));
  return link(unescaped(target), label);
}

/** `<!here>`, `<!subteam^S1|@support>`, `<!date^1700000000^…|yesterday>`. */
function spoken(target: string, label: string | undefined): string {
  if (label !== undefined && (target.startsWith('!date') || label.startsWith('@'))) return label;
  return `@${label ?? target.slice(1).split('^')[0] ?? ''}`;
}

function link(url: string, label: string | undefined): string {
  if (!/^(?:https?|mailto|tel):/iu.test(url)) return escapeMarks(label ?? `<${url}>`);
  const bare = url.replace(/^(?:mailto|tel):/iu, '');
  if (label === undefined || label === '' || label === url || label === bare || url === `https://${label}` || url === `http://${label}` || url.startsWith('tel:')) return label === undefined || label === '' ? bare : url.startsWith('http') ? url : label;
  return `[${label.replaceAll('[', '(').replaceAll(']', ')').replaceAll('\n', ' ')}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}
