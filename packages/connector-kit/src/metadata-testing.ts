import { expect, it } from 'vitest';
import type { Connector } from './connector.ts';

/** What every connector says about itself, whatever it does. `config` is one that its schema accepts. */
export function testMetadata(connector: Connector, config: Readonly<Record<string, unknown>>): void {
  const { metadata, configSchema } = connector;

  it('speaks every language in name, description and form', () => {
    const texts = [metadata.name, metadata.description];
    for (const item of metadata.formItems) {
      texts.push(item.label, ...(item.description ? [item.description] : []), ...(item.tooltip ? [item.tooltip] : []));
    }
    for (const text of texts)
      expect(text).toEqual({ en: expect.stringMatching(/\S/), ja: expect.stringMatching(/\S/) });
  });

  it('brings its logo along', () => {
    for (const logo of [metadata.logo, ...(metadata.logoDark ? [metadata.logoDark] : [])]) {
      expect(logo).toMatch(/^data:image\/svg\+xml;base64,/);
    }
  });

  it('has a form item for each member of its configuration, required in both or in neither', () => {
    // `auth.user` edits the member `user` of `auth`.
    const members = metadata.formItems.map(({ key }) => key.split('.')[0]);
    expect([...new Set(members)].sort()).toEqual(Object.keys(configSchema.shape).sort());
    for (const { key, required = false } of metadata.formItems.filter((item) => !item.key.includes('.'))) {
      const { [key]: _left, ...rest } = config;
      expect([key, configSchema.safeParse(rest).success]).toEqual([key, !required]);
    }
  });
}
