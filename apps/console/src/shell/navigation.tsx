import { NavLink } from '@mantine/core';
import {
  IconApps,
  IconBolt,
  IconBrush,
  IconBuilding,
  IconBuildingBank,
  IconChartLine,
  IconCode,
  IconFlag,
  IconKey,
  IconLink,
  IconListSearch,
  IconMail,
  IconPlugConnected,
  IconServer,
  IconShieldCheck,
  IconShieldLock,
  IconTemplate,
  IconUserCircle,
  IconUserShield,
  IconUsers,
  IconWebhook,
  IconWorld,
} from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import { usePhrases } from '../i18n/language.tsx';
import classes from './shell.module.css';

const sections = [
  {
    label: 'overview',
    items: [
      { label: 'getStarted', to: '/get-started', icon: IconFlag },
      { label: 'dashboard', to: '/dashboard', icon: IconChartLine },
    ],
  },
  {
    label: 'authentication',
    items: [
      { label: 'applications', to: '/applications', icon: IconApps },
      { label: 'signInExperience', to: '/sign-in-experience', icon: IconBrush },
      { label: 'mfa', to: '/mfa', icon: IconShieldLock },
      { label: 'accountCenter', to: '/account-center', icon: IconUserCircle },
      { label: 'connectors', to: '/connectors', icon: IconPlugConnected },
      { label: 'enterpriseSso', to: '/enterprise-sso', icon: IconBuildingBank },
      { label: 'security', to: '/security', icon: IconShieldCheck },
      { label: 'messages', to: '/messages', icon: IconMail },
      { label: 'oneTimeTokens', to: '/one-time-tokens', icon: IconLink },
    ],
  },
  {
    label: 'authorization',
    items: [
      { label: 'apiResources', to: '/api-resources', icon: IconServer },
      { label: 'roles', to: '/roles', icon: IconUserShield },
      { label: 'organizationTemplate', to: '/organization-template', icon: IconTemplate },
    ],
  },
  {
    label: 'userDirectory',
    items: [
      { label: 'organizations', to: '/organizations', icon: IconBuilding },
      { label: 'users', to: '/users', icon: IconUsers },
    ],
  },
  {
    label: 'developer',
    items: [
      { label: 'customizeJwt', to: '/customize-jwt', icon: IconCode },
      { label: 'actions', to: '/actions', icon: IconBolt },
      { label: 'webhooks', to: '/webhooks', icon: IconWebhook },
      { label: 'auditLogs', to: '/audit-logs', icon: IconListSearch },
    ],
  },
  {
    label: 'tenant',
    items: [
      { label: 'domains', to: '/domains', icon: IconWorld },
      { label: 'oidc', to: '/oidc', icon: IconKey },
    ],
  },
] as const;

/** The Console's table of contents: only what there is. */
export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const { navigation: t } = usePhrases().shell;
  const pathname = useRouterState({ select: (state) => state.location.pathname });

  return sections.map((section) => (
    <div key={section.label}>
      <p className={classes.group} id={`navigation-${section.label}`}>
        {t[section.label]}
      </p>
      <ul className={classes.list} aria-labelledby={`navigation-${section.label}`}>
        {section.items.map(({ label, to, icon: Icon }) => {
          const active = pathname === to || pathname.startsWith(`${to}/`);
          return (
            <li key={to}>
              <NavLink
                component={Link}
                to={to}
                className={classes.link}
                label={t[label]}
                leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
                active={active}
                aria-current={active ? 'page' : undefined}
                onClick={onNavigate}
              />
            </li>
          );
        })}
      </ul>
    </div>
  ));
}
