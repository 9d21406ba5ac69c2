import type { Millis } from '../../inbox/model/common.js';

/** One page with these lines of text, as PDF. */
export function pdf(lines: readonly string[]): Buffer {
  const text = lines.map((line, index) => `BT /F1 ${index === 0 ? 18 : 11} Tf 60 ${780 - index * 22} Td (${escaped(line)}) Tj ET`).join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(text, 'latin1')} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(body, 'latin1');
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = Buffer.byteLength(body, 'latin1');
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`, 'latin1');
}

/** PDF's standard encoding has the euro sign at 0x80; what it cannot say becomes a question mark. */
function escaped(line: string): string {
  return line.replace(/[\\()]/g, '\\$&').replaceAll('€', '\x80').replace(/[^\x20-\xff\x80]/g, '?');
}

/** An appointment of one hour. */
export function calendarEntry(id: string, title: string, at: Millis): Buffer {
  const stamp = (time: Millis): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
  return Buffer.from([
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Velowerk//Workshop//EN', 'METHOD:REQUEST', 'BEGIN:VEVENT', `UID:${id}@velowerk.example`, `DTSTAMP:${stamp(at)}`,
    `DTSTART:${stamp(at + 4 * 86_400_000)}`, `DTEND:${stamp(at + 4 * 86_400_000 + 3_600_000)}`, `SUMMARY:${title}`, 'LOCATION:Velowerk workshop', 'END:VEVENT', 'END:VCALENDAR', '',
  ].join('\r\n'));
}
