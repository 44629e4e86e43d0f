import { Badge, Button, Group } from '@mantine/core';
import { IconDownload, IconPlus, IconToggleLeft, IconToggleRight } from '@tabler/icons-react';
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
  type SamlKey,
  samlKeysQuery,
  useCreateSamlKey,
  useDeleteSamlKey,
  useSetSamlKeyActive,
} from './saml-applications.queries.ts';

/** As long as the key that an application begins with. */
const LIFE_SPAN_IN_YEARS = 3;

/** Keys that answers are signed with: a new one is told to the service provider before it takes over. */
export function SamlKeysSection({ applicationId }: { applicationId: string }) {
  const { samlApplications: t, enterpriseSso } = usePhrases();
  const { api } = useConsole();
  const { language } = useLanguage();
  const keys = useQuery(samlKeysQuery(api, applicationId));
  const create = useCreateSamlKey(applicationId);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  return (
    <Section
      title={t.keys}
      description={t.keysHint}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          loading={create.isPending}
          onClick={() => create.mutate(LIFE_SPAN_IN_YEARS, { onSuccess: () => notifyDone(enterpriseSso.keyCreated) })}
        >
          {enterpriseSso.createKey}
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
              {key.active && <Badge variant="light">{enterpriseSso.active}</Badge>}
              {new Date(key.expiresAt) <= new Date() && (
                <Badge variant="light" color="red">
                  {t.expired}
                </Badge>
              )}
            </Group>
          ),
          hint: enterpriseSso.keyFacts({
            until: day.format(new Date(key.expiresAt)),
            fingerprint: key.fingerprints.sha256.formatted,
          }),
          action: <KeyActions applicationId={applicationId} samlKey={key} />,
        })}
      />
    </Section>
  );
}

function KeyActions({
  applicationId,
  samlKey: { id, active, certificate },
}: {
  applicationId: string;
  samlKey: SamlKey;
}) {
  const { samlApplications: t, enterpriseSso, lists } = usePhrases();
  const setActive = useSetSamlKeyActive(applicationId);
  const remove = useDeleteSamlKey(applicationId);
  const download = () => saveFile(new Blob([certificate], { type: 'application/x-pem-file' }), `latchkey-${id}.pem`);
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={download}
        aria-label={enterpriseSso.downloadCertificateOf({ id })}
      >
        {enterpriseSso.certificate}
      </Button>
      {active ? (
        <ConfirmButton
          icon={<IconToggleLeft size={16} aria-hidden />}
          label={t.deactivateOf({ id })}
          title={t.deactivateTitle}
          done={t.deactivated}
          confirmLabel={t.deactivate}
          onConfirm={() => setActive.mutateAsync({ secretId: id, active: false })}
        >
          {t.deactivateBody}
        </ConfirmButton>
      ) : (
        <>
          <ConfirmButton
            icon={<IconToggleRight size={16} aria-hidden />}
            label={enterpriseSso.activateOf({ id })}
            title={enterpriseSso.activateTitle}
            done={t.activated}
            confirmLabel={enterpriseSso.activate}
            onConfirm={() => setActive.mutateAsync({ secretId: id, active: true })}
          >
            {t.activateBody}
          </ConfirmButton>
          <RemoveButton
            label={lists.deleteOf({ name: id })}
            title={lists.deleteTitle({ name: id })}
            done={lists.deleted({ name: id })}
            onRemove={() => remove.mutateAsync(id)}
          >
            {enterpriseSso.deleteKeyBody}
          </RemoveButton>
        </>
      )}
    </Group>
  );
}
