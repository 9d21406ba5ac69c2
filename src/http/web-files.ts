import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import { AppError } from '../errors.js';

interface WebFile {
  path: string;
  type: string;
  variants: { encoding?: 'br' | 'gzip'; path: string; size: number; etag: string }[];
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.ico': 'image/x-icon', '.webp': 'image/webp', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json', '.txt': 'text/plain; charset=utf-8', '.mp3': 'audio/mpeg',
};
/** First segments that are never pages of the agent's screen. */
const notPages = new Set(['api', 'hooks', 'chat', 'assets', 'metrics', 'healthz', 'readyz']);

/**
 * The built agent UI and the widget. Only files that were there at the first look are served, found by exact name, so that
 * no path reaches outside. Compressed copies (`.br`, `.gz`) are sent where the browser takes them. Unknown pages get `index.html`.
 */
export function webFiles(webRoot: string): RequestHandler {
  let files: Promise<Map<string, WebFile>> | undefined;

  return async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    files ??= listFiles(webRoot);
    const known = await files;
    if (!known.has('/index.html')) files = undefined;
    const file = known.get(request.path) ?? (isPage(request.path) ? known.get('/index.html') : undefined);
    if (!file && isPage(request.path)) throw new AppError('not_found', 'The web UI is not built yet: npm run build.');
    if (file) await sendFile(file, request, response);
    else next();
  };
}

function isPage(path: string): boolean {
  return extname(path) === '' && !notPages.has(path.split('/')[1] ?? '');
}

async function listFiles(webRoot: string): Promise<Map<string, WebFile>> {
  const entries = await readdir(webRoot, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = new Set(entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)));
  const files = new Map<string, WebFile>();
  for (const path of paths) {
    const type = types[extname(path)];
    if (type === undefined) continue;
    const url = `/${relative(webRoot, path).split(sep).join('/')}`;
    files.set(url, { path: url, type, variants: await variantsOf(path, paths) });
  }
  return files;
}

async function variantsOf(path: string, all: ReadonlySet<string>): Promise<WebFile['variants']> {
  const candidates = [{ encoding: 'br' as const, path: `${path}.br` }, { encoding: 'gzip' as const, path: `${path}.gz` }, { path }];
  return Promise.all(candidates.filter((candidate) => all.has(candidate.path)).map(async (candidate) => {
    const { size, mtimeMs } = await stat(candidate.path);
    return { ...candidate, size, etag: `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"` };
  }));
}

async function sendFile(file: WebFile, request: Request, response: Response): Promise<void> {
  const accepted = request.headers['accept-encoding'] ?? '';
  const variant = file.variants.find(({ encoding }) => encoding === undefined || new RegExp(`\\b${encoding}\\b`).test(String(accepted)));
  if (!variant) throw new AppError('not_found', 'There is no such file.');
  response.set({ 'content-type': file.type, vary: 'accept-encoding', etag: variant.etag, ...cachingOf(file.path) });
  if (request.headers['if-none-match'] === variant.etag) {
    response.status(304).end();
    return;
  }
  if (variant.encoding !== undefined) response.set('content-encoding', variant.encoding);
  response.set('content-length', String(variant.size));
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(variant.path), response).catch(() => response.destroy());
}

/** Vite puts a hash of the content into the names below `/assets`. The widget is loaded by other sites. */
function cachingOf(path: string): Record<string, string> {
  if (path.startsWith('/assets/')) return { 'cache-control': 'public, max-age=31536000, immutable' };
  if (path === '/widget.js') return { 'cache-control': 'public, max-age=300', 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' };
  return { 'cache-control': 'no-cache' };
}
