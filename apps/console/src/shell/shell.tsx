import { AppShell, Burger, Group, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { keepFocus } from '../components/keep-focus.ts';
import { Mark } from '../components/mark.tsx';
import { usePhrases } from '../i18n/language.tsx';
import { AccountMenu } from './account-menu.tsx';
import { AppearanceMenu } from './appearance-menu.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { Navigation } from './navigation.tsx';
import classes from './shell.module.css';

/** The frame of every signed-in page: top bar, navigation, content. */
export function Shell() {
  const { shell: t } = usePhrases();
  const [opened, { toggle, close }] = useDisclosure(false);
  // The navigation is longer than many windows: where one comes in by a link, it shows where one is.
  useEffect(() => {
    document.querySelector('#navigation [aria-current="page"]')?.scrollIntoView({ block: 'nearest' });
  }, []);

  const router = useRouter();
  // A dialog that leads to another page is gone only after that is drawn.
  useEffect(() => router.subscribe('onRendered', keepFocus), [router]);

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      classNames={{ header: classes.header, navbar: classes.navbar, main: classes.main }}
      padding={0}
    >
      <a href="#content" className="skip-link">
        {t.skipToContent}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-expanded={opened}
              aria-controls="navigation"
              aria-label={opened ? t.navigation.close : t.navigation.open}
            />
            <UnstyledButton component={Link} to="/get-started" className={classes.product}>
              <Mark />
              <Text component="span" fw={700} fz="lg" lh={1}>
                {t.productName}
              </Text>
            </UnstyledButton>
          </Group>
          <Group gap={4} wrap="nowrap">
            <LanguageMenu />
            <AppearanceMenu />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar id="navigation" aria-label={t.navigation.label}>
        <Navigation onNavigate={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <div className={classes.content}>
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
