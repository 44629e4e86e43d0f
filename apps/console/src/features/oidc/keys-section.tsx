import type { OidcKey, OidcKeyType } from '@latchkey/server/contract';
import { Badge, Button, Group, NativeSelect, NumberInput, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconRotate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { EntryList } from '../../components/entry-list.tsx';
import { notifyDone } from '../../components/notify.ts';
import { RemoveButton } from '../../components/remove-button.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { keysQuery, useDeleteKey, useRotateKeys } from './oidc.queries.ts';

const colors = { Next: 'yellow', Current: 'door', Previous: 'gray' } as const;
const algorithms = ['ES256', 'ES384', 'RS256', 'PS256'] as const;
const secondsPerHour = 3600;
const maxHours = 720;

/** The tenant's keys of one kind, the newest first; never the keys themselves. */
export function KeysSection({ keyType }: { keyType: OidcKeyType }) {
  const { oidc: t } = usePhrases();
  const { api } = useConsole();
  const query = useQuery(keysQuery(api, keyType));
  const [rotating, { open, close }] = useDisclosure(false);
  const current = query.data?.find(({ status }) => status === 'Current');
  return (
    <Section
      title={t.keys[keyType].title}
      description={t.keys[keyType].lead}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRotate size={14} aria-hidden />}
          aria-label={t.rotateOf({ name: t.keys[keyType].title })}
          disabled={!query.data}
          onClick={open}
        >
          {t.rotate}
        </Button>
      }
    >
      <EntryList
        query={query}
        items={(keys) => keys}
        none={t.none}
        entry={(key) => ({
          id: key.id,
          title: <KeyTitle oidcKey={key} />,
          hint: <KeyTimes oidcKey={key} />,
          action: key.status === 'Previous' && <DeleteKey keyType={keyType} id={key.id} />,
        })}
      />
      <Dialog opened={rotating} title={t.rotateTitle} onClose={close}>
        <RotateForm keyType={keyType} current={current} onClose={close} />
      </Dialog>
    </Section>
  );
}

function KeyTitle({ oidcKey: { id, status, signingAlgorithm } }: { oidcKey: OidcKey }) {
  const { oidc: t } = usePhrases();
  return (
    <Group gap="xs">
      <span className="mono">{id}</span>
      {signingAlgorithm && (
        <Badge color="gray" variant="light" tt="none">
          {signingAlgorithm}
        </Badge>
      )}
      {status && (
        <Badge color={colors[status]} variant="light" tt="none">
          {t.statuses[status]}
        </Badge>
      )}
    </Group>
  );
}

function KeyTimes({ oidcKey: { createdAt, effectiveAt, status } }: { oidcKey: OidcKey }) {
  const { oidc: t } = usePhrases();
  const time = useTimeFormat('minute');
  const created = t.created({ time: time.format(createdAt) });
  return status === 'Next' && effectiveAt !== undefined
    ? `${created} · ${t.effective({ time: time.format(effectiveAt) })}`
    : created;
}

function DeleteKey({ keyType, id }: { keyType: OidcKeyType; id: string }) {
  const { oidc: t, lists, shell } = usePhrases();
  const remove = useDeleteKey(keyType);
  return (
    <RemoveButton
      label={lists.deleteOf({ name: id })}
      title={t.deleteTitle}
      done={t.deleted}
      confirmLabel={shell.actions.delete}
      onRemove={() => remove.mutateAsync(id)}
    >
      {t.keys[keyType].deleteBody}
    </RemoveButton>
  );
}

type RotateProps = { keyType: OidcKeyType; current: OidcKey | undefined; onClose: () => void };

function RotateForm({ keyType, current, onClose }: RotateProps) {
  const { oidc: t } = usePhrases();
  const rotate = useRotateKeys(keyType);
  const [algorithm, setAlgorithm] = useState(current?.signingAlgorithm ?? 'ES256');
  const [hours, setHours] = useState<number | string>(24);
  const signs = keyType === 'private-keys';
  return (
    <DialogForm
      submitLabel={t.rotate}
      pending={rotate.isPending}
      error={rotate.error}
      onSubmit={(event) => {
        event?.preventDefault();
        const body = signs
          ? { signingKeyAlgorithm: algorithm, rotationGracePeriod: (Number(hours) || 0) * secondsPerHour }
          : {};
        rotate.mutate(body, {
          onSuccess: () => {
            notifyDone(t.rotated);
            onClose();
          },
        });
      }}
      onCancel={onClose}
    >
      <Text size="sm">{t.keys[keyType].rotateBody}</Text>
      {signs && (
        <>
          <NativeSelect
            label={t.algorithm}
            description={t.algorithmHint}
            data={[...algorithms]}
            value={algorithm}
            onChange={({ currentTarget: { value } }) =>
              setAlgorithm(algorithms.find((known) => known === value) ?? algorithm)
            }
          />
          <NumberInput
            label={t.grace}
            description={t.graceHint}
            min={0}
            max={maxHours}
            clampBehavior="strict"
            allowDecimal={false}
            value={hours}
            onChange={setHours}
          />
        </>
      )}
    </DialogForm>
  );
}
