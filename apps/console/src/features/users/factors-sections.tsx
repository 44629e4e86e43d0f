import type { Factor } from '@latchkey/server/contract';
import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { EntryList } from '../../components/entry-list.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { devicesQuery, factorsQuery, useForgetDevice, useRecoveryLink, useRemoveFactor } from './users.queries.ts';

/** E-mail and phone are factors by themselves: they go with the address or the number. */
const standsAlone = ({ type }: Factor) => type !== 'EmailVerificationCode' && type !== 'PhoneVerificationCode';

/** The user's second factors, and the way back in for somebody who has lost them. */
export function FactorsSection({ userId }: { userId: string }) {
  const { users, lists } = usePhrases();
  const { factors: t } = users;
  const { api } = useConsole();
  const time = useTimeFormat('minute');
  const query = useQuery(factorsQuery(api, userId));
  const remove = useRemoveFactor(userId);
  const hintOf = ({ agent, remainCodes, lastUsedAt }: Factor) =>
    [
      agent,
      remainCodes === undefined ? undefined : t.codesLeft({ count: remainCodes }),
      lastUsedAt && t.lastUsed({ time: time.format(new Date(lastUsedAt)) }),
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <Section title={t.title} description={t.hint} actions={<RecoveryLink userId={userId} />}>
      <EntryList
        query={query}
        items={(factors) => factors}
        none={t.none}
        entry={(factor) => {
          const name = factor.name ?? t.types[factor.type];
          return {
            id: factor.id,
            title: name,
            hint: hintOf(factor),
            action: standsAlone(factor) && (
              <RemoveButton
                label={lists.removeOf({ name })}
                title={lists.removeTitle({ name })}
                done={lists.removed({ name })}
                onRemove={() => remove.mutateAsync(factor.id)}
              >
                {t.removeBody}
              </RemoveButton>
            ),
          };
        }}
      />
    </Section>
  );
}

function RecoveryLink({ userId }: { userId: string }) {
  const { factors: t } = usePhrases().users;
  const time = useTimeFormat('minute');
  const [asking, { open, close }] = useDisclosure(false);
  const create = useRecoveryLink(userId);
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        {t.recovery}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t.recovery}
        confirmLabel={t.recovery}
        pending={create.isPending}
        error={create.error}
        onConfirm={() => create.mutate(undefined, { onSuccess: close })}
        onClose={close}
      >
        {t.recoveryBody}
      </ConfirmDialog>
      <Dialog opened={create.data !== undefined} title={t.recoveryUrl} onClose={() => create.reset()}>
        {create.data && (
          <Stack>
            <CopyableValue label={t.recoveryUrl} value={create.data.url} />
            <Text size="sm">{t.recoveryUntil({ time: time.format(create.data.expiresAt) })}</Text>
          </Stack>
        )}
      </Dialog>
    </>
  );
}

/** Browsers that skip the second step. */
export function TrustedDevicesSection({ userId }: { userId: string }) {
  const { users, lists } = usePhrases();
  const { devices: t } = users;
  const { api } = useConsole();
  const time = useTimeFormat('minute');
  const query = useQuery(devicesQuery(api, userId));
  const forget = useForgetDevice(userId);
  return (
    <Section title={t.title} description={t.hint}>
      <EntryList
        query={query}
        items={(devices) => devices}
        none={t.none}
        entry={({ id, userAgent, ip, expiresAt }) => {
          const name = userAgent ?? t.unknown;
          return {
            id,
            title: name,
            hint: [ip, t.until({ time: time.format(expiresAt) })].filter(Boolean).join(' · '),
            action: (
              <RemoveButton
                label={lists.removeOf({ name })}
                title={lists.removeTitle({ name })}
                done={lists.removed({ name })}
                onRemove={() => forget.mutateAsync(id)}
              >
                {t.removeBody}
              </RemoveButton>
            ),
          };
        }}
      />
    </Section>
  );
}
