import { Badge, Button, Group } from '@mantine/core';
import { IconDownload, IconPlus, IconToggleRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { EntryList } from '../../components/entry-list.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { RemoveButton } from '../../components/remove-button.tsx';
import { saveFile } from '../../components/save-file.ts';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import {
  type SigningKey,
  signingKeysQuery,
  useActivateSigningKey,
  useCreateSigningKey,
  useDeleteSigningKey,
} from './enterprise-sso.queries.ts';

/** Keys that requests to the provider can be signed with; the provider gets the certificate of the active one. */
export function SigningKeysSection({ connectorId }: { connectorId: string }) {
  const { enterpriseSso: t } = usePhrases();
  const { api } = useConsole();
  const { language } = useLanguage();
  const keys = useQuery(signingKeysQuery(api, connectorId));
  const create = useCreateSigningKey(connectorId);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const hasNone = keys.data?.length === 0;
  return (
    <Section
      title={t.signingKeys}
      description={t.signingKeysHint}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          loading={create.isPending}
          onClick={() => create.mutate(hasNone, { onSuccess: () => notifyDone(t.keyCreated) })}
        >
          {t.createKey}
        </Button>
      }
    >
      {create.error && <FailureAlert error={create.error} />}
      <EntryList
        query={keys}
        items={(all) => all}
        none={t.noKeys}
        entry={(key) => ({
          id: key.id,
          title: (
            <Group gap="xs">
              <span className="mono">{key.id}</span>
              {key.active && <Badge variant="light">{t.active}</Badge>}
            </Group>
          ),
          hint: t.keyFacts({ until: day.format(key.expiresAt), fingerprint: key.fingerprints.sha256.formatted }),
          action: <KeyActions connectorId={connectorId} signingKey={key} />,
        })}
      />
    </Section>
  );
}

function KeyActions({
  connectorId,
  signingKey: { id, active, certificate },
}: {
  connectorId: string;
  signingKey: SigningKey;
}) {
  const { enterpriseSso: t, lists } = usePhrases();
  const activate = useActivateSigningKey(connectorId);
  const remove = useDeleteSigningKey(connectorId);
  const download = () => saveFile(new Blob([certificate], { type: 'application/x-pem-file' }), `latchkey-${id}.pem`);
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={download}
        aria-label={t.downloadCertificateOf({ id })}
      >
        {t.certificate}
      </Button>
      {!active && (
        <>
          <ConfirmButton
            icon={<IconToggleRight size={16} aria-hidden />}
            label={t.activateOf({ id })}
            title={t.activateTitle}
            done={t.activated}
            confirmLabel={t.activate}
            onConfirm={() => activate.mutateAsync(id)}
          >
            {t.activateBody}
          </ConfirmButton>
          <RemoveButton
            label={lists.deleteOf({ name: id })}
            title={lists.deleteTitle({ name: id })}
            done={lists.deleted({ name: id })}
            onRemove={() => remove.mutateAsync(id)}
          >
            {t.deleteKeyBody}
          </RemoveButton>
        </>
      )}
    </Group>
  );
}
