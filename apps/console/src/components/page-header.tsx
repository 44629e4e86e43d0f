import { Box, Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { usePhrases } from '../i18n/language.tsx';
import { keepFocus } from './keep-focus.ts';

type Props = {
  title: string;
  /** The tab that is open: it stands in the window's title, so that bookmarks and history tell tabs apart. */
  part?: string;
  description?: ReactNode;
  above?: ReactNode;
  actions?: ReactNode;
};

/** The heading of a page: title, one line that says what it is for, and its main actions. */
export function PageHeader({ title, part, description, above, actions }: Props) {
  const { shell: t } = usePhrases();
  useDocumentTitle([part, title, t.productName].filter(Boolean).join(' · '));
  // The page before is gone, with the link that led here.
  useEffect(keepFocus, []);
  return (
    <Box component="header" mb="lg">
      {above}
      <Group justify="space-between" align="flex-start" gap="md">
        <Box miw={0} flex="1 1 20rem">
          <Title order={1} style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          {description && (
            <Text className="quiet" mt={4} maw="46rem">
              {description}
            </Text>
          )}
        </Box>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
    </Box>
  );
}
