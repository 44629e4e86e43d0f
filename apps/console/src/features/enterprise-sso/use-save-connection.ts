import type { FormErrors } from '@mantine/form';
import { notifyDone } from '../../components/notify.ts';
import { usePhrases } from '../../i18n/language.tsx';
import { rejectedFields } from '../connectors/rejected-fields.ts';
import { type SsoConnector, useUpdateSsoConnector } from './enterprise-sso.queries.ts';

/** Saves a configuration, which the server tries out at the provider; what is refused is shown at its field. */
export function useSaveConnection(id: string) {
  const { enterpriseSso: t, connectors } = usePhrases();
  const update = useUpdateSsoConnector(id);
  return {
    pending: update.isPending,
    failure: update.error,
    save(
      config: SsoConnector['config'],
      form: {
        keys: readonly string[];
        onSaved: (config: SsoConnector['config']) => void;
        onRefused: (errors: FormErrors) => void;
      },
    ) {
      update.mutate(
        { config },
        {
          onSuccess: (saved) => {
            form.onSaved(saved.config);
            notifyDone(t.connected);
          },
          onError: (error) => {
            const refused = rejectedFields(error, form.keys);
            const { refused: because, refusedPlainly } = connectors.problems;
            form.onRefused(
              Object.fromEntries(
                Object.entries(refused).map(([key, reason]) => [key, reason ? because({ reason }) : refusedPlainly]),
              ),
            );
          },
        },
      );
    },
  };
}
