import type { AccountCenterSettings, AccountField } from '@latchkey/server/contract';
import {
  Anchor,
  Button,
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { LinesField } from '../security/lines-field.tsx';
import { accountCenterQuery, useUpdateAccountCenter } from './account-center.queries.ts';

/** The fields of an account, as the account center groups them. */
const groups = [
  { name: 'profile', fields: ['name', 'avatar', 'username', 'profile', 'customData'] },
  { name: 'security', fields: ['password', 'email', 'phone', 'social', 'mfa', 'passkey', 'trustedDevice'] },
  { name: 'holdings', fields: ['session', 'organization', 'personalAccessToken', 'dataExport', 'accountDeletion'] },
] as const satisfies { name: string; fields: AccountField[] }[];

const accesses = ['Off', 'ReadOnly', 'Edit'] as const;

/** What is done once can be open or closed, and not merely looked at. */
const withoutReading: readonly AccountField[] = ['accountDeletion'];
const withoutEditing: readonly AccountField[] = ['dataExport'];

/** Everything but what cannot be taken back: whether accounts may be deleted is decided by itself. */
const OPEN = Object.fromEntries(
  groups
    .flatMap(({ fields }) => [...fields])
    .filter((field) => field !== 'accountDeletion')
    .map((field) => [field, withoutEditing.includes(field) ? 'ReadOnly' : 'Edit']),
) as AccountCenterSettings['fields'];

type Draft = { settings: AccountCenterSettings; onChange: (changes: Partial<AccountCenterSettings>) => void };

/** How much of their own accounts users see and change at `/account`. */
export function AccountCenterPage() {
  const { accountCenter: t } = usePhrases();
  const { api } = useConsole();
  const stored = useQuery(accountCenterQuery(api));
  return (
    <>
      <PageHeader title={t.title} description={t.lead} />
      {stored.isPending && <Skeleton height={320} />}
      {stored.isError && <FailureAlert error={stored.error} onRetry={() => stored.refetch()} />}
      {stored.isSuccess && <Editor stored={stored.data} />}
    </>
  );
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function Editor({ stored }: { stored: AccountCenterSettings }) {
  const { shell } = usePhrases();
  const update = useUpdateAccountCenter();
  // Only what was changed is kept, so that settings changed elsewhere in the meantime show up here.
  const [edits, setEdits] = useState<Partial<AccountCenterSettings>>({});
  const settings = { ...stored, ...edits };
  const changes = Object.fromEntries(
    Object.entries(edits).filter(([name, value]) => !isSame(value, stored[name as keyof AccountCenterSettings])),
  );
  const draft: Draft = { settings, onChange: (next) => setEdits((current) => ({ ...current, ...next })) };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate(changes, {
          onSuccess: () => {
            setEdits({});
            notifyDone(shell.form.saved);
          },
        });
      }}
    >
      <Stack gap="lg">
        <Opening {...draft} />
        {settings.enabled && <Fields {...draft} />}
        {settings.enabled && <Questions {...draft} />}
        {settings.enabled && <Deletion {...draft} />}
        {settings.enabled && <Look {...draft} />}
        <RelatedOrigins {...draft} />
        {update.isError && <FailureAlert error={update.error} />}
        <SaveBar
          dirty={Object.keys(changes).length > 0}
          pending={update.isPending}
          onDiscard={() => {
            setEdits({});
            update.reset();
          }}
        />
      </Stack>
    </form>
  );
}

function Opening({ settings, onChange }: Draft) {
  const { accountCenter: t } = usePhrases();
  const { tenantEndpoint: endpoint } = useConsole().config;
  return (
    <Section title={t.opening.title} description={t.opening.lead}>
      <Switch
        label={t.opening.enabled}
        description={t.opening.enabledHint}
        checked={settings.enabled}
        onChange={({ currentTarget }) => onChange({ enabled: currentTarget.checked })}
      />
      {settings.enabled && (
        <Button variant="default" w="fit-content" onClick={() => onChange({ fields: { ...settings.fields, ...OPEN } })}>
          {t.opening.openAll}
        </Button>
      )}
      {settings.enabled && (
        <Anchor href={`${endpoint}/account`} target="_blank" rel="noreferrer" size="sm">
          {`${endpoint}/account`}
        </Anchor>
      )}
    </Section>
  );
}

function Fields({ settings, onChange }: Draft) {
  const { accountCenter: t } = usePhrases();
  const offered = (field: AccountField) =>
    accesses.filter(
      (access) => !(access === 'ReadOnly' ? withoutReading : access === 'Edit' ? withoutEditing : []).includes(field),
    );
  return groups.map(({ name, fields }) => (
    <Section key={name} title={t.groups[name].title} description={t.groups[name].lead}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {fields.map((field) => (
          <NativeSelect
            key={field}
            label={t.fields[field]}
            value={settings.fields[field] ?? 'Off'}
            data={offered(field).map((value) => ({
              value,
              label: field === 'dataExport' || field === 'accountDeletion' ? t.allowed[value] : t.accesses[value],
            }))}
            onChange={({ currentTarget: { value } }) =>
              onChange({
                fields: { ...settings.fields, [field]: accesses.find((access) => access === value) ?? 'Off' },
              })
            }
          />
        ))}
      </SimpleGrid>
    </Section>
  ));
}

/** Which of the tenant's profile questions are asked, by name. */
function Questions({ settings, onChange }: Draft) {
  const { accountCenter: t } = usePhrases();
  const isAll = settings.profileFields === null;
  return (
    <Section title={t.questions.title} description={t.questions.lead}>
      <Switch
        label={t.questions.all}
        checked={isAll}
        onChange={({ currentTarget }) => onChange({ profileFields: currentTarget.checked ? null : [] })}
      />
      {!isAll && (
        <LinesField
          label={t.questions.names}
          description={t.questions.namesHint}
          value={(settings.profileFields ?? []).map(({ name }) => name)}
          onChange={(names) => onChange({ profileFields: names.map((name) => ({ name })) })}
        />
      )}
    </Section>
  );
}

function Deletion({ settings, onChange }: Draft) {
  const { accountCenter: t } = usePhrases();
  return (
    <Section title={t.deletion.title} description={t.deletion.lead}>
      <NumberInput
        label={t.deletion.days}
        description={t.deletion.daysHint}
        maw={320}
        min={0}
        max={90}
        allowDecimal={false}
        value={settings.deletionGraceDays}
        onChange={(value) => onChange({ deletionGraceDays: Number(value) })}
      />
      <TextInput
        label={t.deletion.url}
        description={t.deletion.urlHint}
        type="url"
        placeholder="https://example.com/delete-account"
        value={settings.deleteAccountUrl ?? ''}
        onChange={({ currentTarget }) => onChange({ deleteAccountUrl: currentTarget.value || null })}
      />
    </Section>
  );
}

function Look({ settings, onChange }: Draft) {
  const { accountCenter: t } = usePhrases();
  return (
    <Section title={t.look.title} description={t.look.lead}>
      <Textarea
        label={t.look.css}
        description={t.look.cssHint}
        value={settings.customCss ?? ''}
        autosize
        minRows={4}
        maxRows={20}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onChange={({ currentTarget }) => onChange({ customCss: currentTarget.value || null })}
      />
    </Section>
  );
}

function RelatedOrigins({ settings, onChange }: Draft) {
  const { accountCenter: t } = usePhrases();
  return (
    <Section title={t.origins.title} description={t.origins.lead}>
      <LinesField
        label={t.origins.label}
        description={t.origins.hint}
        value={settings.webauthnRelatedOrigins}
        onChange={(webauthnRelatedOrigins) => onChange({ webauthnRelatedOrigins })}
      />
    </Section>
  );
}
