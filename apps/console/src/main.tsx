import './styles.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError, SignedOutError } from './api/api-error.ts';
import { createApiClient } from './api/client.ts';
import { createSession } from './auth/session.ts';
import { Notifications } from './components/notifications.tsx';
import { Waiting } from './components/waiting.tsx';
import { readConfig } from './config.ts';
import { ConsoleContext, type ConsoleServices } from './console-context.tsx';
import { LanguageProvider } from './i18n/language.tsx';
import { createConsoleRouter } from './router.tsx';
import { SessionEnded } from './shell/session-ended.tsx';
import { cssVariables, theme } from './theme.ts';

const config = readConfig(document);
const session = createSession(config, `${window.location.origin}/console`);
const services: ConsoleServices = {
  config,
  session,
  api: createApiClient({
    endpoint: config.tenantEndpoint,
    session,
    language: () => document.documentElement.lang,
  }),
};

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays a refusal; only a lost connection is worth a second try.
      retry: (failures, error) => !(error instanceof ApiError || error instanceof SignedOutError) && failures < 2,
    },
  },
});

const router = createConsoleRouter({ session, queryClient });

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root element.');

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <ConsoleContext value={services}>
          <Suspense fallback={<Waiting />}>
            <LanguageProvider>
              <Notifications />
              <SessionEnded />
              <RouterProvider router={router} />
            </LanguageProvider>
          </Suspense>
        </ConsoleContext>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
