import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import type { Connector } from '@latchkey/server/contract';
import { ActionIcon, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconGripVertical, IconX } from '@tabler/icons-react';
import { usePhrases } from '../../i18n/language.tsx';
import { ConnectorLogo } from '../connectors/connector-logo.tsx';
import classes from './sign-in-experience.module.css';

type Props = {
  target: string;
  name: string;
  /** Missing when the last connector of the target was deleted. */
  connector?: Connector;
  onRemove: () => void;
};

/** One social button in the list that sets their order. */
export function SocialTarget({ target, name, connector, onRemove }: Props) {
  const { social: t } = usePhrases().signInExperience;
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: target,
  });

  return (
    <li
      ref={setNodeRef}
      className={classes.target}
      data-dragging={isDragging}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <Group wrap="nowrap" gap="sm">
        <ActionIcon
          ref={setActivatorNodeRef}
          variant="subtle"
          color="gray"
          size="lg"
          className={classes.grip}
          {...attributes}
          {...listeners}
          aria-label={t.move({ name })}
        >
          <IconGripVertical size={18} aria-hidden />
        </ActionIcon>
        {connector && <ConnectorLogo logo={connector.logo} logoDark={connector.logoDark} size={32} />}
        <Text fw={500} truncate flex={1}>
          {name}
        </Text>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t.remove({ name })} onClick={onRemove}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </Group>
      {!connector && (
        <Group gap={6} wrap="nowrap" className={classes.orphan}>
          <IconAlertTriangle size={16} aria-hidden />
          <Text size="sm">{t.orphan}</Text>
        </Group>
      )}
    </li>
  );
}
