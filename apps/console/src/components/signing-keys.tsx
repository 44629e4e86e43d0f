import { Badge, Button, Group } from '@mantine/core';
import { IconDownload, IconPlus, IconToggleRight } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { usePhrases } from '../i18n/language.tsx';
import { useTimeFormat } from '../i18n/time-format.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { EntryList } from './entry-list.tsx';
import { FailureAlert } from './failure-alert.tsx';
import { RemoveButton } from './remove-button.tsx';
import { saveFile } from './save-file.ts';
import { Section } from './section.tsx';

/** A key that SAML messages are signed with, and its certificate for the other side. */
interface Key {
  id: string;
  active: boolean;
  expiresAt: number | string;
  /** In PEM. */
  certificate: string;
  fingerprints: { sha256: { formatted: string } };
}

interface Props<Each extends Key> {
  title: string;
  description: string;
  keys: UseQueryResult<Each[]>;
  /** Said when there is none. */
  none: string;
  create: { isPending: boolean; error: Error | null; run: () => void };
  /** What it means that a key takes over, and what is said when it has. */
  activation: { body: string; done: string };
  onActivate: (id: string) => Promise<unknown>;
  onRemove: (id: string) => Promise<unknown>;
  /** What can be done with the active key beside reading its certificate. */
  activeKeyAction?: (id: string) => ReactNode;
}

/** Keys of which one signs: a new one is made and told to the other side before it takes over. */
export function SigningKeys<Each extends Key>(props: Props<Each>) {
  const { title, description, keys, none, create, activation, onActivate, onRemove, activeKeyAction } = props;
  const { enterpriseSso: t, lists, samlApplications } = usePhrases();
  const day = useTimeFormat('day');
  const actionsOf = ({ id, active, certificate }: Key) => (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => saveFile(new Blob([certificate], { type: 'application/x-pem-file' }), `latchkey-${id}.pem`)}
        aria-label={t.downloadCertificateOf({ id })}
      >
        {t.certificate}
      </Button>
      {active ? (
        activeKeyAction?.(id)
      ) : (
        <>
          <ConfirmButton
            icon={<IconToggleRight size={16} aria-hidden />}
            label={t.activateOf({ id })}
            title={t.activateTitle}
            done={activation.done}
            confirmLabel={t.activate}
            onConfirm={() => onActivate(id)}
          >
            {activation.body}
          </ConfirmButton>
          <RemoveButton
            label={lists.deleteOf({ name: id })}
            title={lists.deleteTitle({ name: id })}
            done={lists.deleted({ name: id })}
            onRemove={() => onRemove(id)}
          >
            {t.deleteKeyBody}
          </RemoveButton>
        </>
      )}
    </Group>
  );
  return (
    <Section
      title={title}
      description={description}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          loading={create.isPending}
          onClick={create.run}
        >
          {t.createKey}
        </Button>
      }
    >
      {create.error && <FailureAlert error={create.error} />}
      <EntryList
        query={keys}
        items={(all) => all}
        none={none}
        entry={(key) => ({
          id: key.id,
          title: (
            <Group gap="xs">
              <span className="mono">{key.id}</span>
              {key.active && <Badge variant="light">{t.active}</Badge>}
              {new Date(key.expiresAt) <= new Date() && (
                <Badge variant="light" color="red">
                  {samlApplications.expired}
                </Badge>
              )}
            </Group>
          ),
          hint: t.keyFacts({
            until: day.format(new Date(key.expiresAt)),
            fingerprint: key.fingerprints.sha256.formatted,
          }),
          action: actionsOf(key),
        })}
      />
    </Section>
  );
}
