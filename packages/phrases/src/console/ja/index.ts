import type { ConsolePhrases } from '../index.ts';
import { accountCenter } from './account-center.ts';
import { applicationTabs } from './application-tabs.ts';
import { applications } from './applications.ts';
import { auditLogs } from './audit-logs.ts';
import { authorization } from './authorization.ts';
import { connectors } from './connectors.ts';
import { customProfileFields } from './custom-profile-fields.ts';
import { dashboard } from './dashboard.ts';
import { domains } from './domains.ts';
import { enterpriseSso } from './enterprise-sso.ts';
import { lists } from './lists.ts';
import { messages } from './messages.ts';
import { mfa } from './mfa.ts';
import { oidc } from './oidc.ts';
import { oneTimeTokens } from './one-time-tokens.ts';
import { organizations } from './organizations.ts';
import { protectedApplications } from './protected-applications.ts';
import { resources } from './resources.ts';
import { roles } from './roles.ts';
import { samlApplications } from './saml-applications.ts';
import { scripts } from './scripts.ts';
import { security } from './security.ts';
import { shell } from './shell.ts';
import { signInExperience } from './sign-in-experience.ts';
import { userImports } from './user-imports.ts';
import { users } from './users.ts';
import { webhooks } from './webhooks.ts';

export const phrases: ConsolePhrases = {
  accountCenter,
  auditLogs,
  dashboard,
  webhooks,
  mfa,
  security,
  shell,
  applications,
  applicationTabs,
  connectors,
  domains,
  protectedApplications,
  enterpriseSso,
  messages,
  signInExperience,
  lists,
  users,
  userImports,
  authorization,
  roles,
  resources,
  organizations,
  customProfileFields,
  oidc,
  oneTimeTokens,
  samlApplications,
  scripts,
};
