import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { LinkButton } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { ScriptCard } from './script-card.tsx';
import { scriptsQuery } from './scripts.queries.ts';
import { type ActionName, actionSlots } from './slots.ts';

/** Scripts that take part in a sign-in. */
export function ActionsPage() {
  const { scripts: t } = usePhrases();
  const { api } = useConsole();
  const scripts = useQuery(scriptsQuery(api));
  return (
    <>
      <PageHeader title={t.actionsTitle} description={t.actionsLead} />
      <Loaded query={scripts} height={196}>
        {(stored) => (
          <Stack gap="lg">
            {(Object.keys(actionSlots) as ActionName[]).map((action) => (
              <ScriptCard
                key={action}
                slot={actionSlots[action]}
                stored={stored[actionSlots[action]]}
                action={
                  <LinkButton to="/actions/$action" params={{ action }} size="xs" variant="default">
                    {stored[actionSlots[action]] ? t.edit : t.write}
                  </LinkButton>
                }
              />
            ))}
          </Stack>
        )}
      </Loaded>
    </>
  );
}
