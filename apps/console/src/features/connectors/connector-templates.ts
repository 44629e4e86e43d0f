import type { ConnectorFormItem } from '@latchkey/server/contract';
import { asTemplateType, type TemplateType } from '../messages/message-types.ts';

/** A member that each template of a connector has. */
export interface TemplateMember {
  name: string;
  /** How it may look; empty for one that may be left out. */
  example: string;
}

/** One template in a connector's configuration; members without a field stay as they are. */
export type ConnectorTemplate = { usageType: TemplateType } & Record<string, unknown>;

/** Whether texts are written here, or kept at the provider, which knows them by name. */
export type TemplateKind = 'Email' | 'Sms' | 'Named';

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined || text.trim() === '' ? [] : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members that an item of templates names by the example in its placeholder; undefined for any other item. */
export function templateMembers(item: ConnectorFormItem): TemplateMember[] | undefined {
  if (item.type !== 'Json' || item.key !== 'templates') return undefined;
  const examples = parsed(item.placeholder);
  const [example] = Array.isArray(examples) ? examples : [];
  if (!isRecord(example) || !('usageType' in example)) return undefined;
  return Object.entries(example)
    .filter(([name]) => name !== 'usageType')
    .map(([name, value]) => ({ name, example: String(value) }));
}

export function templateKind(members: readonly TemplateMember[]): TemplateKind {
  const has = (name: string) => members.some((member) => member.name === name);
  if (!has('content')) return 'Named';
  return has('subject') ? 'Email' : 'Sms';
}

/** The templates that a field holds; undefined when it holds something that no form could show. */
export function readTemplates(text: string): ConnectorTemplate[] | undefined {
  const list = parsed(text);
  if (!Array.isArray(list) || !list.every((row) => isRecord(row) && asTemplateType(row.usageType))) return undefined;
  return new Set(list.map(({ usageType }) => usageType)).size === list.length ? list : undefined;
}

export const writeTemplates = (templates: readonly ConnectorTemplate[]): string =>
  templates.length === 0 ? '' : JSON.stringify(templates, null, 2);

/** What a member holds, as it is edited. */
export function memberText(template: ConnectorTemplate, name: string): string {
  // Connectors older than `contentType` call it `type`.
  const value = template[name] ?? (name === 'contentType' ? (template.type ?? 'text/html') : undefined);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The template with another text in a member; an empty member is left out. */
export function withMember(template: ConnectorTemplate, name: string, text: string): ConnectorTemplate {
  const { [name]: _before, ...others } = template;
  const { usageType } = template;
  return text === '' ? { ...others, usageType } : { ...others, usageType, [name]: text };
}

/** Members that nobody has filled in, by their paths in the configuration, such as `templates.0.subject`. */
export function missingMembers(item: ConnectorFormItem, text: string): string[] {
  const members = templateMembers(item) ?? [];
  return (readTemplates(text) ?? []).flatMap((template, index) =>
    members
      .filter(({ name, example }) => example !== '' && memberText(template, name).trim() === '')
      .map(({ name }) => `${item.key}.${index}.${name}`),
  );
}
