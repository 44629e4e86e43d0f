import type { Application } from '@latchkey/server/contract';
import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { FailureAlert } from '../../../components/failure-alert.tsx';
import { usePhrases } from '../../../i18n/language.tsx';
import { redirectKind } from '../application-form.ts';
import { useUpdateApplication } from '../applications.queries.ts';
import { UriListField } from '../uri-list-field.tsx';
import { listProblems, redirectUriProblem } from '../uri-rules.ts';
import classes from './guide.module.css';

type Field = 'redirectUris' | 'postLogoutRedirectUris';

type Props = { application: Application; field: Field; suggestion: string };

/** Edits and saves one list of addresses of the application from inside its guide. */
export function GuideUris({ application, field, suggestion }: Props) {
  const { applications: t } = usePhrases();
  const saved = application.oidcClientMetadata[field];
  const [entries, setEntries] = useState(() => (saved.length === 0 ? [suggestion] : saved));
  const update = useUpdateApplication(application.id);
  const filled = entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
  const dirty = filled.join('\n') !== saved.join('\n');
  const problems = listProblems(entries, (uri) => redirectUriProblem(uri, redirectKind(application.type)));
  const { urls, uriProblems } = t.details;
  const save = () =>
    update.mutate(
      { oidcClientMetadata: { ...application.oidcClientMetadata, [field]: filled } },
      { onSuccess: ({ oidcClientMetadata }) => setEntries(oidcClientMetadata[field]) },
    );

  return (
    <div className={classes.panel}>
      <UriListField
        label={field === 'redirectUris' ? urls.redirectUris : urls.postSignOutUris}
        description={field === 'redirectUris' ? urls.redirectUrisHint : urls.postSignOutUrisHint}
        placeholder={suggestion}
        values={entries}
        errors={problems.map((problem) => problem && uriProblems[problem])}
        onChange={setEntries}
      />
      {update.error && <FailureAlert error={update.error} />}
      <Group justify="space-between" mt="sm" mih={36}>
        <Text size="sm" className="quiet" role="status">
          {dirty ? (
            saved.length === 0 && t.guide.useSuggestion
          ) : (
            <Group component="span" gap={6}>
              <IconCircleCheck size={16} aria-hidden /> {t.guide.savedHere}
            </Group>
          )}
        </Text>
        {dirty && (
          <Button onClick={save} loading={update.isPending} disabled={problems.some((problem) => problem !== null)}>
            {t.guide.saveUris}
          </Button>
        )}
      </Group>
    </div>
  );
}
