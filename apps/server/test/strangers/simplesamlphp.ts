import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestKey } from '@latchkey/connectors/saml/testing';
import { afterAll } from 'vitest';
import { startProgram } from './program.ts';

const EXTENSIONS = 'ctype dom fileinfo iconv mbstring posix simplexml tokenizer xml xmlreader xmlwriter'.split(' ');

/** PHP says of old code what its next version will not take; on a page, that would go before the headers. */
const QUIET = ['display_errors=0', 'error_reporting=8191'];

const entryOf = async (folder: string, pattern: RegExp): Promise<string> => {
  const name = (await readdir(folder)).find((entry) => pattern.test(entry));
  if (!name) throw new Error(`nothing like ${pattern} in ${folder}`);
  return path.join(folder, name);
};

/** SimpleSAMLphp, unpacked at `root`, in PHP's own server: the identity provider `/idp` and the service provider `/sp`. */
export async function startSimpleSaml(root: string, port: number, idpOfSp: string) {
  const origin = `http://localhost:${port}`;
  const home = await mkdtemp(path.join(tmpdir(), 'latchkey-saml-'));
  afterAll(() => rm(home, { recursive: true, force: true }));
  const key = await createTestKey('SimpleSAMLphp');
  await writeFile(path.join(home, 'key.pem'), key.privateKey);
  await writeFile(path.join(home, 'certificate.pem'), key.certificate);
  const trust = (...metadata: string[]) =>
    writeFile(
      path.join(home, 'latchkey.xml'),
      `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${metadata
        .map((xml) => xml.replace(/<\?xml[^>]*\?>/, ''))
        .join('\n')}</md:EntitiesDescriptor>`,
    );
  await trust();
  const php = await entryOf(path.join(root, 'usr/bin'), /^php\d[\d.]*$/);
  const extensions = await entryOf(path.join(root, 'usr/lib/php'), /^\d{8}$/);
  const settings = [...QUIET, `extension_dir=${extensions}`, ...EXTENSIONS.map((name) => `extension=${name}`)];
  const libraries = (await readdir(path.join(root, 'usr/lib'))).filter((name) => name.endsWith('-linux-gnu'));
  const pages = path.join(root, 'usr/share/simplesamlphp/www');
  await startProgram(
    php,
    ['-n', ...settings.flatMap((setting) => ['-d', setting]), '-S', `127.0.0.1:${port}`, '-t', pages],
    {
      port,
      env: {
        SIMPLESAMLPHP_CONFIG_DIR: path.join(import.meta.dirname, 'simplesamlphp'),
        LATCHKEY_TEST_HOME: home,
        LATCHKEY_TEST_ORIGIN: origin,
        LATCHKEY_TEST_IDP: idpOfSp,
        LATCHKEY_TEST_ATTRIBUTE_MAPS: path.join(root, 'etc/simplesamlphp/attributemap/'),
        LD_LIBRARY_PATH: libraries.map((name) => path.join(root, 'usr/lib', name)).join(':'),
      },
    },
  );
  return { origin, key, trust };
}
