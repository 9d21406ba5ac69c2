import type { Outbound } from '../contract.js';
import { parseMarks, writeMarks } from '../lib/marks.js';
import { splitText } from '../lib/split-text.js';
import { formattingOut } from './formatting.js';
import { capabilities, limits } from './limits.js';

/** Where an answer goes. */
export interface Handle {
  /** A nick, or a channel. */
  target: string;
  /** In a channel: whom we answer. */
  nick?: string;
}

/** Our own prefix as others see it: it takes part in the 512 bytes. */
export interface Self {
  nick: string;
  user: string;
  /** Absent: not known yet, the longest one counts. */
  host?: string;
}

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** Bytes of text that fit into one line to this target, counted as the longest-placed reader gets it. */
export function roomFor(target: string, self: Self): number {
  const prefix = `:${self.nick}!${self.user}@`;
  const host = self.host === undefined ? limits.hostBytes : bytes(self.host);
  return limits.lineBytes - bytes(prefix) - host - bytes(` PRIVMSG ${target} :`) - 2;
}

/** The lines of an answer. Line ends of the text are line ends; nothing in it can begin a command of its own. Pure. */
export function renderLines(outbound: Pick<Outbound, 'text' | 'choices'>, handle: Handle, self: Self): string[] {
  const styled = writeMarks(parseMarks(outbound.text), formattingOut);
  const choices = (outbound.choices ?? []).map((choice) => `\n- ${choice}`).join('');
  const address = handle.nick === undefined ? '' : `${handle.nick}: `;
  const room = Math.min(roomFor(handle.target, self), capabilities.textMax) - bytes(address);
  const lines = `${styled}${choices}`.split(/[\r\n]+/u).map(harmless).filter((line) => line.trim() !== '');
  return lines.flatMap((line) => splitText(line, room, 'byte')).map((line) => `${address}${line}`);
}

/** CR, LF and NUL would end the line, \u0001 would make it a CTCP request. */
export function harmless(text: string): string {
  return text.replace(/\p{Cs}/gu, '\uFFFD').replace(/[\u0000\u0001\u0004-\u0008\u000a-\u000e\u0010\u0012-\u0015\u0017-\u001c]/gu, ' ').replace(/\u0003/gu, '');
}

/** A name as a parameter of a command: without anything that would end it. */
export function parameter(text: string): string {
  return text.replace(/[\u0000\r\n ,]/gu, '').replace(/^:+/u, '');
}

/** Reads the handle of a thread; a thread without one is the person's own nick. */
export function handleOf(what: { handle?: unknown; to: { externalUserId: string } }): Handle {
  const { handle } = what;
  if (typeof handle === 'object' && handle !== null && 'target' in handle && typeof handle.target === 'string') {
    return { target: handle.target, ...('nick' in handle && typeof handle.nick === 'string' ? { nick: handle.nick } : {}) };
  }
  return { target: what.to.externalUserId.replace(/^nick~/u, '') };
}
