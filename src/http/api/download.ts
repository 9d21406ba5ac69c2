/**
 * Headers for bytes that came from outside: never run, never guessed at, never in our origin, always as a download.
 * `name` is only what the browser offers for saving.
 */
export function downloadHeaders(name: string): Record<string, string> {
  return {
    'content-type': 'application/octet-stream',
    'content-disposition': disposition('attachment', name),
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'private, no-store',
  };
}

/** Headers for one of the four kinds of pictures that a page may show. */
export function pictureHeaders(name: string, mime: string): Record<string, string> {
  return {
    ...downloadHeaders(name),
    'content-type': mime,
    'content-disposition': disposition('inline', name),
    'cache-control': 'private, max-age=300',
    // The frame that shows a mail has no origin: for it everything is foreign.
    'cross-origin-resource-policy': 'cross-origin',
  };
}

const signatures: Record<string, (bytes: Buffer) => boolean> = {
  'image/png': (bytes) => bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n',
  'image/jpeg': (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,
  'image/gif': (bytes) => /^GIF8[79]a/.test(bytes.subarray(0, 6).toString('latin1')),
  'image/webp': (bytes) => bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP',
};

export function isSafePicture(mime: string): boolean {
  return Object.hasOwn(signatures, mime);
}

/** The type of a picture that may be shown, by its own first bytes; `undefined` for everything else, whatever it was called. */
export function pictureTypeOf(bytes: Buffer): string | undefined {
  return Object.keys(signatures).find((mime) => signatures[mime]?.(bytes));
}

function disposition(kind: 'inline' | 'attachment', name: string): string {
  const clean = harmlessName(name);
  const ascii = clean.replace(/[^\x20-\x7e]|["\\%;]/g, '_');
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(clean).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

/** Without path, control, bidi and invisible characters, leading dots and trailing dots: what is left names a plain file. */
function harmlessName(name: string): string {
  const base = name.replace(/\p{Surrogate}/gu, '').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').split(/[/\\:]/).pop() ?? '';
  const trimmed = base.replace(/^[.\s]+|[.\s]+$/g, '').slice(-150);
  return trimmed === '' ? 'file' : trimmed.replace(/\p{Surrogate}/gu, '');
}
