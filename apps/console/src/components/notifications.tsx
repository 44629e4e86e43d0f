import { MantineThemeProvider } from '@mantine/core';
import { Notifications as MantineNotifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { usePhrases } from '../i18n/language.tsx';

/** The corner where short messages appear; their close buttons have a name in the reader's language. */
export function Notifications() {
  const { close } = usePhrases().shell.actions;
  const theme = useMemo(
    () => ({ components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } } } }),
    [close],
  );
  return (
    <MantineThemeProvider theme={theme} inherit>
      <MantineNotifications position="bottom-right" />
    </MantineThemeProvider>
  );
}
