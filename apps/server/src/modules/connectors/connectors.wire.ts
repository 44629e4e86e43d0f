import type { Connector as Factory, FormItem, LocalizedText } from '@latchkey/connector-kit';
import type * as contract from './connectors.contract.ts';
import type { ConnectorRecord } from './connectors.service.ts';

/** A text in the first of `languages` that it exists in, else in English. */
function inLanguage(texts: LocalizedText, languages: readonly string[]): string {
  const spoken = languages.map((tag) => tag.split('-')[0]).find((language) => language === 'en' || language === 'ja');
  return texts[spoken ?? 'en'];
}

/** A form item in one language, which is all the wire has room for. */
function toFormItem(item: FormItem, languages: readonly string[]): contract.ConnectorFormItem {
  const shared = {
    key: item.key,
    label: inLanguage(item.label, languages),
    placeholder: item.placeholder,
    required: item.required,
    defaultValue: item.defaultValue,
    showConditions: item.showConditions && [...item.showConditions],
    description: item.description && inLanguage(item.description, languages),
    tooltip: item.tooltip && inLanguage(item.tooltip, languages),
    isConfidential: item.isConfidential,
    isAdvanced: item.isAdvanced,
  };
  switch (item.type) {
    case 'Select': {
      const selectItems = item.selectItems.map(({ value, title }) => ({ value, title: inLanguage(title, languages) }));
      return { type: item.type, selectItems, ...shared };
    }
    case 'MultiSelect':
      return { type: item.type, selectItems: [...item.selectItems], ...shared };
    default:
      return { type: item.type, ...shared };
  }
}

export function toFactory({ type, metadata }: Factory, languages: readonly string[]): contract.ConnectorFactory {
  return {
    id: metadata.id,
    type,
    target: metadata.target,
    platform: metadata.platform,
    name: { ...metadata.name },
    description: { ...metadata.description },
    logo: metadata.logo,
    logoDark: metadata.logoDark,
    readme: '',
    formItems: metadata.formItems.map((item) => toFormItem(item, languages)),
    isStandard: metadata.isStandard,
    isTokenStorageSupported: metadata.isTokenStorageSupported,
  };
}

/** How a connector presents itself: its factory's words, unless it has its own. */
export function presentationOf({ factory, metadata, target }: ConnectorRecord) {
  return {
    target,
    name: metadata.name ?? { ...factory.metadata.name },
    // An empty address takes an earlier one back.
    logo: metadata.logo || factory.metadata.logo,
    logoDark: metadata.logoDark === undefined ? factory.metadata.logoDark : metadata.logoDark,
  };
}

export function toConnector(record: ConnectorRecord, languages: readonly string[]): contract.Connector {
  return {
    ...toFactory(record.factory, languages),
    ...presentationOf(record),
    id: record.id,
    connectorId: record.factory.metadata.id,
    config: record.config,
    metadata: record.metadata,
    syncProfile: record.syncProfile,
    enableTokenStorage: record.enableTokenStorage,
  };
}
