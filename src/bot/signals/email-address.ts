const address = /(?<![\w.+-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,24}(?![\w-])/giu;

const most = 3;

/** E-mail addresses in a text, lower-case, in the order they stand there. Never longer than 254 characters. */
export function findEmailAddresses(text: string): string[] {
  if (!text.includes('@')) return [];
  const found = new Set<string>();
  for (const match of text.slice(0, 4_000).matchAll(address)) {
    const value = match[0].toLowerCase();
    if (value.length <= 254 && !value.includes('..')) found.add(value);
  }
  return [...found].slice(0, most);
}
