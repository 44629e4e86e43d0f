import type { OneTimeTokenContext } from '@latchkey/server/contract';
import { Alert, Button, Group, MultiSelect, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ItemOf } from '../../api/operations.ts';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { DialogForm } from '../../components/dialog.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { organizationsQuery } from '../organizations/organizations.queries.ts';
import { isEmail, useCreateOneTimeToken } from './one-time-tokens.queries.ts';

const purposes = ['SignIn', 'Register', 'ForgotPassword'] as const satisfies OneTimeTokenContext['interactionEvent'][];

const secondsOf = { minutes: 60, hours: 3600, days: 86_400 } as const;
type Unit = keyof typeof secondsOf;
const units = Object.keys(secondsOf) as Unit[];
const maxSeconds = 31 * secondsOf.days;

/** The address of the app's page with what its sign-in has to pass on. */
function linkTo(page: string, { token, email }: { token: string; email: string }): string {
  const url = new URL(page);
  url.searchParams.set('one_time_token', token);
  url.searchParams.set('login_hint', email);
  return url.href;
}

/** Makes a link for an address, then shows it this once. */
export function CreateLink({ onClose }: { onClose: () => void }) {
  const create = useCreateOneTimeToken();
  const { config } = useConsole();
  const [page, setPage] = useState(`${config.tenantEndpoint}/demo-app`);
  if (create.data) return <MadeLink token={create.data} page={page} onClose={onClose} />;
  return <LinkForm create={create} page={page} onPage={setPage} onClose={onClose} />;
}

type MadeProps = { token: ItemOf<'GET /api/one-time-tokens'>; page: string; onClose: () => void };

function MadeLink({ token, page, onClose }: MadeProps) {
  const { oneTimeTokens: t, shell } = usePhrases();
  return (
    <Stack>
      <Alert color="yellow" icon={<IconInfoCircle aria-hidden />}>
        {t.once({ email: token.email })}
      </Alert>
      <CopyableValue label={t.link} value={linkTo(page, token)} />
      <CopyableValue label={t.token} value={token.token} />
      <Group justify="flex-end">
        <Button onClick={onClose}>{shell.actions.close}</Button>
      </Group>
    </Stack>
  );
}

type FormProps = {
  create: ReturnType<typeof useCreateOneTimeToken>;
  page: string;
  onPage: (page: string) => void;
  onClose: () => void;
};

function LinkForm({ create, page, onPage, onClose }: FormProps) {
  const { oneTimeTokens: t, signInExperience, shell } = usePhrases();
  const form = useForm({
    initialValues: {
      email: '',
      page,
      time: 10 as number | string,
      unit: 'minutes' as Unit,
      purpose: '',
      organizations: [] as string[],
    },
    validate: {
      email: (value) => (isEmail(value.trim()) ? null : t.emailWrong),
      page: (value) => (URL.canParse(value.trim()) ? null : signInExperience.problems.url),
      time: (value, { unit }) => {
        const seconds = Number(value) * secondsOf[unit];
        return Number.isInteger(seconds) && seconds >= 1 && seconds <= maxSeconds ? null : t.timeWrong;
      },
    },
  });
  const submit = form.onSubmit(({ email, time, unit, purpose, organizations, ...values }) => {
    const interactionEvent = purposes.find((known) => known === purpose);
    onPage(values.page.trim());
    create.mutate({
      email: email.trim(),
      expiresIn: Number(time) * secondsOf[unit],
      context: {
        ...(interactionEvent && { interactionEvent }),
        ...(organizations.length > 0 && { jitOrganizationIds: organizations }),
      },
    });
  });
  return (
    <DialogForm
      submitLabel={shell.actions.create}
      pending={create.isPending}
      error={create.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput label={t.email} type="email" required data-autofocus {...form.getInputProps('email')} />
      <TextInput label={t.page} description={t.pageHint} type="url" required {...form.getInputProps('page')} />
      <Group grow align="flex-start">
        <NumberInput label={t.goodFor} min={1} allowDecimal={false} required {...form.getInputProps('time')} />
        <NativeSelect
          label={t.unit}
          data={units.map((value) => ({ value, label: t.units[value] }))}
          {...form.getInputProps('unit')}
        />
      </Group>
      <NativeSelect
        label={t.purpose}
        data={[{ value: '', label: t.anyPurpose }, ...purposes.map((value) => ({ value, label: t.purposes[value] }))]}
        {...form.getInputProps('purpose')}
      />
      <OrganizationsField {...form.getInputProps('organizations')} />
    </DialogForm>
  );
}

type OrganizationsProps = { value?: string[]; onChange?: (ids: string[]) => void };

/** Any of the tenant's organizations, found by their names. */
function OrganizationsField({ value = [], onChange }: OrganizationsProps) {
  const { oneTimeTokens: t, shell } = usePhrases();
  const { api } = useConsole();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 250);
  const { data } = useQuery(organizationsQuery(api, { search: search || undefined }));
  // What was chosen keeps its name while the search shows others.
  const [chosen, setChosen] = useState<{ value: string; label: string }[]>([]);
  const found = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const choices = [...chosen, ...found.filter((one) => !chosen.some((other) => other.value === one.value))];
  return (
    <MultiSelect
      label={`${t.organizations} (${shell.form.optional})`}
      description={t.organizationsHint}
      searchable
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={t.noOrganization}
      data={choices}
      value={value}
      onChange={(ids) => {
        setChosen(choices.filter((one) => ids.includes(one.value)));
        onChange?.(ids);
      }}
    />
  );
}
