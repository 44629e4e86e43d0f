import { useQuery } from '@tanstack/react-query';
import { notifyDone } from '../../components/notify.ts';
import { SigningKeys } from '../../components/signing-keys.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import {
  signingKeysQuery,
  useActivateSigningKey,
  useCreateSigningKey,
  useDeleteSigningKey,
} from './enterprise-sso.queries.ts';

/** Keys that requests to the provider can be signed with; the provider gets the certificate of the active one. */
export function SigningKeysSection({ connectorId }: { connectorId: string }) {
  const { enterpriseSso: t } = usePhrases();
  const { api } = useConsole();
  const keys = useQuery(signingKeysQuery(api, connectorId));
  const create = useCreateSigningKey(connectorId);
  const activate = useActivateSigningKey(connectorId);
  const remove = useDeleteSigningKey(connectorId);
  const hasNone = keys.data?.length === 0;
  return (
    <SigningKeys
      title={t.signingKeys}
      description={t.signingKeysHint}
      keys={keys}
      none={t.noKeys}
      create={{
        isPending: create.isPending,
        error: create.error,
        run: () => create.mutate(hasNone, { onSuccess: () => notifyDone(t.keyCreated) }),
      }}
      activation={{ body: t.activateBody, done: t.activated }}
      onActivate={(id) => activate.mutateAsync(id)}
      onRemove={(id) => remove.mutateAsync(id)}
    />
  );
}
