import type { SignInIdentifier } from '@latchkey/server/contract';
import { Alert, Checkbox, Group, NativeSelect, Radio, Stack, Switch } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useConnectors } from '../connectors/connectors.queries.ts';
import type { SettingsTabProps } from './settings-tab.types.ts';
import { type EditedSettings, isOpen, methodsOf } from './sign-in-settings.ts';
import {
  changeMethod,
  chooseSecondary,
  chooseSignUp,
  isDemanded,
  type SignInMethod as SignInMethodSettings,
  type SignUpChoice,
  secondaryChoices,
  signUpChoiceOf,
  signUpChoices,
  toggleMethod,
} from './sign-up-rules.ts';
import { SocialTargets } from './social-targets.tsx';

const modes = ['SignInAndRegister', 'SignIn', 'Register'] as const;
/** What is demanded while nobody can register. */
const nobody = { identifiers: [], password: false, verify: false };

/** How people register and sign in, and what they agree to. */
export function SignUpAndSignInTab(props: SettingsTabProps) {
  return (
    <Stack gap="lg">
      <SignUp {...props} />
      <SignIn {...props} />
      <ForgotPassword {...props} />
      <SocialSignIn {...props} />
    </Stack>
  );
}

/** Whether a social button works; taken as yes until the connectors are known. */
function useHasSocialButton({ socialTargets }: EditedSettings): boolean {
  const { data } = useConnectors();
  return data ? data.some(({ target }) => socialTargets.includes(target)) : socialTargets.length > 0;
}

function Warning({ children }: { children: string }) {
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} role="status">
      {children}
    </Alert>
  );
}

function SignUp({ settings, onChange }: SettingsTabProps) {
  const { signUp: t } = usePhrases().signInExperience;
  const hasSocialButton = useHasSocialButton(settings);
  const { signUp, signInMode } = settings;
  const choice = signUpChoiceOf(signUp);
  return (
    <Section title={t.title} description={t.lead}>
      <NativeSelect
        label={t.mode}
        value={signInMode}
        data={modes.map((value) => ({ value, label: t.modes[value] }))}
        onChange={({ currentTarget }) => {
          const mode = modes.find((candidate) => candidate === currentTarget.value);
          if (mode) onChange({ signInMode: mode });
        }}
      />
      {isOpen(settings) && (
        <>
          <Radio.Group
            label={t.identifier}
            value={choice}
            onChange={(value) => onChange({ signUp: chooseSignUp(signUp, value as SignUpChoice) })}
          >
            <Stack gap="sm" mt="xs">
              {signUpChoices.map((value) => (
                <Radio key={value} value={value} label={t.identifiers[value]} description={t.identifierHints[value]} />
              ))}
              {choice === 'custom' && (
                <Radio
                  value="custom"
                  label={t.identifiers.custom}
                  description={t.customHint({ identifiers: signUp.identifiers.join(', ') })}
                />
              )}
            </Stack>
          </Radio.Group>
          {choice !== 'none' && <SignUpDetails settings={settings} onChange={onChange} />}
          {choice === 'none' && !hasSocialButton && <Warning>{t.noSocial}</Warning>}
        </>
      )}
    </Section>
  );
}

function SignUpDetails({ settings: { signUp }, onChange }: Pick<SettingsTabProps, 'settings' | 'onChange'>) {
  const { signUp: t } = usePhrases().signInExperience;
  const needsPassword = signUp.identifiers.includes('username');
  return (
    <>
      <Switch
        label={t.password}
        description={needsPassword ? t.passwordNeeded : t.passwordHint}
        checked={signUp.password}
        disabled={needsPassword && signUp.password}
        onChange={({ currentTarget }) => onChange({ signUp: { ...signUp, password: currentTarget.checked } })}
      />
      <Checkbox.Group
        label={t.secondary}
        description={t.secondaryHint}
        value={(signUp.secondaryIdentifiers ?? []).map(({ identifier }) => identifier)}
        onChange={(chosen) => onChange({ signUp: chooseSecondary(signUp, chosen) })}
      >
        <Group mt="xs">
          {secondaryChoices(signUp).map((identifier) => (
            <Checkbox key={identifier} value={identifier} label={t.identifiers[identifier]} />
          ))}
        </Group>
      </Checkbox.Group>
    </>
  );
}

function SignIn({ settings, onChange }: SettingsTabProps) {
  const { signIn: t } = usePhrases().signInExperience;
  const hasSocialButton = useHasSocialButton(settings);
  const isShut = methodsOf(settings).length === 0 && !hasSocialButton;
  return (
    <Section title={t.title} description={t.lead}>
      {(['username', 'email', 'phone'] as const).map((identifier) => (
        <SignInMethod key={identifier} identifier={identifier} settings={settings} onChange={onChange} />
      ))}
      {isShut && <Warning>{t.nothing}</Warning>}
    </Section>
  );
}

function SignInMethod({
  identifier,
  settings,
  onChange,
}: Pick<SettingsTabProps, 'settings' | 'onChange'> & { identifier: SignInIdentifier }) {
  const { signIn: t, signUp } = usePhrases().signInExperience;
  const methods = methodsOf(settings);
  const method = methods.find((candidate) => candidate.identifier === identifier);
  const needs = isDemanded(isOpen(settings) ? settings.signUp : nobody, identifier);
  const change = (changes: Partial<SignInMethodSettings>) => {
    if (method) onChange({ methods: changeMethod(methods, { ...method, ...changes }) });
  };
  return (
    <Stack gap="xs" role="group" aria-label={signUp.identifiers[identifier]}>
      <Switch
        label={signUp.identifiers[identifier]}
        description={needs.method ? t.needed : undefined}
        checked={method !== undefined}
        disabled={needs.method}
        onChange={({ currentTarget }) =>
          onChange({ methods: toggleMethod(methods, identifier, currentTarget.checked) })
        }
      />
      {method && identifier !== 'username' && (
        <Group ml={48} gap="lg">
          <Checkbox
            label={t.byPassword}
            checked={method.password}
            disabled={needs.password || !method.verificationCode}
            onChange={({ currentTarget: { checked } }) => change({ password: checked, isPasswordPrimary: false })}
          />
          <Checkbox
            label={t.byCode}
            checked={method.verificationCode}
            disabled={needs.code || !method.password}
            onChange={({ currentTarget: { checked } }) =>
              change({ verificationCode: checked, isPasswordPrimary: !checked })
            }
          />
          {method.password && method.verificationCode && (
            <NativeSelect
              aria-label={t.first}
              value={method.isPasswordPrimary ? 'password' : 'code'}
              data={[
                { value: 'password', label: t.passwordFirst },
                { value: 'code', label: t.codeFirst },
              ]}
              onChange={({ currentTarget }) => change({ isPasswordPrimary: currentTarget.value === 'password' })}
            />
          )}
        </Group>
      )}
    </Stack>
  );
}

const recoveries = ['EmailVerificationCode', 'PhoneVerificationCode'] as const;

function ForgotPassword({ settings: { forgotPasswordMethods: chosen }, onChange }: SettingsTabProps) {
  const { recovery: t } = usePhrases().signInExperience;
  return (
    <Section title={t.title} description={t.lead}>
      <Switch
        label={t.automatic}
        description={t.automaticHint}
        checked={chosen === null}
        onChange={({ currentTarget }) => onChange({ forgotPasswordMethods: currentTarget.checked ? null : [] })}
      />
      {chosen !== null && (
        <Checkbox.Group
          aria-label={t.title}
          value={chosen}
          onChange={(next) => onChange({ forgotPasswordMethods: recoveries.filter((method) => next.includes(method)) })}
        >
          <Stack gap="xs">
            {recoveries.map((method) => (
              <Checkbox key={method} value={method} label={t.methods[method]} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </Section>
  );
}

function SocialSignIn({ settings, onChange }: SettingsTabProps) {
  const { social: t } = usePhrases().signInExperience;
  return (
    <Section title={t.title} description={t.lead}>
      <SocialTargets targets={settings.socialTargets} onChange={(socialTargets) => onChange({ socialTargets })} />
      {isOpen(settings) && settings.signUp.identifiers.length > 0 && (
        <Switch
          label={t.askIdentifier}
          description={t.askIdentifierHint}
          checked={settings.askIdentifier}
          onChange={(event) => onChange({ askIdentifier: event.currentTarget.checked })}
        />
      )}
      <Switch
        label={t.linking}
        description={t.linkingHint}
        checked={settings.automaticLinking}
        onChange={(event) => onChange({ automaticLinking: event.currentTarget.checked })}
      />
    </Section>
  );
}
