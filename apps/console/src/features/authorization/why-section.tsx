import { Button, SimpleGrid, Stack } from '@mantine/core';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import type { Choice } from '../../components/pick-dialog.tsx';
import { SearchSelect } from '../../components/search-select.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { ruleChoices } from '../applications/access.queries.ts';
import { permissionChoices, resourceChoices, useAskWhy } from './authorization.queries.ts';
import { WhyAnswer } from './why-answer.tsx';

type Props = {
  /** Who is asked about. */
  holder: { userId: string } | { applicationId: string };
  name: string;
};

/** Asks whether somebody may do something here, and why; decided as the next token would be. */
export function WhySection({ holder, name }: Props) {
  const { authorization: t } = usePhrases();
  const { api } = useConsole();
  const [resource, setResource] = useState<Choice | null>(null);
  const [permission, setPermission] = useState<Choice | null>(null);
  const [organization, setOrganization] = useState<Choice | null>(null);
  const ask = useAskWhy();
  const ready = permission !== null && (resource !== null || organization !== null);
  const submit = () => {
    if (!permission) return;
    const question = { ...holder, scope: permission.label, resource: resource?.hint, organizationId: organization?.id };
    ask.mutate(question);
  };
  return (
    <Section title={t.title} description={t.hint}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack align="flex-start">
          <SimpleGrid cols={{ base: 1, sm: 3 }} w="100%">
            <SearchSelect
              label={t.resource}
              choices={resourceChoices(api)}
              chosen={resource}
              onChoose={(choice) => {
                setResource(choice);
                setPermission(null);
                ask.reset();
              }}
            />
            <SearchSelect
              key={resource?.id ?? ''}
              label={t.permission}
              choices={permissionChoices(api, resource)}
              chosen={permission}
              onChoose={(choice) => {
                setPermission(choice);
                ask.reset();
              }}
            />
            <SearchSelect
              label={t.organization}
              choices={ruleChoices(api, 'organizations')}
              chosen={organization}
              onChoose={(choice) => {
                setOrganization(choice);
                ask.reset();
              }}
            />
          </SimpleGrid>
          <Button type="submit" variant="default" disabled={!ready} loading={ask.isPending}>
            {t.ask}
          </Button>
        </Stack>
      </form>
      {ask.error && <FailureAlert error={ask.error} />}
      {ask.data && permission && <WhyAnswer answer={ask.data} name={name} permission={permission.label} />}
    </Section>
  );
}
