import { Alert, Button, FileButton, Group, Progress, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconInfoCircle, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { LinesField } from '../security/lines-field.tsx';
import type { SettingsTabProps } from './settings-tab.types.ts';
import { useUploadPages } from './uploads.queries.ts';

/** Sign-in pages of the tenant's own making in place of the built-in ones. */
export function OwnPages({ settings, onChange }: SettingsTabProps) {
  const { ownPages: t } = usePhrases().signInExperience;
  const upload = useUploadPages();
  const [part, setPart] = useState(0);
  const { ownPages, scriptSources, connectSources } = settings;
  const time = useTimeFormat('minute');

  function send(file: File | null) {
    if (!file) return;
    setPart(0);
    upload.mutate(
      { file, onProgress: setPart },
      { onSuccess: ({ customUiAssetId: id }) => onChange({ ownPages: { id, createdAt: Date.now() } }) },
    );
  }

  return (
    <Section title={t.title} description={t.lead}>
      <Text size="sm" role="status">
        {ownPages ? t.shown({ time: time.format(ownPages.createdAt) }) : t.builtIn}
      </Text>
      <Group>
        <FileButton onChange={send} accept=".zip,application/zip">
          {(button) => (
            <Button
              {...button}
              variant="default"
              leftSection={<IconUpload size={16} aria-hidden />}
              loading={upload.isPending}
            >
              {ownPages ? t.replace : t.upload}
            </Button>
          )}
        </FileButton>
        {ownPages && <SwitchBack onConfirm={() => onChange({ ownPages: null })} />}
      </Group>
      <Text size="xs" className="quiet">
        {t.rules}
      </Text>
      {upload.isPending && <Progress value={part * 100} aria-label={t.progress} />}
      {upload.isError && <FailureAlert error={upload.error} />}
      {ownPages && (
        <>
          <Alert color="gray" icon={<IconInfoCircle aria-hidden />}>
            {t.policy}
          </Alert>
          <LinesField
            label={t.scripts}
            description={t.sourcesHint}
            value={scriptSources}
            onChange={(lines) => onChange({ scriptSources: lines })}
          />
          <LinesField
            label={t.connections}
            description={t.sourcesHint}
            value={connectSources}
            onChange={(lines) => onChange({ connectSources: lines })}
          />
        </>
      )}
    </Section>
  );
}

function SwitchBack({ onConfirm }: { onConfirm: () => void }) {
  const { ownPages: t } = usePhrases().signInExperience;
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="subtle" color="red" onClick={open}>
        {t.back}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t.backTitle}
        confirmLabel={t.back}
        onConfirm={() => {
          onConfirm();
          close();
        }}
        onClose={close}
      >
        {t.backBody}
      </ConfirmDialog>
    </>
  );
}
