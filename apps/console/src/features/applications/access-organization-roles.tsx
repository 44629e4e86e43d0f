import type { AccessRules } from '@latchkey/server/contract';
import { Button, MultiSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { EntryList } from '../../components/entry-list.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import type { Choice } from '../../components/pick-dialog.tsx';
import { SearchSelect } from '../../components/search-select.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { RoleNames } from '../organizations/member-roles.tsx';
import { organizationRolesQuery } from '../organizations/organizations.queries.ts';
import { namesQuery, ruleChoices } from './access.queries.ts';
import { DropButton } from './drop-button.tsx';

type Rules = AccessRules['organizationRoleRules'];
type Props = { rules: Rules; onChange: (rules: Rules) => void };

/** Members of one organization who hold one of these roles there. */
export function OrganizationRolesSection({ rules, onChange }: Props) {
  const { access: t } = usePhrases().applicationTabs;
  const { api } = useConsole();
  const [adding, { open, close }] = useDisclosure(false);
  const ids = rules.map(({ organizationId }) => organizationId);
  const query = useQuery({ ...namesQuery(api, 'organizations', ids), placeholderData: keepPreviousData });
  const { title, hint, none, add } = t.subjects.organizationRoles;
  const merge = (organizationId: string, roleIds: string[]) => {
    const before = rules.find((rule) => rule.organizationId === organizationId)?.organizationRoleIds ?? [];
    const rule = { organizationId, organizationRoleIds: [...new Set([...before, ...roleIds])] };
    onChange([...rules.filter((other) => other.organizationId !== organizationId), rule]);
    close();
  };
  return (
    <Section
      title={title}
      description={hint}
      actions={
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={open}>
          {add}
        </Button>
      }
    >
      <EntryList
        query={query}
        items={(names) =>
          rules.map((rule) => ({ ...rule, name: names.find(({ id }) => id === rule.organizationId)?.label }))
        }
        none={none}
        entry={({ organizationId, organizationRoleIds, name = organizationId }) => ({
          id: organizationId,
          title: name,
          hint: <RoleNames organizationId={organizationId} ids={organizationRoleIds} />,
          action: (
            <DropButton
              name={name}
              onDrop={() => onChange(rules.filter((other) => other.organizationId !== organizationId))}
            />
          ),
        })}
      />
      <Dialog opened={adding} title={add} onClose={close}>
        <RuleForm onAdd={merge} onClose={close} />
      </Dialog>
    </Section>
  );
}

type FormProps = { onAdd: (organizationId: string, roleIds: string[]) => void; onClose: () => void };

function RuleForm({ onAdd, onClose }: FormProps) {
  const { applicationTabs, organizations, shell } = usePhrases();
  const { access: t } = applicationTabs;
  const { api } = useConsole();
  const [organization, setOrganization] = useState<Choice | null>(null);
  const [roleIds, setRoleIds] = useState<string[]>([]);
  const roles = useQuery({ ...organizationRolesQuery(api, organization?.id ?? ''), enabled: organization !== null });
  const choices = (roles.data ?? []).filter(({ type }) => type === 'User');
  return (
    <DialogForm
      submitLabel={shell.actions.add}
      pending={false}
      disabled={organization === null || roleIds.length === 0}
      onSubmit={(event) => {
        event?.preventDefault();
        if (organization) onAdd(organization.id, roleIds);
      }}
      onCancel={onClose}
    >
      <SearchSelect
        label={t.organization}
        choices={ruleChoices(api, 'organizations')}
        chosen={organization}
        onChoose={(choice) => {
          setOrganization(choice);
          setRoleIds([]);
        }}
      />
      <MultiSelect
        label={organizations.roles}
        description={t.anyOf}
        data={choices.map(({ id, name }) => ({ value: id, label: name }))}
        disabled={organization === null}
        value={roleIds}
        onChange={setRoleIds}
      />
      {roles.error && <FailureAlert error={roles.error} onRetry={() => roles.refetch()} />}
    </DialogForm>
  );
}
