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
  memberText,
  type TemplateKind,
  type TemplateMember,
  templateKind,
  withMember,
  writeTemplates,
} from './connector-templates.ts';

type Errors = Record<string, string>;

type Props = {
  item: ConnectorFormItem;
  members: readonly TemplateMember[];
  templates: readonly ConnectorTemplate[];
  /** By paths in the configuration, such as `templates.0.subject`. */
  errors: Errors;
  onChange: (text: string) => void;
};

/** The templates in a connector's configuration: one row a purpose, which opens to its fields and a preview. */
export function TemplatesField({ item, members, templates, errors, onChange }: Props) {
  const [opened, setOpened] = useState<string[]>([]);
  const paths = Object.keys(errors);
  const wrong = templates.flatMap(({ usageType }, index) =>
    paths.some((path) => path.startsWith(`${item.key}.${index}.`)) ? [usageType] : [],
  );
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
              members={members}
              template={templates[index]}
              hasGeneric={templates.some((template) => template.usageType === 'Generic')}
              open={opened.includes(usageType) || wrong.includes(usageType)}
              errorOf={(name) => errors[`${item.key}.${index}.${name}`]}
              onChange={(template) => {
                const others = templates.filter((other) => other.usageType !== usageType);
                if (template === undefined) return onChange(writeTemplates(others));
                const next = index < 0 ? [...templates, template] : templates.with(index, template);
                onChange(writeTemplates(next));
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
  members: readonly TemplateMember[];
  template: ConnectorTemplate | undefined;
  hasGeneric: boolean;
  open: boolean;
  errorOf: (name: string) => string | undefined;
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
function Origin({ usageType, template, hasGeneric, members }: PartProps) {
  const { connectors, messages } = usePhrases();
  const t = connectors.templates;
  const isNamed = templateKind(members) === 'Named';
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

const toDraft = (template: ConnectorTemplate): Draft => ({
  subject: memberText(template, 'subject'),
  content: memberText(template, 'content'),
  contentType: memberText(template, 'contentType') === 'text/plain' ? 'text/plain' : 'text/html',
});

const toChoice = (channel: 'Email' | 'Sms', templateType: TemplateType, languageTag: string) => ({
  channel,
  templateType,
  languageTag,
});

function OwnTemplate({ usageType, members, template, errorOf, onChange }: PartProps & { template: ConnectorTemplate }) {
  const { connectors } = usePhrases();
  const { language } = useLanguage();
  const t = connectors.templates;
  const kind = templateKind(members);
  const insertion = useVariableInsertion('content', ({ field, text }) => onChange(withMember(template, field, text)));
  return (
    <Stack gap="md">
      <Stack gap="md" ref={insertion.container} onFocus={insertion.onFocus}>
        {members.map((member) => (
          <MemberField
            key={member.name}
            member={member}
            value={memberText(template, member.name)}
            error={errorOf(member.name)}
            onChange={(text) => onChange(withMember(template, member.name, text))}
          />
        ))}
      </Stack>
      {kind !== 'Named' && (
        <>
          <TemplateVariables onPick={insertion.insert} />
          <DraftPreview choice={toChoice(kind, usageType, language)} draft={toDraft(template)} />
        </>
      )}
      <Group>
        <Button size="xs" variant="default" onClick={() => onChange(undefined)}>
          {kind === 'Named' ? t.remove : t.useOurs}
        </Button>
      </Group>
    </Stack>
  );
}

type MemberProps = {
  member: TemplateMember;
  value: string;
  error: string | undefined;
  onChange: (text: string) => void;
};

function MemberField({ member: { name, example }, value, error, onChange }: MemberProps) {
  const { connectors, messages } = usePhrases();
  const { subject, content, format, html, plain } = messages.templates;
  const named: Record<string, string> = { ...connectors.templates.members, subject, content, contentType: format };
  const shared = {
    label: named[name] ?? name,
    'data-insertable': name === 'subject' || name === 'content' ? name : undefined,
    required: example !== '',
    value,
    error,
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (name === 'contentType') {
    const data = [
      { value: 'text/html', label: html },
      { value: 'text/plain', label: plain },
    ];
    return <NativeSelect {...shared} data={data} />;
  }
  if (name === 'content') {
    return <Textarea {...shared} autosize minRows={3} maxRows={14} styles={{ input: { fontFamily: 'monospace' } }} />;
  }
  return <TextInput {...shared} placeholder={name === 'subject' ? undefined : example} />;
}

/** What goes out as long as there is no text of one's own, and the way to one. */
function NoTemplate(props: PartProps) {
  const { usageType, members, hasGeneric, onChange } = props;
  const { connectors, messages } = usePhrases();
  const t = connectors.templates;
  const kind = templateKind(members);
  if (kind !== 'Named') return <TextInUse {...props} kind={kind} />;
  const byGeneric = hasGeneric && usageType !== 'Generic';
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm">
        {byGeneric ? t.likeGenericExplained({ generic: messages.types.Generic }) : t.nothingExplained}
      </Text>
      <Button size="xs" variant="default" onClick={() => onChange({ usageType })}>
        {t.add}
      </Button>
    </Stack>
  );
}

function TextInUse({
  usageType,
  members,
  hasGeneric,
  kind,
  onChange,
}: PartProps & { kind: Exclude<TemplateKind, 'Named'> }) {
  const { connectors, messages } = usePhrases();
  const { language } = useLanguage();
  const t = connectors.templates;
  const choice = toChoice(kind, usageType, language);
  const source = useTemplatePreview(choice).data?.source;
  const byGeneric = hasGeneric && usageType !== 'Generic';

  function begin(text: Draft) {
    const given: Record<string, string | undefined> = { ...text };
    onChange(
      members.reduce<ConnectorTemplate>((row, { name }) => withMember(row, name, given[name] ?? ''), { usageType }),
    );
  }

  return (
    <Stack gap="sm">
      <Text size="sm">{byGeneric ? t.likeGenericExplained({ generic: messages.types.Generic }) : t.oursExplained}</Text>
      {!byGeneric && <DraftPreview choice={choice} draft={{ subject: '', content: '' }} />}
      <Group>
        <Button size="xs" variant="default" disabled={!source} onClick={() => source && begin(source)}>
          {t.write}
        </Button>
      </Group>
    </Stack>
  );
}
