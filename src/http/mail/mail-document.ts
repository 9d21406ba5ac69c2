import type { SanitisedMail } from './sanitise-mail.js';

const style = [
  ':root{color-scheme:light}',
  'body{margin:0;padding:2px;font:14px/1.5 system-ui,sans-serif;color:#1f1d1a;background:#fff;overflow-wrap:anywhere}',
  'img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}',
  'blockquote{margin:0 0 0 4px;padding-left:10px;border-left:2px solid #e7e4de}',
].join('');

/** A whole page around a sanitised mail, for a sandboxed frame. The mail goes in as it is. */
export function mailDocument(mail: SanitisedMail): string {
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Message</title><style>${style}</style></head><body>${mail.html}</body></html>`;
}

/**
 * Headers of that page. The policy holds even where somebody opens it outside the frame: no scripts, no origin, no
 * forms, pictures from us only until remote ones are asked for.
 */
export function mailDocumentHeaders(options: { ownOrigin: string; remoteImages: boolean }): Record<string, string> {
  const images = ["'self'", options.ownOrigin, 'data:', ...(options.remoteImages ? ['https:', 'http:'] : [])].join(' ');
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'", `img-src ${images}`, "style-src 'unsafe-inline'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'self'",
      'sandbox allow-popups allow-popups-to-escape-sandbox',
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'cache-control': 'private, no-store',
  };
}
