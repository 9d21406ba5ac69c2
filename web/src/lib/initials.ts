/** One or two letters for a name: "Ines Bauer" → "IB", "@tomkowalski" → "TO", "nightvelo" → "NI". */
export function initials(name: string): string {
  const words = name.replace(/[^\p{L}\p{N}\s]/gu, ' ').trim().split(/\s+/).filter((word) => word !== '');
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words.at(-1) : undefined;
  const letters = last === undefined ? Array.from(first).slice(0, 2) : [Array.from(first)[0] ?? '', Array.from(last)[0] ?? ''];
  return letters.join('').toUpperCase();
}

/** "Ines" of "Ines Bauer"; the whole of a handle. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}
