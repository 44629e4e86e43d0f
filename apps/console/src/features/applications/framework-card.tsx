import { Badge, Box, Group, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './framework-card.module.css';

type Props = { name: string; description: string; kind: string; logo: ReactNode; onPick: () => void };

/** A card to pick a framework by; what it opens asks for the application's name. */
export function FrameworkCard({ name, description, kind, logo, onPick }: Props) {
  return (
    <UnstyledButton className={`surface card-button ${classes.card}`} onClick={onPick} aria-haspopup="dialog">
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <span className={classes.logo}>{logo}</span>
        <Box miw={0}>
          <Text component="span" display="block" fw={600}>
            {name}
          </Text>
          <Text component="span" display="block" size="sm" className="quiet" mt={2}>
            {description}
          </Text>
          <Badge component="span" mt="sm" variant="light" color="gray" size="sm">
            {kind}
          </Badge>
        </Box>
      </Group>
    </UnstyledButton>
  );
}
