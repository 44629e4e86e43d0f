import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { serverDirectory } from '../../../kernel/installation.ts';
import type { SignInPages } from '../sign-in.contract.ts';

const dist = path.join(serverDirectory, '../sign-in/dist');

/** Folder of the pages' script and icon. */
export const assetsDirectory = path.join(dist, 'client');

/** The built pages: this one interface is all that the server knows of them. */
export function loadPages<Pages = SignInPages>(): Pages {
  const file = path.join(dist, 'server/render.js');
  if (!existsSync(file)) {
    throw new Error('the sign-in pages are not built: run npm start, or npm run build -w apps/sign-in');
  }
  return createRequire(import.meta.url)(file) as Pages;
}
