import type { ConsentScopes, ScopeType } from '@latchkey/server/contract';
import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { EntryList } from '../../components/entry-list.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PickDialog } from '../../components/pick-dialog.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import {
  consentScopesQuery,
  entriesOf,
  newConsentChoices,
  useAddConsentScopes,
  useRemoveConsentScope,
} from './consent.queries.ts';

const kinds = [
  'user-scopes',
  'resource-scopes',
  'organization-scopes',
  'organization-resource-scopes',
] as const satisfies ScopeType[];

/** What a third-party application may ask its users for; they decide on the consent page. */
export function ConsentTab({ applicationId }: { applicationId: string }) {
  const { api } = useConsole();
  const query = useQuery(consentScopesQuery(api, applicationId));
  return (
    <Loaded query={query} height={800}>
      {() => (
        <Stack gap="lg">
          {kinds.map((kind) => (
            <ScopesSection key={kind} applicationId={applicationId} kind={kind} query={query} />
          ))}
        </Stack>
      )}
    </Loaded>
  );
}

type SectionProps = { applicationId: string; kind: ScopeType; query: UseQueryResult<ConsentScopes> };

function ScopesSection({ applicationId, kind, query }: SectionProps) {
  const { applicationTabs, lists } = usePhrases();
  const { consent: t } = applicationTabs;
  const { api, config } = useConsole();
  const [picking, { open, close }] = useDisclosure(false);
  const add = useAddConsentScopes(applicationId, kind);
  const remove = useRemoveConsentScope(applicationId, kind);
  const { managementResource } = config;
  const { title, hint, none } = t.kinds[kind];
  return (
    <Section
      title={title}
      description={hint}
      actions={
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={open}>
          {t.add}
        </Button>
      }
    >
      <EntryList
        query={query}
        items={(scopes) => entriesOf(scopes, kind, t.userScopes)}
        none={none}
        entry={({ id, label, hint: about }) => ({
          id,
          title: <span className="mono">{label}</span>,
          hint: about,
          action: (
            <RemoveButton
              label={lists.removeOf({ name: label })}
              title={lists.removeTitle({ name: label })}
              done={lists.removed({ name: label })}
              onRemove={() => remove.mutateAsync(id)}
            >
              {t.removeBody}
            </RemoveButton>
          ),
        })}
      />
      <PickDialog
        opened={picking}
        title={t.addTo({ kind: title })}
        choices={newConsentChoices(api, { applicationId, kind, texts: t.userScopes, managementResource })}
        none={t.nothingToAdd}
        onPick={add.mutateAsync}
        onClose={close}
      />
    </Section>
  );
}
