import type { CustomProfileField } from '@latchkey/server/contract';
import { ActionIcon, Badge, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EditButton } from '../../components/edit-button.tsx';
import { EntryList } from '../../components/entry-list.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import type { SettingsTabProps } from '../sign-in-experience/settings-tab.types.ts';
import { FieldDialog } from './field-dialog.tsx';
import { profileFieldsQuery, useDeleteField } from './profile-fields.queries.ts';

/** The tenant's own questions: which there are, and which of them a new user is asked. */
export function CollectProfileTab(props: SettingsTabProps) {
  return (
    <Stack gap="lg">
      <SignUpQuestions {...props} />
      <Catalogue />
    </Stack>
  );
}

const titleOf = ({ label, name }: CustomProfileField) => label || name;

function SignUpQuestions({ settings, onChange }: SettingsTabProps) {
  const { customProfileFields: t } = usePhrases();
  const { api } = useConsole();
  const query = useQuery(profileFieldsQuery(api));
  const known = query.data ?? [];
  const asked = settings.signUpFields?.map(({ name }) => name) ?? known.map(({ name }) => name);
  const choose = (names: string[]) => onChange({ signUpFields: names.map((name) => ({ name })) });
  const addable = known.filter(({ name }) => !asked.includes(name));

  function move(name: string, by: number) {
    const place = asked.indexOf(name);
    const others = asked.filter((other) => other !== name);
    choose([...others.slice(0, place + by), name, ...others.slice(place + by)]);
  }

  return (
    <Section title={t.askedTitle} description={t.askedLead}>
      <EntryList
        query={query}
        items={(fields) => asked.flatMap((name) => fields.filter((field) => field.name === name))}
        none={t.askedNone}
        entry={(field) => ({
          id: field.name,
          title: titleOf(field),
          hint: t.types[field.type],
          action: (
            <Group gap={2} wrap="nowrap">
              <MoveButton field={field} by={-1} disabled={asked[0] === field.name} onMove={move} />
              <MoveButton field={field} by={1} disabled={asked.at(-1) === field.name} onMove={move} />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t.dontAsk({ name: titleOf(field) })}
                onClick={() => choose(asked.filter((name) => name !== field.name))}
              >
                <IconX size={18} aria-hidden />
              </ActionIcon>
            </Group>
          ),
        })}
      />
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            variant="light"
            leftSection={<IconPlus size={16} aria-hidden />}
            style={{ alignSelf: 'flex-start' }}
            disabled={addable.length === 0}
          >
            {t.ask}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {addable.map((field) => (
            <Menu.Item key={field.name} onClick={() => choose([...asked, field.name])}>
              {titleOf(field)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Section>
  );
}

type MoveProps = {
  field: CustomProfileField;
  by: -1 | 1;
  disabled: boolean;
  onMove: (name: string, by: number) => void;
};

function MoveButton({ field, by, disabled, onMove }: MoveProps) {
  const { customProfileFields: t } = usePhrases();
  const name = titleOf(field);
  const Icon = by === 1 ? IconArrowDown : IconArrowUp;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      disabled={disabled}
      aria-label={by === 1 ? t.moveDown({ name }) : t.moveUp({ name })}
      onClick={() => onMove(field.name, by)}
    >
      <Icon size={18} aria-hidden />
    </ActionIcon>
  );
}

function Catalogue() {
  const { customProfileFields: t, lists, shell } = usePhrases();
  const { api } = useConsole();
  const query = useQuery(profileFieldsQuery(api));
  const remove = useDeleteField();
  const [edited, setEdited] = useState<CustomProfileField>();
  const [opened, { open, close }] = useDisclosure(false);
  const edit = (field: CustomProfileField | undefined) => {
    setEdited(field);
    open();
  };
  return (
    <Section
      title={t.catalogueTitle}
      description={t.catalogueLead}
      actions={
        <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => edit(undefined)}>
          {t.create}
        </Button>
      }
    >
      <EntryList
        query={query}
        items={(fields) => fields}
        none={t.catalogueNone}
        entry={(field) => ({
          id: field.name,
          title: (
            <Group gap="xs">
              {titleOf(field)}
              {field.required && (
                <Badge variant="light" tt="none">
                  {t.requiredShort}
                </Badge>
              )}
            </Group>
          ),
          hint: (
            <Text size="sm" component="span">
              {t.types[field.type]} · <span className="mono">{field.name}</span>
            </Text>
          ),
          action: (
            <Group gap={2} wrap="nowrap">
              <EditButton name={titleOf(field)} onClick={() => edit(field)} />
              <RemoveButton
                label={lists.deleteOf({ name: titleOf(field) })}
                title={lists.deleteTitle({ name: titleOf(field) })}
                done={lists.deleted({ name: titleOf(field) })}
                confirmLabel={shell.actions.delete}
                onRemove={() => remove.mutateAsync(field.name)}
              >
                {t.deleteBody}
              </RemoveButton>
            </Group>
          ),
        })}
      />
      <FieldDialog existing={edited} opened={opened} onClose={close} />
    </Section>
  );
}
