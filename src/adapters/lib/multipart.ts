import { randomUUID } from 'node:crypto';

/** A `multipart/form-data` body with one file, for clients that send bytes. Names are stripped of what would end a header. */
export function filePart(field: string, file: { name: string; mime: string; bytes: Uint8Array }): { contentType: string; body: Buffer } {
  const boundary = `rapport-${randomUUID()}`;
  const name = file.name.replace(/["\\\r\n]/gu, '_');
  const mime = /^[\w.+-]+\/[\w.+-]+$/u.test(file.mime) ? file.mime : 'application/octet-stream';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${mime}\r\n\r\n`;
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]) };
}
