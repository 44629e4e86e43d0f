import { Box, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = { icon: ReactNode; title: string; description: string; action?: ReactNode };

/** Stands where a list would be while there is nothing in it. */
export function EmptyState({ icon, title, description, action }: Props) {
  return (
    <Stack align="center" ta="center" gap="xs" py={56} px="md">
      <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
        {icon}
      </ThemeIcon>
      <Title order={2} size="h4" mt="xs">
        {title}
      </Title>
      <Text className="quiet" maw="30rem">
        {description}
      </Text>
      {action && <Box mt="sm">{action}</Box>}
    </Stack>
  );
}
