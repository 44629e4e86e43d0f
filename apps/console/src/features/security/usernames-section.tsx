import type { UsernamePolicy } from '@latchkey/server/contract';
import { Alert, Checkbox, Group, SimpleGrid, Switch } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import type { SettingsDraft } from '../sign-in-experience/settings-draft.ts';
import { OptionalNumber } from './optional-number.tsx';

const kinds = ['lowercase', 'uppercase', 'numbers', 'underscore'] as const;
const maxLength = 128;

type Props = { settings: Pick<SettingsDraft['settings'], 'usernamePolicy'>; onChange: SettingsDraft['onChange'] };

/** What usernames that are chosen from now on may look like. */
export function UsernamesSection({ settings: { usernamePolicy }, onChange }: Props) {
  const { usernames: t } = usePhrases().security;
  const change = (next: Partial<UsernamePolicy>) => onChange({ usernamePolicy: { ...usernamePolicy, ...next } });
  const ignoresCase = usernamePolicy.caseSensitive === false;
  const allowed = kinds.filter((kind) => usernamePolicy.allowedChars?.[kind] !== false);
  return (
    <Section title={t.title} description={t.lead}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <OptionalNumber
          label={t.minLength}
          usual={1}
          min={1}
          max={maxLength}
          value={usernamePolicy.minLength}
          onChange={(minLength) => change({ minLength })}
        />
        <OptionalNumber
          label={t.maxLength}
          usual={maxLength}
          min={1}
          max={maxLength}
          value={usernamePolicy.maxLength}
          onChange={(longest) => change({ maxLength: longest })}
        />
      </SimpleGrid>
      <Checkbox.Group
        label={t.allowed}
        value={allowed}
        onChange={(chosen) =>
          change({ allowedChars: Object.fromEntries(kinds.map((kind) => [kind, chosen.includes(kind)])) })
        }
      >
        <Group mt={6}>
          {kinds.map((kind) => (
            <Checkbox key={kind} value={kind} label={t.kinds[kind]} />
          ))}
        </Group>
      </Checkbox.Group>
      <Switch
        label={t.ignoresCase}
        description={t.ignoresCaseHint}
        checked={ignoresCase}
        onChange={({ currentTarget }) => change({ caseSensitive: !currentTarget.checked })}
      />
      {ignoresCase && <Conflicts />}
    </Section>
  );
}

/** Accounts whose usernames differ by case alone: while there are any, the case has to matter. */
function Conflicts() {
  const { usernames: t } = usePhrases().security;
  const { api } = useConsole();
  const { data } = useQuery({
    queryKey: ['username-conflicts'],
    queryFn: ({ signal }) => api.call('GET /api/sign-in-exp/username-policy/case-sensitivity-conflicts', { signal }),
  });
  if (!data || data.totalConflicts === 0) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} role="status">
      {t.conflicts({ count: data.totalConflicts })}
    </Alert>
  );
}
