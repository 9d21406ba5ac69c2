import { gzip } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';

const worthPacking = 1400;

/** Sends a value as JSON, packed when the other side takes gzip and it is longer than one network packet. */
export function sendJson(request: IncomingMessage, response: ServerResponse, status: number, value: unknown): void {
  const bytes = Buffer.from(JSON.stringify(value), 'utf8');
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('vary', 'accept-encoding');
  if (bytes.length < worthPacking || !takesGzip(request)) {
    response.setHeader('content-length', bytes.length);
    response.end(bytes);
    return;
  }
  gzip(bytes, { level: 4 }, (error, packed) => {
    if (error) {
      response.destroy(error);
      return;
    }
    response.setHeader('content-encoding', 'gzip');
    response.setHeader('content-length', packed.length);
    response.end(packed);
  });
}

function takesGzip(request: IncomingMessage): boolean {
  const accepted = request.headers['accept-encoding'];
  return typeof accepted === 'string' && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted);
}
