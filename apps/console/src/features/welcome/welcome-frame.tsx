import { Container, Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Mark } from '../../components/mark.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { AppearanceMenu } from '../../shell/appearance-menu.tsx';
import { LanguageMenu } from '../../shell/language-menu.tsx';

/** The frame of the pages that are shown before anybody is signed in. */
export function WelcomeFrame({ children }: { children: ReactNode }) {
  const { shell: t } = usePhrases();
  return (
    <Container component="main" size={560} py={{ base: 'xl', sm: 72 }}>
      <Group justify="space-between" mb="lg">
        <Group gap="sm">
          <Mark size={36} />
          <Text fw={700} fz="xl">
            {t.productName}
          </Text>
        </Group>
        <Group gap={4}>
          <LanguageMenu />
          <AppearanceMenu />
        </Group>
      </Group>
      <Paper className="surface" p={{ base: 'lg', sm: 'xl' }} shadow="sm">
        {children}
      </Paper>
    </Container>
  );
}
