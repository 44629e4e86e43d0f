import { Button, Group, SimpleGrid, Stack } from '@mantine/core';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { SettingsForm } from '../sign-in-experience/settings-form.tsx';
import { LinesField } from './lines-field.tsx';
import { OptionalNumber } from './optional-number.tsx';
import { useUnlock } from './security.queries.ts';
import { UsernamesSection } from './usernames-section.tsx';

/** Lock-out, codes, usernames, and letting somebody in again. */
export function GeneralTab() {
  const { lockout, codes } = usePhrases().security;
  return (
    <Stack gap="lg">
      <SettingsForm>
        {({ settings: { sentinelPolicy, verificationCodePolicy, usernamePolicy }, onChange }) => (
          <>
            <Section title={lockout.title} description={lockout.lead}>
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <OptionalNumber
                  label={lockout.maxAttempts}
                  usual={100}
                  min={1}
                  max={1000}
                  value={sentinelPolicy.maxAttempts}
                  onChange={(maxAttempts) => onChange({ sentinelPolicy: { ...sentinelPolicy, maxAttempts } })}
                />
                <OptionalNumber
                  label={lockout.duration}
                  usual={60}
                  min={1}
                  max={525_600}
                  value={sentinelPolicy.lockoutDuration}
                  onChange={(lockoutDuration) => onChange({ sentinelPolicy: { ...sentinelPolicy, lockoutDuration } })}
                />
              </SimpleGrid>
            </Section>
            <Section title={codes.title} description={codes.lead}>
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <OptionalNumber
                  label={codes.expiration}
                  description={codes.expirationHint}
                  usual={600}
                  min={60}
                  max={3600}
                  value={verificationCodePolicy.expirationDuration}
                  onChange={(expirationDuration) =>
                    onChange({ verificationCodePolicy: { ...verificationCodePolicy, expirationDuration } })
                  }
                />
                <OptionalNumber
                  label={codes.retries}
                  description={'\u00a0'}
                  usual={10}
                  min={1}
                  max={100}
                  value={verificationCodePolicy.maxRetryAttempts}
                  onChange={(maxRetryAttempts) =>
                    onChange({ verificationCodePolicy: { ...verificationCodePolicy, maxRetryAttempts } })
                  }
                />
              </SimpleGrid>
            </Section>
            <UsernamesSection settings={{ usernamePolicy }} onChange={onChange} />
          </>
        )}
      </SettingsForm>
      <Unlock />
    </Stack>
  );
}

function Unlock() {
  const { unlock: t } = usePhrases().security;
  const [targets, setTargets] = useState<string[]>([]);
  const unlock = useUnlock();
  return (
    <Section title={t.title} description={t.lead}>
      <LinesField label={t.label} description={t.hint} value={targets} onChange={setTargets} />
      {unlock.isError && <FailureAlert error={unlock.error} />}
      <Group>
        <Button
          variant="default"
          disabled={targets.length === 0}
          loading={unlock.isPending}
          onClick={() =>
            unlock.mutate(targets, {
              onSuccess: () => {
                setTargets([]);
                notifyDone(t.done);
              },
            })
          }
        >
          {t.action}
        </Button>
      </Group>
    </Section>
  );
}
