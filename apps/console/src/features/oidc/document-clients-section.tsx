import type { UserScope } from '@latchkey/server/contract';
import { Button, Group, MultiSelect, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { grantableQuery } from '../organizations/template.queries.ts';
import { type DocumentClients, documentClientsQuery, type ScopeIds, useSaveDocumentClients } from './oidc.queries.ts';

const userScopes = [
  'profile',
  'email',
  'phone',
  'address',
  'custom_data',
  'identities',
  'roles',
  'urn:logto:scope:organizations',
  'urn:logto:scope:organization_roles',
  'urn:logto:scope:sessions',
  'urn:logto:scope:trusted_devices',
] as const satisfies UserScope[];

/** Clients that introduce themselves by a document on the web: whether there may be any, and what they may ask for. */
export function DocumentClientsSection() {
  const { oidc } = usePhrases();
  const { api } = useConsole();
  const query = useQuery(documentClientsQuery(api));
  return (
    <Section title={oidc.documents.title} description={oidc.documents.lead}>
      <Loaded query={query} height={418}>
        {(stored) => <DocumentClientsForm stored={stored} />}
      </Loaded>
    </Section>
  );
}

function DocumentClientsForm({ stored }: { stored: DocumentClients }) {
  const { oidc, shell } = usePhrases();
  const { documents: t } = oidc;
  const save = useSaveDocumentClients(stored);
  // Kept after a save that failed half-way, whatever is stored by then.
  const [edited, setDraft] = useState<DocumentClients>();
  const draft = edited ?? stored;
  const dirty = JSON.stringify(draft) !== JSON.stringify(stored);
  const choose = (scopes: Partial<ScopeIds>) => setDraft({ ...draft, scopes: { ...draft.scopes, ...scopes } });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(draft, {
          onSuccess: () => {
            setDraft(undefined);
            notifyDone(shell.form.saved);
          },
        });
      }}
    >
      <Stack>
        <Switch
          label={t.enabled}
          description={t.enabledHint}
          checked={draft.enabled}
          onChange={({ currentTarget }) => setDraft({ ...draft, enabled: currentTarget.checked })}
        />
        <MultiSelect
          label={t.userScopes}
          description={t.userScopesHint}
          searchable
          data={[...userScopes]}
          value={draft.scopes.userScopes}
          onChange={(chosen) => choose({ userScopes: userScopes.filter((scope) => chosen.includes(scope)) })}
        />
        <Permissions scopes={draft.scopes} onChange={choose} />
        {save.error && <FailureAlert error={save.error} />}
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={save.isPending} disabled={!dirty}>
            {shell.actions.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Permissions({ scopes, onChange }: { scopes: ScopeIds; onChange: (scopes: Partial<ScopeIds>) => void }) {
  const { oidc } = usePhrases();
  const { documents: t } = oidc;
  const { api, config } = useConsole();
  const grantable = useQuery(grantableQuery(api));
  if (grantable.error) return <FailureAlert error={grantable.error} onRetry={() => grantable.refetch()} />;
  // The Management API is never a stranger's.
  const resources = (grantable.data?.resources ?? []).filter(
    ({ indicator }) => indicator !== config.managementResource,
  );
  const apiPermissions = resources.map(({ name, scopes: all = [] }) => ({
    group: name,
    items: all.map((scope) => ({ value: scope.id, label: scope.name })),
  }));
  const organizationPermissions = (grantable.data?.scopes ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const fields = [
    { kind: 'resourceScopes', data: apiPermissions },
    { kind: 'organizationScopes', data: organizationPermissions },
    { kind: 'organizationResourceScopes', data: apiPermissions },
  ] as const;
  return fields.map(({ kind, data }) => (
    <MultiSelect
      key={kind}
      label={t[kind]}
      searchable
      data={data}
      value={scopes[kind]}
      onChange={(chosen) => onChange({ [kind]: chosen })}
    />
  ));
}
