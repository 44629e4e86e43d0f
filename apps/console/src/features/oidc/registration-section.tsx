import type { RegistrationPolicy } from '@latchkey/server/contract';
import { Button, Group, MultiSelect, NumberInput, Stack, Switch, TagsInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { InitialTokens } from './initial-tokens.tsx';
import { registrationQuery, useSaveRegistration } from './registration.queries.ts';

const userScopes = [
  'profile',
  'email',
  'phone',
  'address',
  'custom_data',
  'identities',
  'roles',
] as const satisfies RegistrationPolicy['userScopes'];

/** Whether clients may register themselves, who of them, and what for. */
export function RegistrationSection() {
  const { registration: t } = usePhrases().oidc;
  const { api } = useConsole();
  const query = useQuery(registrationQuery(api));
  return (
    <Section title={t.title} description={t.lead}>
      <Loaded query={query} height={550}>
        {(stored) => (
          <>
            <PolicyForm key={JSON.stringify(stored)} stored={stored} />
            {stored.initialAccessTokenRequired && <InitialTokens />}
            <Text size="sm" className="quiet">
              {t.clients}{' '}
              <TextLink to="/applications" underline="always">
                {t.clientsLink}
              </TextLink>
            </Text>
          </>
        )}
      </Loaded>
    </Section>
  );
}

function PolicyForm({ stored }: { stored: RegistrationPolicy }) {
  const { oidc, shell } = usePhrases();
  const { registration: t } = oidc;
  const save = useSaveRegistration();
  const [policy, setPolicy] = useState(stored);
  const change = (next: Partial<RegistrationPolicy>) => setPolicy({ ...policy, ...next });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(policy, { onSuccess: () => notifyDone(shell.form.saved) });
      }}
    >
      <Stack>
        <Switch
          label={t.enabled}
          description={t.enabledHint}
          checked={policy.enabled}
          onChange={({ currentTarget }) => change({ enabled: currentTarget.checked })}
        />
        <Switch
          label={t.tokenRequired}
          description={t.tokenRequiredHint}
          checked={policy.initialAccessTokenRequired}
          onChange={({ currentTarget }) => change({ initialAccessTokenRequired: currentTarget.checked })}
        />
        <TagsInput
          label={t.hosts}
          description={t.hostsHint}
          placeholder="app.example.com"
          value={policy.allowedRedirectHosts}
          onChange={(hosts) => change({ allowedRedirectHosts: hosts.map((host) => host.trim().toLowerCase()) })}
        />
        <MultiSelect
          label={oidc.documents.userScopes}
          description={t.userScopesHint}
          data={[...userScopes]}
          value={policy.userScopes}
          onChange={(chosen) => change({ userScopes: userScopes.filter((scope) => chosen.includes(scope)) })}
        />
        <NumberInput
          label={t.limit}
          description={t.limitHint}
          min={1}
          max={10_000}
          clampBehavior="strict"
          allowDecimal={false}
          maw={280}
          value={policy.hourlyLimit}
          onChange={(limit) => change({ hourlyLimit: Number(limit) || 1 })}
        />
        {save.error && <FailureAlert error={save.error} />}
        <Group justify="flex-end">
          <Button
            type="submit"
            variant="default"
            loading={save.isPending}
            disabled={JSON.stringify(policy) === JSON.stringify(stored)}
          >
            {shell.actions.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
