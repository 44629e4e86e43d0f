import { logos } from '@latchkey/connectors/logos';
import { oidcProvider } from './oidc.ts';
import type { SsoProvider } from './provider.ts';
import { samlProvider } from './saml.ts';

const look = ({ logo, logoDark }: { logo: string; logoDark: string | null }) => ({ logo, logoDark: logoDark ?? logo });

/** Every kind of enterprise provider, in the order in which the Console offers them. */
const providers = [
  oidcProvider({
    providerName: 'AzureAdOidc',
    name: 'Microsoft Entra ID (OIDC)',
    description: {
      en: 'Microsoft’s directory, by OpenID Connect.',
      ja: 'Microsoft のディレクトリに OpenID Connect で接続します。',
    },
    ...look(logos.microsoft),
  }),
  samlProvider({
    providerName: 'AzureAD',
    name: 'Microsoft Entra ID (SAML)',
    description: { en: 'Microsoft’s directory, by SAML.', ja: 'Microsoft のディレクトリに SAML で接続します。' },
    ...look(logos.microsoft),
  }),
  oidcProvider(
    {
      providerName: 'GoogleWorkspace',
      name: 'Google Workspace',
      description: { en: 'Accounts of a company at Google.', ja: '企業の Google アカウントでサインインします。' },
      ...look(logos.google),
    },
    {
      issuer: 'https://accounts.google.com',
      parameters: ({ offlineAccess }): Record<string, string> =>
        offlineAccess ? { prompt: 'select_account consent', access_type: 'offline' } : { prompt: 'select_account' },
    },
  ),
  oidcProvider({
    providerName: 'Okta',
    name: 'Okta',
    description: {
      en: 'Okta’s directory, by OpenID Connect.',
      ja: 'Okta のディレクトリに OpenID Connect で接続します。',
    },
    ...look(logos.okta),
  }),
  oidcProvider({
    providerName: 'OIDC',
    name: 'OIDC',
    description: {
      en: 'Any identity provider that speaks OpenID Connect.',
      ja: 'OpenID Connect に対応した任意の ID プロバイダーに接続します。',
    },
    ...look(logos.openId),
  }),
  samlProvider({
    providerName: 'SAML',
    name: 'SAML',
    description: {
      en: 'Any identity provider that speaks SAML 2.0.',
      ja: 'SAML 2.0 に対応した任意の ID プロバイダーに接続します。',
    },
    ...look(logos.saml),
  }),
] as const;

// What is stored is parsed by the provider's own schema before it is used.
export const ssoProviders = providers as unknown as readonly SsoProvider[];

export const findProvider = (name: string): SsoProvider | undefined =>
  ssoProviders.find(({ providerName }) => providerName === name);
