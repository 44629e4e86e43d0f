import { findPackageJSON } from 'node:module';
import path from 'node:path';

/**
 * The folder `apps/server`, from where all files are found that are not code: migrations, built pages.
 * It is found by its package.json, because the built server and the sources lie at different depths.
 */
export const serverDirectory = path.dirname(findPackageJSON('.', import.meta.url) ?? '');
