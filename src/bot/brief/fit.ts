import type { BriefLine } from '../../inbox/model/brief.js';
import type { BriefPart } from './story.js';

/** Characters of a line: two rows of the box beside the label. */
export const lineLength = 140;

/** The line as one reads it: parts with a space between, except before a mark. */
export function textOfParts(parts: readonly BriefPart[]): string {
  return parts.reduce((text, part) => (text === '' ? part.text : `${text}${/^[,;:.]/.test(part.text) ? '' : ' '}${part.text}`), '');
}

/** Up to `most` lines: each takes what fits of the statements that are left. */
export function linesOf(kind: BriefLine['kind'], statements: readonly BriefPart[][], most: number): BriefLine[] {
  const lines: BriefLine[] = [];
  let left = statements.filter((statement) => statement.length > 0);
  while (left.length > 0 && lines.length < most) {
    const line = lineOf(kind, left);
    if (line === undefined) break;
    lines.push(line);
    left = left.filter((statement) => !statement.every((part) => line.parts.includes(part)));
  }
  return lines;
}

/** Statements, the most important first, as many as fit, with `;` between. `undefined` when there are none. */
export function lineOf(kind: BriefLine['kind'], statements: readonly BriefPart[][]): BriefLine | undefined {
  let parts: BriefPart[] = [];
  for (const statement of statements) {
    if (statement.length === 0) continue;
    const next = parts.length === 0 ? statement : [...parts, { text: ';' }, ...statement];
    if (textOfParts(next).length > lineLength) continue;
    parts = next;
  }
  return parts.length === 0 ? undefined : { kind, parts };
}
