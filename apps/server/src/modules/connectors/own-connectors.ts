import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as kit from '@latchkey/connector-kit';
import { connectors as builtIn } from '@latchkey/connectors';
import { z } from 'zod';
import type { Log } from '../../kernel/log.ts';

/** What a module of the operator's is given, so that it needs no package of its own. */
const gift = { kit, z };

const localized = z
  .object({ en: z.string().min(1), ja: z.string().min(1).optional() })
  .transform(({ en, ja = en }) => ({ en, ja }));
const image = z.string().regex(/^data:image\/(?:svg\+xml|png|webp)[;,]/, 'must be a data: URI of an image');
const formItem = z.looseObject({
  key: z.string().min(1),
  type: z.enum(['Text', 'Number', 'MultilineText', 'Switch', 'Select', 'MultiSelect', 'Json']),
  label: localized,
  description: localized.optional(),
  tooltip: localized.optional(),
});
const metadataSchema = z.looseObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,63}$/, 'must be small letters, digits and hyphens'),
  target: z.string().regex(/^[a-z0-9][\w-]{0,63}$/i, 'must be a word'),
  platform: z.enum(['Native', 'Universal', 'Web']).nullable().default(null),
  name: localized,
  description: localized,
  logo: image,
  logoDark: image.nullable().default(null),
  formItems: z.array(formItem),
});

const isFunction = z.custom((value) => typeof value === 'function', 'must be a function');
const shared = {
  metadata: metadataSchema,
  configSchema: z.custom((value) => value instanceof z.ZodObject, 'must be an object schema of the given z'),
};
const connectorSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('Email'), ...shared, sendMessage: isFunction }),
  z.looseObject({ type: z.literal('Sms'), ...shared, sendMessage: isFunction }),
  z.looseObject({ type: z.literal('Social'), ...shared, authorizationUri: isFunction, userInfo: isFunction }),
]);

async function loadOne(file: string): Promise<kit.Connector> {
  const module: { default?: unknown } = await import(pathToFileURL(file).href);
  if (typeof module.default !== 'function') throw new Error('its default export is not a function');
  const parsed = connectorSchema.safeParse(await module.default(gift));
  if (parsed.success) return parsed.data as unknown as kit.Connector;
  const [issue] = parsed.error.issues;
  throw new Error(`${issue?.path.join('.') || 'its connector'}: ${issue?.message}`);
}

/**
 * Loads the operator's own connectors: each `.js` or `.mjs` file of the folder, by name.
 * The start goes on without a file that is broken, because sign-ins by all other connectors should; one line says
 * which file it is and why.
 */
export async function loadOwnConnectors(folder: string | undefined, log: Log): Promise<readonly kit.Connector[]> {
  if (!folder) return [];
  const names = (await readdir(folder)).filter((name) => /\.m?js$/.test(name)).sort();
  const loaded: kit.Connector[] = [];
  for (const name of names) {
    try {
      const connector = await loadOne(path.join(folder, name));
      const { id } = connector.metadata;
      if ([...builtIn, ...loaded].some(({ metadata }) => metadata.id === id)) {
        throw new Error(`there is already a connector "${id}"`);
      }
      loaded.push(connector);
    } catch (error) {
      const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
      log.error(`CONNECTORS_DIR: ${name} is left out: ${reason}`);
    }
  }
  return loaded;
}
