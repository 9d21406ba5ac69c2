/** A piece of plain text; `href` when it is an address that may be opened. */
export interface TextPiece {
  text: string;
  href?: string;
}

const pattern = /\bhttps?:\/\/[^\s<>"'`]{1,2000}|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b/gi;

/** Splits a text at its web and e-mail addresses. Only http, https and mailto ever become a link. */
export function linkify(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    const found = trimmedEnd(match[0]);
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ text: found, href: found.includes('://') ? found : `mailto:${found}` });
    at = match.index + found.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

/** The full stop of the sentence, or the bracket around the address, is not part of it. */
function trimmedEnd(url: string): string {
  let end = url.replace(/[.,;:!?…]+$/, '');
  while (end.endsWith(')') && !end.includes('(')) end = end.slice(0, -1);
  return end.replace(/[.,;:!?…]+$/, '');
}
