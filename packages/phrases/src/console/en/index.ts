import { applications } from './applications.ts';
import { auditLogs } from './audit-logs.ts';
import { connectors } from './connectors.ts';
import { dashboard } from './dashboard.ts';
import { messages } from './messages.ts';
import { shell } from './shell.ts';
import { signInExperience } from './sign-in-experience.ts';
import { webhooks } from './webhooks.ts';

export const phrases = { auditLogs, dashboard, webhooks, shell, applications, connectors, messages, signInExperience };
