import type { AuthorizationAnswer, GrantingRole, PermissionPath } from '@latchkey/server/contract';
import { Alert, List, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { TextLink } from '../../components/link.tsx';
import { usePhrases } from '../../i18n/language.tsx';

type Props = { answer: AuthorizationAnswer; name: string; permission: string };

/** The way from somebody to a permission in words, or everything that stands in it. */
export function WhyAnswer({ answer, name, permission }: Props) {
  const { authorization: t } = usePhrases();
  const { allowed, paths, obstacles, grantedBy } = answer;
  return (
    <Alert
      role="status"
      color={allowed ? 'door' : 'red'}
      icon={allowed ? <IconCircleCheck aria-hidden /> : <IconCircleX aria-hidden />}
      title={allowed ? t.allowed({ name, permission }) : t.refused({ name, permission })}
    >
      {obstacles.length > 0 && (
        <List size="sm">
          {obstacles.map((obstacle) => (
            <List.Item key={obstacle}>{t.obstacles[obstacle]}</List.Item>
          ))}
        </List>
      )}
      {paths.length > 0 && (
        <List size="sm">
          {paths.map((path) => (
            <List.Item key={`${path.role.id}/${path.organization?.id ?? ''}`}>
              <PathText path={path} />
            </List.Item>
          ))}
        </List>
      )}
      {!allowed && grantedBy.length > 0 && (
        <>
          <Text size="sm" mt="xs">
            {t.grantedBy}
          </Text>
          <List size="sm">
            {grantedBy.map((role) => (
              <List.Item key={role.id}>
                <RoleLink role={role} />
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Alert>
  );
}

function PathText({ path: { role, organization } }: { path: PermissionPath }) {
  const { authorization: t } = usePhrases();
  return (
    <>
      <RoleLink role={role} />
      {role.isDefault && ` (${t.byDefault})`}
      {organization && (
        <>
          {' · '}
          <TextLink
            underline="always"
            to="/organizations/$organizationId/$tab"
            params={{ organizationId: organization.id, tab: 'members' }}
          >
            {organization.name}
          </TextLink>
        </>
      )}
    </>
  );
}

/** Roles of organizations are in the template, or an organization's own, and have no page of their own. */
function RoleLink({ role }: { role: GrantingRole }) {
  if (role.kind === 'organization-role')
    return (
      <TextLink underline="always" to="/organization-template/$tab" params={{ tab: 'organization-roles' }}>
        {role.name}
      </TextLink>
    );
  return (
    <TextLink underline="always" to="/roles/$roleId/$tab" params={{ roleId: role.id, tab: 'permissions' }}>
      {role.name}
    </TextLink>
  );
}
