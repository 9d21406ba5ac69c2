/**
 * Bytes to text, for bodies and headers. The declared charset is a claim: where the bytes contradict it, what they can
 * be decides. Never throws; null characters go.
 */
export function decodeBytes(bytes: Uint8Array, declared?: string): string {
  return clean(decodeAs(bytes, charsetOf(bytes, declared)));
}

/** For HTML: a charset in its own `<meta>` stands in for a missing one in the header. */
export function decodeHtml(bytes: Uint8Array, declared?: string): string {
  const label = declared ?? /<meta[^>]{0,200}charset=["']?([\w:.-]{1,40})/i.exec(Buffer.from(bytes.subarray(0, 2048)).toString('latin1'))?.[1];
  return decodeBytes(bytes, label);
}

function charsetOf(bytes: Uint8Array, declared: string | undefined): string {
  const mark = byteOrderMark(bytes);
  if (mark !== undefined) return mark;
  const label = known(declared);
  if (!hasHighByte(bytes)) return sevenBit(bytes, label);
  if (label !== undefined && label !== 'utf-8' && !singleByteWestern.has(label)) return fits(bytes, label) ? label : guess(bytes);
  return isUtf8(bytes) ? 'utf-8' : (label !== undefined && label !== 'utf-8' ? label : guess(bytes));
}

/** Labels written where nobody looked; their text is often UTF-8 in truth. WHATWG reads all of them as windows-1252. */
const singleByteWestern = new Set(['windows-1252']);

/** Names seen in mails that the encoding standard does not list. */
const aliases: Record<string, string> = {
  'cp932': 'shift_jis', 'ms932': 'shift_jis', 'cp936': 'gbk', 'cp949': 'euc-kr', 'ks_c_5601': 'euc-kr', 'cp950': 'big5', 'cp1250': 'windows-1250',
  'cp1251': 'windows-1251', 'cp1252': 'windows-1252', 'iso-2022-jp-ms': 'iso-2022-jp', 'iso-2022-jp-2': 'iso-2022-jp', 'cp50220': 'iso-2022-jp',
  'unicode-1-1-utf-8': 'utf-8', 'utf8mb4': 'utf-8', 'ansi_x3.110-1983': 'windows-1252', 'x-unknown': 'windows-1252', '8bit': 'windows-1252', 'default': 'windows-1252',
};

function known(declared: string | undefined): string | undefined {
  const label = declared?.trim().toLowerCase().replace(/^["']|["']$/g, '');
  if (label === undefined || label === '') return undefined;
  try {
    return new TextDecoder(aliases[label] ?? label.replace(/^charset=/, '')).encoding;
  } catch {
    return undefined;
  }
}

/** What windows-1252 has in place of the C1 controls, from 0x80 on. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeAs(bytes: Uint8Array, label: string): string {
  const text = new TextDecoder(label).decode(bytes);
  if (label !== 'windows-1252') return text;
  // Node's decoder takes a short cut through ISO-8859-1, which has controls there.
  return text.replace(/[\u0080-\u009f]/g, (letter) => windows1252[letter.charCodeAt(0) - 0x80] ?? letter);
}

function fits(bytes: Uint8Array, label: string): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  return fits(bytes, 'utf-8');
}

/** UTF-8 if it can be, else the most common thing that is sent without a name. Asian text in two-byte pairs is told by its bytes. */
function guess(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return 'utf-8';
  let high = 0;
  let pairs = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    high += 1;
    if ((bytes[at] ?? 0) >= 0xa1 && (bytes[at + 1] ?? 0) >= 0xa1) {
      pairs += 1;
      high += 1;
      at += 1;
    }
  }
  return pairs >= 4 && pairs * 2 >= high * 0.95 && fits(bytes, 'gbk') ? 'gbk' : 'windows-1252';
}

/** Seven-bit bytes are the same in every charset but those that switch by escape sequences. */
function sevenBit(bytes: Uint8Array, label: string | undefined): string {
  if (label === 'utf-16le' || label === 'utf-16be') return label;
  const head = Buffer.from(bytes.subarray(0, 100_000)).toString('latin1');
  if (/\u001b\$[@B]|\u001b\([BJI]/.test(head)) return 'iso-2022-jp';
  return 'utf-8';
}

function hasHighByte(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte >= 0x80);
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Line ends become `\n`; null and other controls that no text needs go. */
function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f\ufeff]/g, '')
    .replace(/\f/g, '\n');
}
