import type { Config } from './config.ts';
import { consoleOriginOf } from './console.routes.ts';
import { addressOf, DEFAULT_TENANT } from './kernel/tenancy.ts';

/** What a start has found out that the operator should know. */
export interface StartReport {
  /** Secret of the set-up link, on the first start only. */
  setupToken: string | undefined;
  hasAdministrator: boolean;
}

/** The lines that a ready server prints. */
export function banner(config: Config, report: StartReport): string[] {
  const addressing = { ...config, trustProxy: config.trustProxyHeader };
  const { endpoint } = addressOf(addressing, DEFAULT_TENANT);
  const console = `${consoleOriginOf(addressing)}/console`;
  const link = report.setupToken ? `${console}/welcome?token=${report.setupToken}` : console;
  return [
    '',
    '  Latchkey is ready.',
    '',
    `  Console    ${link}`,
    `  Issuer     ${endpoint}/oidc`,
    `  Demo app   ${endpoint}/demo-app`,
    `  Data       ${config.databaseUrl ? 'the database of DATABASE_URL' : config.home}`,
    ...(report.setupToken
      ? ['', '  Open the Console link to create the first administrator. It works once; keep it to yourself.']
      : []),
    ...(!report.setupToken && !report.hasAdministrator
      ? ['', '  There is no administrator yet: npm run --silent cli -- admin create   prints a link for one.']
      : []),
    '',
  ];
}
