import type { ConnectorFormItem } from '@latchkey/server/contract';
import { Accordion, Badge, Button, Group, Input, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import '@mantine/core/styles/Accordion.layer.css';
import { useState } from 'react';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { InlineMarkup } from '../applications/guide/inline-markup.tsx';
import { DraftPreview } from '../messages/draft-preview.tsx';
import { type TemplateType, templateTypes } from '../messages/message-types.ts';
import { TemplateVariables, useVariableInsertion } from '../messages/template-variables.tsx';
import { type Draft, useTemplatePreview } from '../messages/templates.queries.ts';
import {
  type ConnectorTemplate,
  contentMember,
  fromLines,
  memberText,
  newTemplate,
  type TemplateFormat,
  type TemplateMember,
  type TemplateWay,
  toLines,
  wayTaken,
  withMember,
} from './connector-templates.ts';

type Errors = Record<string, string>;

type Props = {
  item: ConnectorFormItem;
  format: TemplateFormat;
  templates: readonly ConnectorTemplate[];
  /** By paths in the configuration, such as `templates.0.subject`. */
  errors: Errors;
  onChange: (text: string) => void;
};

/** The templates in a connector's configuration: one row a purpose, which opens to its fields and a preview. */
export function TemplatesField({ item, format, templates, errors, onChange }: Props) {
  const [opened, setOpened] = useState<string[]>([]);
  const paths = Object.keys(errors);
  const wrong = templates.flatMap(({ usageType }) => {
    const place = format.pathOf(templates, usageType);
    return paths.some((path) => path === place || path.startsWith(`${place}.`)) ? [usageType] : [];
  });
  const ownError = wrong.length === 0 ? errors[item.key] : undefined;

  return (
    <Input.Wrapper
      label={item.label}
      labelElement="div"
      description={item.description && <InlineMarkup text={item.description} />}
      required={item.required}
      error={ownError}
    >
      <Accordion
        multiple
        variant="separated"
        chevronPosition="left"
        mt="xs"
        value={[...new Set([...opened, ...wrong])]}
        onChange={setOpened}
        // Where nothing else could have the focus, the list itself says that it is wrong.
        tabIndex={ownError ? -1 : undefined}
        aria-invalid={ownError ? true : undefined}
      >
        {templateTypes.map((usageType) => {
          const index = templates.findIndex((template) => template.usageType === usageType);
          return (
            <TemplateRow
              key={usageType}
              usageType={usageType}
              format={format}
              template={templates[index]}
              hasGeneric={templates.some((template) => template.usageType === 'Generic')}
              open={opened.includes(usageType) || wrong.includes(usageType)}
              errorOf={(name) => errors[[format.pathOf(templates, usageType), name].filter(Boolean).join('.')]}
              onChange={(template) => {
                const others = templates.filter((other) => other.usageType !== usageType);
                if (template === undefined) return onChange(format.write(others));
                const next = index < 0 ? [...templates, template] : templates.with(index, template);
                onChange(format.write(next));
              }}
            />
          );
        })}
      </Accordion>
    </Input.Wrapper>
  );
}

type RowProps = {
  usageType: TemplateType;
  format: TemplateFormat;
  template: ConnectorTemplate | undefined;
  hasGeneric: boolean;
  open: boolean;
  /** What is wrong with a member, or, without a name, with the whole. */
  errorOf: (name?: string) => string | undefined;
  onChange: (template: ConnectorTemplate | undefined) => void;
};

function TemplateRow({ open, ...row }: RowProps) {
  const { messages } = usePhrases();
  return (
    <Accordion.Item value={row.usageType}>
      <Accordion.Control>
        <Group justify="space-between" gap="xs" pe="xs">
          <Text size="sm" fw={500}>
            {messages.types[row.usageType]}
          </Text>
          <Origin {...row} />
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        {open && (row.template ? <OwnTemplate {...row} template={row.template} /> : <NoTemplate {...row} />)}
      </Accordion.Panel>
    </Accordion.Item>
  );
}

type PartProps = Omit<RowProps, 'open'>;

/** Whose text goes out for the purpose. */
function Origin({ usageType, template, hasGeneric, format }: PartProps) {
  const { connectors, messages } = usePhrases();
  const t = connectors.templates;
  const isNamed = (template ? wayTaken(format, template) : format.ways[0]).kind === 'Named';
  if (template) {
    return (
      <Badge variant="light" tt="none">
        {isNamed ? t.named : messages.templates.own}
      </Badge>
    );
  }
  const byGeneric = hasGeneric && usageType !== 'Generic';
  const ours = isNamed ? t.nothing : t.ours;
  return (
    <Badge variant="light" color="gray" tt="none">
      {byGeneric ? t.likeGeneric({ generic: messages.types.Generic }) : ours}
    </Badge>
  );
}

const toDraft = (way: TemplateWay, template: ConnectorTemplate): Draft => ({
  subject: memberText(template, 'subject'),
  content: memberText(template, contentMember(way) ?? ''),
  contentType: memberText(template, 'contentType') === 'text/plain' ? 'text/plain' : 'text/html',
});

const toChoice = (channel: 'Email' | 'Sms', templateType: TemplateType, languageTag: string) => ({
  channel,
  templateType,
  languageTag,
});

function OwnTemplate({ usageType, format, template, errorOf, onChange }: PartProps & { template: ConnectorTemplate }) {
  const { connectors } = usePhrases();
  const { language } = useLanguage();
  const t = connectors.templates;
  const way = wayTaken(format, template);
  const { kind, members } = way;
  const change = (name: string, value: string | Record<string, string>) =>
    onChange(withMember(template, name, value, format));
  const insertion = useVariableInsertion(contentMember(way) ?? '', ({ field, text }) => change(field, text));
  const ownError = errorOf();
  return (
    <Stack gap="md">
      <Stack gap="md" ref={insertion.container} onFocus={insertion.onFocus}>
        {members.map((member) => (
          <MemberField
            key={member.name}
            member={member}
            template={template}
            error={errorOf(member.name)}
            onChange={(value) => change(member.name, value)}
          />
        ))}
        {ownError && <Input.Error>{ownError}</Input.Error>}
      </Stack>
      {kind !== 'Named' && (
        <>
          <TemplateVariables onPick={insertion.insert} />
          <DraftPreview choice={toChoice(kind, usageType, language)} draft={toDraft(way, template)} />
        </>
      )}
      <Group>
        <Button size="xs" variant="default" onClick={() => onChange(undefined)}>
          {format.ways[0].kind === 'Named' ? t.remove : t.useOurs}
        </Button>
      </Group>
    </Stack>
  );
}

type MemberProps = {
  member: TemplateMember;
  template: ConnectorTemplate;
  error: string | undefined;
  onChange: (value: string | Record<string, string>) => void;
};

/** Texts that variables are put into. */
const INSERTABLE = new Set(['subject', 'content', 'html', 'text']);

function MemberField({ member: { name, example, isRecord }, template, error, onChange }: MemberProps) {
  const { connectors, messages } = usePhrases();
  const { subject, content, format, html, plain } = messages.templates;
  const named: Record<string, string> = { ...connectors.templates.members, subject, content, contentType: format };
  const shared = {
    label: named[name] ?? name,
    'data-insertable': INSERTABLE.has(name) ? name : undefined,
    required: example !== '',
    value: memberText(template, name),
    error,
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (isRecord) return <LinesField label={shared.label} values={template[name]} error={error} onChange={onChange} />;
  if (name === 'contentType') {
    const data = [
      { value: 'text/html', label: html },
      { value: 'text/plain', label: plain },
    ];
    return <NativeSelect {...shared} data={data} />;
  }
  if (name === 'content' || name === 'html' || name === 'text') {
    return <Textarea {...shared} autosize minRows={3} maxRows={14} styles={{ input: { fontFamily: 'monospace' } }} />;
  }
  return <TextInput {...shared} placeholder={name === 'subject' ? undefined : example} />;
}

type LinesProps = Pick<MemberProps, 'error' | 'onChange'> & { label: string; values: unknown };

/** Values by names, one a line; what is typed stays as it is while it is no line yet. */
function LinesField({ label, values, error, onChange }: LinesProps) {
  const { connectors } = usePhrases();
  const [text, setText] = useState(() => toLines(values));
  return (
    <Textarea
      label={label}
      description={<InlineMarkup text={connectors.templates.lines} />}
      value={text}
      error={error}
      autosize
      minRows={2}
      spellCheck={false}
      styles={{ input: { fontFamily: 'monospace' } }}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(fromLines(currentTarget.value));
      }}
    />
  );
}

/** What goes out as long as there is no text of one's own, and the way to one. */
function NoTemplate(props: PartProps) {
  const { usageType, format, hasGeneric, onChange } = props;
  const { connectors, messages } = usePhrases();
  const t = connectors.templates;
  const [way] = format.ways;
  if (way.kind !== 'Named') return <TextInUse {...props} way={way} kind={way.kind} />;
  const byGeneric = hasGeneric && usageType !== 'Generic';
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm">
        {byGeneric ? t.likeGenericExplained({ generic: messages.types.Generic }) : t.nothingExplained}
      </Text>
      <Button size="xs" variant="default" onClick={() => onChange(newTemplate(format, way, usageType))}>
        {t.add}
      </Button>
    </Stack>
  );
}

function TextInUse({
  usageType,
  format,
  way,
  hasGeneric,
  kind,
  onChange,
}: PartProps & { way: TemplateWay; kind: Exclude<TemplateWay['kind'], 'Named'> }) {
  const { connectors, messages } = usePhrases();
  const { language } = useLanguage();
  const t = connectors.templates;
  const choice = toChoice(kind, usageType, language);
  const source = useTemplatePreview(choice).data?.source;
  const byGeneric = hasGeneric && usageType !== 'Generic';
  const atProvider = format.ways.find((other) => other.kind === 'Named');

  function begin(text: Draft) {
    const { content, ...others } = text;
    const given: Record<string, string | undefined> = { ...others, [contentMember(way) ?? '']: content };
    const begun = newTemplate(format, way, usageType);
    onChange(way.members.reduce((row, { name }) => withMember(row, name, given[name] ?? '', format), begun));
  }

  return (
    <Stack gap="sm">
      <Text size="sm">{byGeneric ? t.likeGenericExplained({ generic: messages.types.Generic }) : t.oursExplained}</Text>
      {!byGeneric && <DraftPreview choice={choice} draft={{ subject: '', content: '' }} />}
      <Group>
        <Button size="xs" variant="default" disabled={!source} onClick={() => source && begin(source)}>
          {t.write}
        </Button>
        {atProvider && (
          <Button size="xs" variant="default" onClick={() => onChange(newTemplate(format, atProvider, usageType))}>
            {t.add}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
