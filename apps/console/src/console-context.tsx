import { createContext, useContext } from 'react';
import type { ApiClient } from './api/client.ts';
import type { Session } from './auth/session.ts';
import type { ConsoleConfig } from './config.ts';

/** What every page may use; made once in main.tsx. */
export type ConsoleServices = { config: ConsoleConfig; session: Session; api: ApiClient };

export const ConsoleContext = createContext<ConsoleServices | null>(null);

/** The settings, the session and the API client of this Console. */
export function useConsole(): ConsoleServices {
  const services = useContext(ConsoleContext);
  if (!services) throw new Error('useConsole is called outside of ConsoleContext.');
  return services;
}
