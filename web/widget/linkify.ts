/** A piece of text, or an address in it that may become a link. */
export interface Piece {
  text: string;
  href?: string;
}

const candidate = /(?:https?:\/\/|www\.)[^\s<>"'`\\]{2,1000}/gi;

/** Finds http(s) addresses in plain text. The pieces joined are the text, unchanged. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(candidate)) {
    const address = withoutTail(match[0]);
    const href = hrefOf(address);
    if (href === undefined || /[\p{L}\p{N}@]$/u.test(text.slice(0, match.index))) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** Full stops, commas and closing brackets after an address belong to the sentence, unless the bracket was opened inside. */
function withoutTail(address: string): string {
  let rest = address;
  for (;;) {
    const last = rest.at(-1) ?? '';
    const closes = last === ')' ? '(' : last === ']' ? '[' : last === '}' ? '{' : undefined;
    const isLoose = closes !== undefined && rest.split(last).length > rest.split(closes).length;
    if (!/[.,;:!?*_~…]/.test(last) && !isLoose) return rest;
    rest = rest.slice(0, -1);
  }
}

function hrefOf(address: string): string | undefined {
  try {
    const url = new URL(/^www\./i.test(address) ? `https://${address}` : address);
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
    return isWeb && url.username === '' && /^(.*\..*|localhost|\[.*\])$/.test(url.hostname) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
