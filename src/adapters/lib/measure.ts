import type { TextUnit } from '../contract.js';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How long a text is, as the channel counts. Pure; the composer and the adapters use the same one. */
export function measure(text: string, unit: TextUnit): number {
  switch (unit) {
    case 'utf16': return text.length;
    case 'codepoint': return codePoints(text);
    case 'byte': return utf8Bytes(text);
    case 'grapheme': return countGraphemes(text);
    case 'weighted': return weighted(text);
    case 'segment': return smsSegments(text).segments;
    default: return text.length;
  }
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Length in UTF-8, without making the bytes. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function countGraphemes(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}

/** With or without a scheme; bare ones only under endings that people use, or "e.g." would be one. */
const link = /\b(?:https?:\/\/[^\s<>"]+|(?:[\p{L}\p{N}-]+\.)+(?:com|net|org|info|biz|io|co|ai|app|dev|shop|store|news|eu|de|at|ch|fr|es|it|nl|be|uk|us|ca|pl|se|dk|no|fi|pt|ie|br|jp|in|example)\b(?:\/[^\s<>"]*)?)/giu;
const linkWeight = 23;
const emoji = new RegExp('^\\p{RGI_Emoji}$', 'v');

/** X's published weights: a link is 23, an emoji 2, most alphabets 1, all else 2. https://docs.x.com/fundamentals/counting-characters */
function weighted(text: string): number {
  let total = 0;
  const bare = text.replace(link, () => {
    total += linkWeight;
    return '';
  });
  for (const { segment } of graphemes.segment(bare.normalize('NFC'))) total += emoji.test(segment) ? 2 : [...segment].reduce((sum, character) => sum + weightOf(character.codePointAt(0) ?? 0), 0);
  return total;
}

function weightOf(code: number): number {
  const light = code <= 4351 || (code >= 8192 && code <= 8205) || (code >= 8208 && code <= 8223) || (code >= 8242 && code <= 8247);
  return light ? 1 : 2;
}

const gsmBasic = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
const gsmExtended = new Set('\f^{}\\[~]|€');

/** How an SMS goes out: 160 or 153 characters of the GSM alphabet a segment, else 70 or 67 UTF-16 units. 3GPP TS 23.038. */
export function smsSegments(text: string): { encoding: 'gsm7' | 'ucs2'; segments: number; units: number } {
  const characters = [...text];
  const gsm = characters.every((character) => gsmBasic.has(character) || gsmExtended.has(character));
  const sizes = characters.map((character) => (gsm ? (gsmExtended.has(character) ? 2 : 1) : character.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [single, part] = gsm ? [160, 153] : [70, 67];
  if (units <= single) return { encoding: gsm ? 'gsm7' : 'ucs2', segments: units === 0 ? 0 : 1, units };
  return { encoding: gsm ? 'gsm7' : 'ucs2', segments: packed(sizes, part), units };
}

/** A character is never torn over two segments. */
function packed(sizes: readonly number[], part: number): number {
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > part) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
}
