import { IconToggleLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SigningKeys } from '../../components/signing-keys.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { samlKeysQuery, useCreateSamlKey, useDeleteSamlKey, useSetSamlKeyActive } from './saml-applications.queries.ts';

/** As long as the key that an application begins with. */
const LIFE_SPAN_IN_YEARS = 3;

/** Keys that answers are signed with: a new one is told to the service provider before it takes over. */
export function SamlKeysSection({ applicationId }: { applicationId: string }) {
  const { samlApplications: t, enterpriseSso } = usePhrases();
  const { api } = useConsole();
  const keys = useQuery(samlKeysQuery(api, applicationId));
  const create = useCreateSamlKey(applicationId);
  const setActive = useSetSamlKeyActive(applicationId);
  const remove = useDeleteSamlKey(applicationId);
  return (
    <SigningKeys
      title={t.keys}
      description={t.keysHint}
      keys={keys}
      none={t.noKeys}
      create={{
        isPending: create.isPending,
        error: create.error,
        run: () => create.mutate(LIFE_SPAN_IN_YEARS, { onSuccess: () => notifyDone(enterpriseSso.keyCreated) }),
      }}
      activation={{ body: t.activateBody, done: t.activated }}
      onActivate={(secretId) => setActive.mutateAsync({ secretId, active: true })}
      onRemove={(id) => remove.mutateAsync(id)}
      activeKeyAction={(secretId) => (
        <ConfirmButton
          icon={<IconToggleLeft size={16} aria-hidden />}
          label={t.deactivateOf({ id: secretId })}
          title={t.deactivateTitle}
          done={t.deactivated}
          confirmLabel={t.deactivate}
          onConfirm={() => setActive.mutateAsync({ secretId, active: false })}
        >
          {t.deactivateBody}
        </ConfirmButton>
      )}
    />
  );
}
