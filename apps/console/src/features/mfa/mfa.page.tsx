import { Checkbox, NativeSelect, NumberInput, Radio, SimpleGrid, Stack, Switch } from '@mantine/core';
import { PageHeader } from '../../components/page-header.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import type { SettingsDraft } from '../sign-in-experience/settings-draft.ts';
import { SettingsForm } from '../sign-in-experience/settings-form.tsx';
import {
  adaptivePolicies,
  factors,
  findMfaProblems,
  isAdaptive,
  type MfaPolicy,
  steadyPolicies,
} from './mfa-problems.ts';

/** The second step of a sign-in: which factors there are, and who is asked for one when. */
export function MfaPage() {
  const { mfa: t } = usePhrases();
  return (
    <>
      <PageHeader title={t.title} description={t.lead} />
      <SettingsForm problemsOf={(settings) => findMfaProblems(settings).map((problem) => t.problems[problem])}>
        {(draft) => (
          <>
            <Factors {...draft} />
            <Policy {...draft} />
            <AdaptiveMfa {...draft} />
            <TrustedDevices {...draft} />
            <PasskeySignIn {...draft} />
          </>
        )}
      </SettingsForm>
    </>
  );
}

function Factors({ settings: { mfa }, onChange }: SettingsDraft) {
  const { mfa: t } = usePhrases();
  const choose = (chosen: string[]) =>
    onChange({ mfa: { ...mfa, factors: factors.filter((factor) => chosen.includes(factor)) } });
  return (
    <Section title={t.factors.title} description={t.factors.lead}>
      <Checkbox.Group aria-label={t.factors.title} value={mfa.factors} onChange={choose}>
        <Stack gap="sm">
          {factors.map((factor) => (
            <Checkbox
              key={factor}
              value={factor}
              label={t.factors.names[factor]}
              description={t.factors.hints[factor]}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </Section>
  );
}

function Policy({ settings: { mfa, adaptiveMfa }, onChange }: SettingsDraft) {
  const { mfa: t } = usePhrases();
  const adaptive = adaptiveMfa.enabled === true;
  const group = (policies: readonly MfaPolicy[], disabled: boolean) =>
    policies.map((policy) => (
      <Radio
        key={policy}
        value={policy}
        // The one that is chosen stays reachable, so that a contradiction can be looked at.
        disabled={disabled && policy !== mfa.policy}
        label={t.policy.names[policy]}
        description={t.policy.hints[policy]}
      />
    ));
  return (
    <Section title={t.policy.title} description={t.policy.lead}>
      <Radio.Group
        aria-label={t.policy.title}
        value={mfa.policy}
        onChange={(policy) => onChange({ mfa: { ...mfa, policy: policy as MfaPolicy } })}
      >
        <Stack gap="sm">
          {group(steadyPolicies, adaptive)}
          {group(adaptivePolicies, !adaptive)}
        </Stack>
      </Radio.Group>
      <NativeSelect
        label={t.policy.organization}
        description={t.policy.organizationHint}
        maw={420}
        value={mfa.organizationRequiredMfaPolicy ?? 'NoPrompt'}
        data={(['NoPrompt', 'Mandatory'] as const).map((value) => ({ value, label: t.policy.organizations[value] }))}
        onChange={({ currentTarget: { value } }) =>
          onChange({
            mfa: { ...mfa, organizationRequiredMfaPolicy: value === 'Mandatory' ? 'Mandatory' : 'NoPrompt' },
          })
        }
      />
    </Section>
  );
}

const thresholds = [
  { name: 'newCountryDays', usual: 180, max: 3650 },
  { name: 'maxSpeedKmh', usual: 900, max: 100_000 },
  { name: 'inactivityDays', usual: 30, max: 3650 },
  { name: 'minBotScore', usual: 30, max: 100 },
] as const;

function AdaptiveMfa({ settings: { mfa, adaptiveMfa }, onChange }: SettingsDraft) {
  const { mfa: t } = usePhrases();

  /** Switching takes the policy along to its nearest neighbour on the other side. */
  function toggle(enabled: boolean) {
    const steady = mfa.policy === 'PromptOnlyAtSignInMandatory' ? 'PromptOnlyAtSignIn' : 'PromptAtSignInAndSignUp';
    const adaptive =
      mfa.policy === 'PromptOnlyAtSignIn' ? 'PromptOnlyAtSignInMandatory' : 'PromptAtSignInAndSignUpMandatory';
    const policy = enabled === isAdaptive(mfa.policy) ? mfa.policy : enabled ? adaptive : steady;
    onChange({ adaptiveMfa: { ...adaptiveMfa, enabled }, mfa: { ...mfa, policy } });
  }

  return (
    <Section title={t.adaptive.title} description={t.adaptive.lead}>
      <Switch
        label={t.adaptive.enabled}
        description={t.adaptive.enabledHint}
        checked={adaptiveMfa.enabled === true}
        onChange={(event) => toggle(event.currentTarget.checked)}
      />
      {adaptiveMfa.enabled && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {thresholds.map(({ name, usual, max }) => (
            <NumberInput
              key={name}
              label={t.adaptive.thresholds[name]}
              description={t.adaptive.hints[name]}
              min={name === 'minBotScore' ? 0 : 1}
              max={max}
              allowDecimal={false}
              placeholder={String(usual)}
              value={adaptiveMfa.thresholds?.[name] ?? ''}
              onChange={(value) =>
                onChange({
                  adaptiveMfa: {
                    ...adaptiveMfa,
                    thresholds: { ...adaptiveMfa.thresholds, [name]: value === '' ? undefined : Number(value) },
                  },
                })
              }
            />
          ))}
        </SimpleGrid>
      )}
    </Section>
  );
}

function TrustedDevices({ settings: { trustedDevice }, onChange }: SettingsDraft) {
  const { mfa: t } = usePhrases();
  return (
    <Section title={t.trusted.title} description={t.trusted.lead}>
      <Switch
        label={t.trusted.enabled}
        checked={trustedDevice.enabled === true}
        onChange={(event) => onChange({ trustedDevice: { ...trustedDevice, enabled: event.currentTarget.checked } })}
      />
      {trustedDevice.enabled && (
        <NumberInput
          label={t.trusted.days}
          min={1}
          max={365}
          allowDecimal={false}
          maw={240}
          placeholder="30"
          value={trustedDevice.durationDays ?? ''}
          onChange={(value) =>
            onChange({ trustedDevice: { ...trustedDevice, durationDays: value === '' ? undefined : Number(value) } })
          }
        />
      )}
    </Section>
  );
}

function PasskeySignIn({ settings: { passkeySignIn }, onChange }: SettingsDraft) {
  const { mfa: t } = usePhrases();
  const toggles = ['showPasskeyButton', 'allowAutofill'] as const;
  return (
    <Section title={t.passkey.title} description={t.passkey.lead}>
      <Switch
        label={t.passkey.enabled}
        description={t.passkey.enabledHint}
        checked={passkeySignIn.enabled === true}
        onChange={(event) => onChange({ passkeySignIn: { ...passkeySignIn, enabled: event.currentTarget.checked } })}
      />
      {passkeySignIn.enabled &&
        toggles.map((name) => (
          <Switch
            key={name}
            label={t.passkey[name]}
            description={t.passkey[`${name}Hint`]}
            checked={passkeySignIn[name] === true}
            onChange={(event) => onChange({ passkeySignIn: { ...passkeySignIn, [name]: event.currentTarget.checked } })}
          />
        ))}
    </Section>
  );
}
