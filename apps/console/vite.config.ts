import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Below this size a compressed copy saves nothing that a packet would notice. */
const worthCompressing = 1024;

/** Writes each asset's compressed copies beside it once, so that the server compresses nothing while it serves. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    writeBundle({ dir = '' }) {
      const assets = path.join(dir, 'assets');
      for (const name of readdirSync(assets)) {
        const file = path.join(assets, name);
        const content = readFileSync(file);
        if (!/\.(?:js|css|svg)$/.test(name) || content.length < worthCompressing) continue;
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
        writeFileSync(
          `${file}.br`,
          brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
        );
      }
    },
  };
}

/** What both the Console and the demo app start with: the SDK, the page's settings, the languages. */
const start =
  /node_modules\/(?:@logto|@silverhand|camelcase|camelcase-keys|jose|js-base64|map-obj|quick-lru)\/|console\/src\/config\.ts|phrases\/src\/console\/index\.ts/;

export default defineConfig({
  base: '/console/',
  plugins: [react(), precompress()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The first view is budgeted at 20 requests, and each preload of a tiny chunk would be one of them.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['index.html', 'demo-app.html'],
      output: {
        codeSplitting: {
          groups: [
            { name: 'start', test: start, priority: 1 },
            // What several pages share is one file for libraries and one for our own code; a page's own code stays with the page.
            { name: 'vendor', test: /node_modules/, minShareCount: 2 },
            { name: 'shared', test: /apps\/console\/src/, minShareCount: 2 },
          ],
        },
      },
    },
  },
});
