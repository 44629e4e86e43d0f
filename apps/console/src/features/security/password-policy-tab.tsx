import type { SignInExperience } from '@latchkey/server/contract';
import { Alert, Button, Checkbox, Group, List, NumberInput, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { SecretInput } from '../../components/secret-input.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import type { SettingsDraft } from '../sign-in-experience/settings-draft.ts';
import { SettingsForm } from '../sign-in-experience/settings-form.tsx';
import { LinesField } from './lines-field.tsx';
import { useCheckPassword } from './security.queries.ts';

/** What holds where the settings say nothing. */
const usualLength = { min: 8, max: 256 };
const usualRejects = { pwned: true, repetitionAndSequence: true, userInfo: true, words: [] as string[] };
const refusable = ['pwned', 'repetitionAndSequence', 'userInfo'] as const;

const canRecover = ({ forgotPasswordMethods }: SignInExperience) =>
  forgotPasswordMethods === null || forgotPasswordMethods.length > 0;

/** What passwords must be like, how long they live, and a field to try one. */
export function PasswordPolicyTab() {
  const { password, expiration } = usePhrases().security;
  return (
    <Stack gap="lg">
      <SettingsForm
        problemsOf={(settings) => {
          const { min, max } = settings.passwordPolicy.length ?? usualLength;
          const isUnrecoverable = settings.passwordExpiration.enabled === true && !canRecover(settings);
          return [
            ...(min > max ? [password.lengthProblem] : []),
            ...(isUnrecoverable ? [expiration.needsRecovery] : []),
          ];
        }}
      >
        {(draft) => (
          <>
            <Policy {...draft} />
            <Expiration {...draft} />
          </>
        )}
      </SettingsForm>
      <TryOut />
    </Stack>
  );
}

function Policy({ settings: { passwordPolicy }, onChange }: SettingsDraft) {
  const { password: t } = usePhrases().security;
  const length = passwordPolicy.length ?? usualLength;
  const rejects = passwordPolicy.rejects ?? usualRejects;
  const change = (next: SignInExperience['passwordPolicy']) =>
    onChange({ passwordPolicy: { ...passwordPolicy, ...next } });
  return (
    <Section title={t.title} description={t.lead}>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {(['min', 'max'] as const).map((bound) => (
          <NumberInput
            key={bound}
            label={bound === 'min' ? t.minLength : t.maxLength}
            min={1}
            max={256}
            allowDecimal={false}
            value={length[bound]}
            onChange={(value) => change({ length: { ...length, [bound]: Number(value) || usualLength[bound] } })}
          />
        ))}
        <NumberInput
          label={t.characterTypes}
          min={1}
          max={4}
          allowDecimal={false}
          value={passwordPolicy.characterTypes?.min ?? 1}
          onChange={(value) => change({ characterTypes: { min: Number(value) || 1 } })}
        />
      </SimpleGrid>
      <Text size="sm" className="quiet">
        {t.characterTypesHint}
      </Text>
      <Checkbox.Group
        label={t.rejects}
        value={refusable.filter((name) => rejects[name])}
        onChange={(chosen) =>
          change({
            rejects: {
              ...rejects,
              pwned: chosen.includes('pwned'),
              repetitionAndSequence: chosen.includes('repetitionAndSequence'),
              userInfo: chosen.includes('userInfo'),
            },
          })
        }
      >
        <Stack gap="xs" mt="xs">
          {refusable.map((name) => (
            <Checkbox key={name} value={name} label={t[name]} />
          ))}
        </Stack>
      </Checkbox.Group>
      <LinesField
        label={t.words}
        description={t.wordsHint}
        value={rejects.words}
        onChange={(words) => change({ rejects: { ...rejects, words } })}
      />
    </Section>
  );
}

const usualDays = 90;

function Expiration({ settings: { passwordExpiration }, onChange }: SettingsDraft) {
  const { expiration: t } = usePhrases().security;
  const expires = passwordExpiration.enabled === true;
  return (
    <Section title={t.title} description={t.lead}>
      <Switch
        label={t.enabled}
        description={t.advice}
        checked={expires}
        onChange={({ currentTarget }) =>
          onChange({
            passwordExpiration: currentTarget.checked
              ? { enabled: true, validPeriodDays: usualDays }
              : { enabled: false },
          })
        }
      />
      {passwordExpiration.enabled === true && (
        <NumberInput
          label={t.days}
          min={1}
          max={3650}
          allowDecimal={false}
          maw={240}
          value={passwordExpiration.validPeriodDays}
          onChange={(value) =>
            onChange({ passwordExpiration: { ...passwordExpiration, validPeriodDays: Number(value) || usualDays } })
          }
        />
      )}
    </Section>
  );
}

type Issue = { code: string; interpolation?: Record<string, string | number> };

function useIssueText() {
  const { tryOut: t } = usePhrases().security;
  return ({ code, interpolation = {} }: Issue): string => {
    const name = code.replace('password_rejected.', '');
    const text = Object.entries(t.issues).find(([issue]) => issue === name)?.[1];
    if (text === undefined) return t.otherIssue({ code });
    return typeof text === 'string'
      ? text
      : text({ min: String(interpolation.min ?? ''), max: String(interpolation.max ?? '') });
  };
}

function TryOut() {
  const { tryOut: t } = usePhrases().security;
  const [password, setPassword] = useState('');
  const check = useCheckPassword();
  const textOf = useIssueText();
  return (
    <Section title={t.title} description={t.lead}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          check.mutate(password);
        }}
      >
        <Group align="flex-end">
          <SecretInput
            label={t.label}
            flex="1 1 14rem"
            maw={420}
            maxLength={1024}
            value={password}
            onChange={({ currentTarget }) => {
              setPassword(currentTarget.value);
              check.reset();
            }}
          />
          <Button type="submit" variant="default" disabled={password === ''} loading={check.isPending}>
            {t.check}
          </Button>
        </Group>
      </form>
      {check.isError && <FailureAlert error={check.error} />}
      {check.data?.result === true && (
        <Alert color="door" icon={<IconCircleCheck aria-hidden />} role="status">
          {t.accepted}
        </Alert>
      )}
      {check.data?.result === false && (
        <Alert color="red" icon={<IconCircleX aria-hidden />} role="status" title={t.refused}>
          <List size="sm">
            {check.data.issues.map((issue) => (
              <List.Item key={issue.code}>{textOf(issue)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Section>
  );
}
