const ascii = /^[\x00-\x7f]*$/;
const accents = /[\u0300-\u036f]/g;
/** Letters that Unicode does not take apart, as people write them without their keyboard. */
const letters: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i', ς: 'σ' };
const foldable = new RegExp(`[${Object.keys(letters).join('')}]`, 'g');

/** Lower case and one spelling per character (full width, ligatures …); accents stay. The first step for every text. */
export function normalize(text: string): string {
  return ascii.test(text) ? text.toLowerCase() : text.toLowerCase().normalize('NFKC').toLowerCase();
}

/** Takes accents off a normalised word: `größe` and `grosse`, `Crème` and `creme` are one. Folding twice changes nothing. */
export function foldAccents(word: string): string {
  if (ascii.test(word)) return word;
  return word.normalize('NFD').replace(accents, '').normalize('NFC').replace(foldable, (letter) => letters[letter] ?? letter);
}
