// Plain JavaScript, so that Node's TypeScript stripper (4 MB of WebAssembly in text) is not loaded for this one file:
// what the compile cache keeps of the others is stripped already. The cache saves a third of a start's work,
// so it comes before the rest.
import { enableCompileCache } from 'node:module';
import path from 'node:path';

enableCompileCache(path.join(import.meta.dirname, '../../../node_modules/.cache/latchkey/compiled'));
await import('./serve.ts');
