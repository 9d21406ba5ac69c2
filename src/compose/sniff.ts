const textual: Record<string, string> = { ics: 'text/calendar', eml: 'message/rfc822', csv: 'text/csv', txt: 'text/plain', md: 'text/plain', log: 'text/plain' };

/**
 * The type of a file by its first bytes. Text has no mark of its own: there the ending decides among a few harmless
 * types, and anything that a browser could run (HTML, SVG, XML) stays `application/octet-stream`.
 */
export async function sniffType(head: Uint8Array, name: string): Promise<string> {
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head);
  if (found !== undefined) return /xml|svg|html/u.test(found.mime) ? 'application/octet-stream' : found.mime;
  if (head.includes(0)) return 'application/octet-stream';
  return textual[name.toLowerCase().split('.').at(-1) ?? ''] ?? 'application/octet-stream';
}
