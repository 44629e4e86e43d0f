import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

type Props = { title: string; description?: ReactNode; actions?: ReactNode; children?: ReactNode };

/** A titled card that groups fields which belong together. */
export function Section({ title, description, actions, children }: Props) {
  const headingId = useId();
  return (
    <Box component="section" className="surface" p={{ base: 'md', sm: 'lg' }} aria-labelledby={headingId}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box flex="1 1 16rem" miw={0}>
          <Title order={2} size="h4" id={headingId}>
            {title}
          </Title>
          {description && (
            <Text size="sm" className="quiet" mt={2}>
              {description}
            </Text>
          )}
        </Box>
        {actions}
      </Group>
      {children && (
        <Stack gap="md" mt="md">
          {children}
        </Stack>
      )}
    </Box>
  );
}
