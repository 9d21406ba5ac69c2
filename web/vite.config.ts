import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The agent's screen: `web/index.html` → `dist/web`. In development `/api` and `/chat` go to a server on port 3000. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // Inlined data: URLs would need a weaker content security policy than 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What counts is the compressed size, and a test holds it.
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/chat': { target: 'http://127.0.0.1:3000', ws: true } } },
});
