import type { MergeField, MergeReport, User } from '@latchkey/server/contract';
import { Alert, Button, Checkbox, List, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import type { Choice } from '../../components/pick-dialog.tsx';
import { SearchSelect } from '../../components/search-select.tsx';
import { Section } from '../../components/section.tsx';
import { userName } from '../../components/user-name.ts';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { mergePreviewQuery, otherUserChoices, useMergeUser } from './merge.queries.ts';

/** Makes one account of two; the other one is gone afterwards. */
export function MergeSection({ user }: { user: User }) {
  const { merge: t } = usePhrases().users;
  const [merging, { open, close }] = useDisclosure(false);
  return (
    <Section
      title={t.title}
      description={t.hint}
      actions={
        <Button variant="default" onClick={open}>
          {t.open}
        </Button>
      }
    >
      <Dialog opened={merging} title={t.dialogTitle({ name: userName(user) })} size="lg" onClose={close}>
        <MergeForm user={user} onClose={close} />
      </Dialog>
    </Section>
  );
}

function MergeForm({ user, onClose }: { user: User; onClose: () => void }) {
  const { users, shell } = usePhrases();
  const { merge: t } = users;
  const { api } = useConsole();
  const [source, setSource] = useState<Choice | null>(null);
  const [prefer, setPrefer] = useState<MergeField[]>([]);
  const [typed, setTyped] = useState('');
  const preview = useQuery({
    ...mergePreviewQuery(api, user.id, source?.id ?? '', prefer),
    enabled: source !== null,
  });
  const merge = useMergeUser(user.id);
  const ready =
    source !== null && preview.data !== undefined && !preview.isPlaceholderData && typed.trim() === source.label;
  const submit = () => {
    if (!source || !ready) return;
    merge.mutate(
      { sourceUserId: source.id, prefer },
      {
        onSuccess: () => {
          notifyDone(t.done({ name: source.label }));
          onClose();
        },
      },
    );
  };
  return (
    <DialogForm
      submitLabel={t.submit}
      pending={merge.isPending}
      error={merge.error}
      disabled={!ready}
      onSubmit={(event) => {
        event?.preventDefault();
        submit();
      }}
      onCancel={onClose}
    >
      <SearchSelect
        label={t.source}
        description={t.sourceHint}
        choices={otherUserChoices(api, user.id)}
        chosen={source}
        onChoose={(choice) => {
          setSource(choice);
          setPrefer([]);
          setTyped('');
        }}
      />
      {preview.error && <FailureAlert error={preview.error} onRetry={() => preview.refetch()} />}
      {source && !preview.data && !preview.error && <Skeleton height={120} />}
      {source && preview.data && (
        <>
          <Preview report={preview.data} source={source.label} prefer={prefer} onPrefer={setPrefer} />
          <TextInput
            label={shell.form.typeToConfirm({ name: source.label })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
        </>
      )}
    </DialogForm>
  );
}

type PreviewProps = {
  report: MergeReport;
  source: string;
  prefer: MergeField[];
  onPrefer: (fields: MergeField[]) => void;
};

/** What would come over, what would be lost, and the choice between the two where an account has one of a kind. */
function Preview({ report, source, prefer, onPrefer }: PreviewProps) {
  const { merge: t } = usePhrases().users;
  const { moved, conflicts } = report;
  const single = conflicts.filter(({ what }) => isField(what));
  const several = conflicts.filter(({ what }) => !isField(what));
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm" fw={600}>
          {t.moved}
        </Text>
        {moved.length === 0 && <Text size="sm">{t.nothingMoved}</Text>}
        <List size="sm">
          {moved.map(({ what, count }) => (
            <List.Item key={what}>
              {t.whats[what]}
              {!isField(what) && `: ${count}`}
            </List.Item>
          ))}
        </List>
      </div>
      {single.length > 0 && (
        <Checkbox.Group
          label={t.both}
          description={t.bothHint({ name: source })}
          value={prefer}
          onChange={(fields) => onPrefer(fields as MergeField[])}
        >
          <Stack gap="xs" mt="xs">
            {single.map(({ what }) => (
              <Checkbox key={what} value={what} label={t.whats[what]} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      {several.length > 0 && (
        <div>
          <Text size="sm" fw={600}>
            {t.lost({ name: source })}
          </Text>
          <List size="sm">
            {several.map(({ what, keys }) => (
              <List.Item key={what}>{[t.whats[what], keys.join(', ')].filter(Boolean).join(': ')}</List.Item>
            ))}
          </List>
        </div>
      )}
      <Alert color="red">{t.warning({ name: source })}</Alert>
    </Stack>
  );
}

/** What an account has one of. */
const fields: readonly MergeField[] = ['username', 'primaryEmail', 'primaryPhone', 'name', 'avatar', 'password'];
const isField = (what: string): boolean => fields.some((field) => field === what);
