import type { ConnectorFormItem } from '@latchkey/server/contract';
import { asTemplateType, type TemplateType } from '../messages/message-types.ts';

/** A member that each template of a connector has. */
export interface TemplateMember {
  name: string;
  /** How it may look; empty for one that may be left out. */
  example: string;
  /** Holds values by names, where the others hold a text. */
  isRecord: boolean;
}

/** One template in a connector's configuration; members without a field stay as they are. */
export type ConnectorTemplate = { usageType: TemplateType } & Record<string, unknown>;

/** Whether texts are written here, or kept at the provider, which knows them by name. */
export type TemplateKind = 'Email' | 'Sms' | 'Named';

/** A way in which a connector takes the text of a purpose. */
export interface TemplateWay {
  kind: TemplateKind;
  members: readonly TemplateMember[];
}

/** How an item of a connector's form holds templates: as a list, or by purpose and in one of several ways. */
export interface TemplateFormat {
  ways: readonly [TemplateWay, ...TemplateWay[]];
  /** The templates in the item's text; undefined when it holds something that no form could show. */
  read(text: string): ConnectorTemplate[] | undefined;
  write(templates: readonly ConnectorTemplate[]): string;
  /** Where one of them stands in the configuration, such as `templates.0`. */
  pathOf(templates: readonly ConnectorTemplate[], usageType: TemplateType): string;
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined || text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text that a message is made of; providers whose templates have it in HTML alone call it so. */
export const contentMember = ({ members }: TemplateWay): string | undefined =>
  ['content', 'html'].find((name) => members.some((member) => member.name === name));

function wayOf(example: Record<string, unknown>): TemplateWay {
  const members = Object.entries(example)
    .filter(([name]) => name !== 'usageType')
    .map(([name, value]) =>
      isRecord(value) ? { name, example: '', isRecord: true } : { name, example: String(value), isRecord: false },
    );
  const kind = 'subject' in example ? 'Email' : 'Sms';
  return { members, kind: contentMember({ kind, members }) ? kind : 'Named' };
}

/** `templates`: a list of rows, each with its purpose. */
function listFormat(key: string, example: Record<string, unknown>): TemplateFormat {
  return {
    ways: [wayOf(example)],
    read(text) {
      const list = text.trim() === '' ? [] : parsed(text);
      if (!Array.isArray(list)) return undefined;
      if (!list.every((row) => isRecord(row) && asTemplateType(row.usageType))) return undefined;
      return new Set(list.map(({ usageType }) => usageType)).size === list.length ? list : undefined;
    },
    write: (templates) => (templates.length === 0 ? '' : JSON.stringify(templates, null, 2)),
    pathOf: (templates, usageType) => `${key}.${templates.findIndex((each) => each.usageType === usageType)}`,
  };
}

/** `deliveries`: a member for each purpose, whose example is one of the ways. */
function recordFormat(key: string, ways: TemplateFormat['ways']): TemplateFormat {
  const fits = (member: TemplateMember, value: unknown): boolean =>
    member.isRecord
      ? isRecord(value) && Object.values(value).every((each) => typeof each === 'string')
      : typeof value === 'string';
  return {
    ways,
    read(text) {
      const record = text.trim() === '' ? {} : parsed(text);
      if (!isRecord(record)) return undefined;
      const templates: ConnectorTemplate[] = [];
      for (const [name, row] of Object.entries(record)) {
        const usageType = asTemplateType(name);
        if (!usageType || !isRecord(row)) return undefined;
        const template = { ...row, usageType };
        const { members } = wayTaken({ ways }, template);
        if (!members.every((member) => row[member.name] === undefined || fits(member, row[member.name])))
          return undefined;
        templates.push(template);
      }
      return templates;
    },
    write: (templates) =>
      templates.length === 0
        ? ''
        : JSON.stringify(Object.fromEntries(templates.map(({ usageType, ...row }) => [usageType, row])), null, 2),
    pathOf: (_templates, usageType) => `${key}.${usageType}`,
  };
}

/** How an item holds templates, as the example in its placeholder tells; undefined for any other item. */
export function templateFormat(item: ConnectorFormItem): TemplateFormat | undefined {
  if (item.type !== 'Json') return undefined;
  const example = parsed(item.placeholder);
  if (item.key === 'templates' && Array.isArray(example)) {
    const [row] = example;
    return isRecord(row) && 'usageType' in row ? listFormat(item.key, row) : undefined;
  }
  if (item.key !== 'deliveries' || !isRecord(example)) return undefined;
  const [first, ...others] = Object.values(example).filter(isRecord).map(wayOf);
  return first && recordFormat(item.key, [first, ...others]);
}

/** The way that a template goes: the one that it has the marks of. */
export const wayTaken = ({ ways }: Pick<TemplateFormat, 'ways'>, template: ConnectorTemplate): TemplateWay =>
  ways.find(({ members }) =>
    members.some(({ name, example }) => example !== '' && isMark(ways, name) && name in template),
  ) ?? ways[0];

/** Whether a member tells one way from the others. */
const isMark = (ways: readonly TemplateWay[], name: string): boolean =>
  ways.length > 1 && ways.filter(({ members }) => members.some((member) => member.name === name)).length === 1;

/** A template without a text yet. */
export const newTemplate = (format: TemplateFormat, way: TemplateWay, usageType: TemplateType): ConnectorTemplate => ({
  usageType,
  ...Object.fromEntries(
    way.members
      .filter(({ name, example }) => example !== '' && isMark(format.ways, name))
      .map(({ name }) => [name, '']),
  ),
});

/** What a member holds, as it is edited. */
export function memberText(template: ConnectorTemplate, name: string): string {
  // Connectors older than `contentType` call it `type`.
  const value = template[name] ?? (name === 'contentType' ? (template.type ?? 'text/html') : undefined);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The template with another value in a member; an empty member is left out, unless it tells which way the template goes. */
export function withMember(
  template: ConnectorTemplate,
  name: string,
  value: string | Record<string, string>,
  format?: TemplateFormat,
): ConnectorTemplate {
  const { [name]: _before, ...others } = template;
  const { usageType } = template;
  const isEmpty = typeof value === 'string' ? value === '' : Object.keys(value).length === 0;
  const isKept = format?.ways.some(({ members }) =>
    members.some((member) => member.name === name && member.example !== '' && isMark(format.ways, name)),
  );
  return isEmpty && !isKept ? { ...others, usageType } : { ...others, usageType, [name]: value };
}

/** Members that nobody has filled in, by their paths in the configuration, such as `templates.0.subject`. */
export function missingMembers(item: ConnectorFormItem, text: string): string[] {
  const format = templateFormat(item);
  const templates = format?.read(text) ?? [];
  return templates.flatMap((template) =>
    (format ? wayTaken(format, template).members : [])
      .filter(({ name, example }) => example !== '' && memberText(template, name).trim() === '')
      .map(({ name }) => `${format?.pathOf(templates, template.usageType)}.${name}`),
  );
}

/** Values by names as lines of a text, `name=value` each. */
export const toLines = (values: unknown): string =>
  isRecord(values)
    ? Object.entries(values)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n')
    : '';

/** What the lines say; a line without a name says nothing yet. */
export const fromLines = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()]] : [];
    }),
  );
