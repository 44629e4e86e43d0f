import type { Connector, ConnectorFactory } from '@latchkey/server/contract';
import { Switch } from '@mantine/core';
import { usePhrases } from '../../i18n/language.tsx';

/** What a connector does at each sign-in beside letting its user in. */
export type Behaviour = Pick<Connector, 'syncProfile' | 'enableTokenStorage'>;

type Props = {
  factory: Pick<ConnectorFactory, 'isTokenStorageSupported'>;
  value: Behaviour;
  onChange: (value: Behaviour) => void;
};

/** Whether the profile follows the provider, and whether its tokens are kept where the provider gives any. */
export function BehaviourSwitches({ factory, value, onChange }: Props) {
  const { fields: t } = usePhrases().connectors;
  return (
    <>
      <Switch
        label={t.syncProfile}
        description={t.syncProfileHint}
        checked={value.syncProfile}
        onChange={(event) => onChange({ ...value, syncProfile: event.currentTarget.checked })}
      />
      {factory.isTokenStorageSupported && (
        <Switch
          label={t.tokenStorage}
          description={t.tokenStorageHint}
          checked={value.enableTokenStorage}
          onChange={(event) => onChange({ ...value, enableTokenStorage: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
