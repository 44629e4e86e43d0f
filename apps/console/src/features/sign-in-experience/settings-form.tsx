import type { SignInExperience } from '@latchkey/server/contract';
import { Alert, Skeleton, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone, notifyFailed } from '../../components/notify.ts';
import { SaveBar } from '../../components/save-bar.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { changesOf, type SettingsDraft } from './settings-draft.ts';
import { signInExperienceQuery, useUpdateSignInExperience } from './sign-in-experience.queries.ts';

type Props = {
  children: (draft: SettingsDraft) => ReactNode;
  /** What stands against saving, in words. */
  problemsOf?: (settings: SignInExperience) => string[];
  /** Paths that show parts of the same form start with this. */
  within?: string;
};

/** A form over the sign-in experience's own fields: only what was changed is kept, and sent. */
export function SettingsForm(props: Props) {
  const { api } = useConsole();
  const experience = useQuery(signInExperienceQuery(api));
  if (experience.isPending) return <Skeleton height={560} />;
  if (experience.isError) return <FailureAlert error={experience.error} onRetry={() => experience.refetch()} />;
  return <DraftForm {...props} stored={experience.data} />;
}

function DraftForm({ stored, children, problemsOf, within }: Props & { stored: SignInExperience }) {
  const { signInExperience: t, shell } = usePhrases();
  const update = useUpdateSignInExperience();
  const [edits, setEdits] = useState<SettingsDraft['edits']>({});
  const settings = { ...stored, ...edits };
  const changes = changesOf(stored, edits);
  const problems = problemsOf?.(settings) ?? [];

  function save() {
    if (problems.length > 0) {
      notifyFailed(t.problems.contradiction);
      return;
    }
    update.mutate(changes, {
      onSuccess: () => {
        setEdits({});
        notifyDone(shell.form.saved);
      },
    });
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="lg">
        {children({ settings, edits, onChange: (next) => setEdits((current) => ({ ...current, ...next })) })}
        {problems.map((problem) => (
          <Alert key={problem} color="yellow" icon={<IconAlertTriangle aria-hidden />} role="status">
            {problem}
          </Alert>
        ))}
        {update.isError && <FailureAlert error={update.error} />}
        <SaveBar
          dirty={Object.keys(changes).length > 0}
          pending={update.isPending}
          within={within}
          onDiscard={() => {
            setEdits({});
            update.reset();
          }}
        />
      </Stack>
    </form>
  );
}
