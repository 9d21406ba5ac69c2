/** How a network folds names; it says so in CASEMAPPING, and rfc1459 is what counts where it says nothing. */
export type Casemap = 'ascii' | 'rfc1459' | 'strict-rfc1459';

const last = { ascii: 90, 'strict-rfc1459': 93, rfc1459: 94 } as const;

/** In rfc1459 `{|}~` are the small letters of `[\]^`: two names that fold alike are the same name. */
export function foldName(name: string, casemap: Casemap): string {
  let folded = '';
  for (const character of name) {
    const code = character.charCodeAt(0);
    folded += code >= 65 && code <= last[casemap] && character.length === 1 ? String.fromCharCode(code + 32) : character;
  }
  return folded;
}

/** What a network calls its rule, as one that we know. */
export function casemapOf(told: unknown): Casemap {
  return told === 'ascii' || told === 'strict-rfc1459' ? told : 'rfc1459';
}
