import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

const shared = {
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  worker: { format: 'es' },
  // What a script loads lies beside it, wherever that is.
  base: './',
};

/** Builds the browser's script, and the server's `render` that knows the script's name. */
export async function buildPages(outDir = join(root, 'dist')) {
  await build({
    ...shared,
    build: {
      outDir: join(outDir, 'client'),
      emptyOutDir: true,
      manifest: true,
      assetsDir: '',
      assetsInlineLimit: 0,
      modulePreload: false,
      target: 'es2022',
      rolldownOptions: {
        input: ['src/client/main.ts', 'src/client/mark.svg'],
        // Of the server's contract a few names are taken; its schemas, and zod with them, stay out.
        treeshake: { moduleSideEffects: false },
      },
    },
  });
  const manifest = JSON.parse(await readFile(join(outDir, 'client/.vite/manifest.json'), 'utf8'));
  // All that stays in the folder is served.
  await rm(join(outDir, 'client/.vite'), { recursive: true });
  await build({
    ...shared,
    define: {
      __CLIENT_SCRIPT__: JSON.stringify(manifest['src/client/main.ts'].file),
      __ICON__: JSON.stringify(manifest['src/client/mark.svg'].file),
    },
    ssr: { noExternal: true },
    build: {
      ssr: 'src/render.tsx',
      outDir: join(outDir, 'server'),
      emptyOutDir: true,
      cssMinify: true,
      // Older phones sign in too.
      cssTarget: ['chrome100', 'firefox100', 'safari15.4'],
      target: 'node24',
      rolldownOptions: {
        output: { entryFileNames: 'render.js' },
        // As above.
        treeshake: { moduleSideEffects: false },
      },
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPages();
