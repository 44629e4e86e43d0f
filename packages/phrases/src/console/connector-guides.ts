import type { ConsoleLanguage } from './index.ts';

/** What to do at a provider, step by step. `**name**` is a name on its pages, `` `value` `` something to type. */
export type ConnectorGuide = readonly { title: string; body: readonly string[] }[];

/**
 * Loads the guide of a connector: `<language>/connector-guides/<factory id>.ts`, a file of its own in the browser, too.
 * Null where there is none, as for connectors of the operator's own: there the form has to do.
 */
export async function loadConnectorGuide(language: ConsoleLanguage, factoryId: string): Promise<ConnectorGuide | null> {
  try {
    const loaded: { guide: ConnectorGuide } = await import(`./${language}/connector-guides/${factoryId}.ts`);
    return loaded.guide;
  } catch {
    return null;
  }
}
