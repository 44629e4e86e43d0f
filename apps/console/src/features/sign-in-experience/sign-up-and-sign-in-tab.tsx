import '@mantine/core/styles/Radio.layer.css';
import { Alert, Group, NativeSelect, Radio, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useConnectors } from '../connectors/connectors.queries.ts';
import type { SettingsTabProps } from './settings-tab.types.ts';
import classes from './sign-in-experience.module.css';
import { type EditedSettings, offersUsername } from './sign-in-settings.ts';
import { SocialTargets } from './social-targets.tsx';

type Props = SettingsTabProps & {
  /** Identifiers set through the API, which have no choice of their own here. */
  customIdentifiers?: string;
};

const policies = ['Automatic', 'ManualRegistrationOnly', 'Manual'] as const;

/** How people register and sign in, and what they agree to. */
export function SignUpAndSignInTab(props: Props) {
  return (
    <Stack gap="lg">
      <SignUp {...props} />
      <SignIn {...props} />
      <SocialSignIn {...props} />
      <Terms {...props} />
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

function SignUp({ settings, customIdentifiers, onChange }: Props) {
  const { signUp: t } = usePhrases().signInExperience;
  const hasSocialButton = useHasSocialButton(settings);
  const { registration, signUpIdentifier } = settings;
  return (
    <Section title={t.title} description={t.lead}>
      <Switch
        label={t.registration}
        description={t.registrationHint}
        checked={registration}
        onChange={(event) => onChange({ registration: event.currentTarget.checked })}
      />
      {registration && (
        <Radio.Group
          label={t.identifier}
          value={signUpIdentifier}
          onChange={(value) => onChange({ signUpIdentifier: value as EditedSettings['signUpIdentifier'] })}
        >
          <Stack gap="sm" mt="xs">
            <Radio value="username" label={t.identifiers.username} description={t.identifiers.usernameHint} />
            <Radio value="none" label={t.identifiers.none} description={t.identifiers.noneHint} />
            {customIdentifiers && (
              <Radio
                value="custom"
                label={t.identifiers.custom}
                description={t.identifiers.customHint({ identifiers: customIdentifiers })}
              />
            )}
          </Stack>
        </Radio.Group>
      )}
      {registration && signUpIdentifier === 'none' && !hasSocialButton && <Warning>{t.noSocial}</Warning>}
    </Section>
  );
}

function SignIn({ settings, customIdentifiers, onChange }: Props) {
  const { signIn: t } = usePhrases().signInExperience;
  const hasSocialButton = useHasSocialButton(settings);
  const isNeeded = settings.signUpIdentifier === 'username';
  const isShut = !offersUsername(settings) && !hasSocialButton && !customIdentifiers;
  return (
    <Section title={t.title} description={t.lead}>
      {isNeeded ? (
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <IconCircleCheck className={classes.given} size={22} aria-hidden />
          <div>
            <Text size="sm">{t.username}</Text>
            <Text size="sm" className="quiet">
              {t.usernameNeeded}
            </Text>
          </div>
        </Group>
      ) : (
        <Switch
          label={t.username}
          description={t.usernameHint}
          checked={settings.usernameSignIn}
          onChange={(event) => onChange({ usernameSignIn: event.currentTarget.checked })}
        />
      )}
      {isShut && <Warning>{t.nothing}</Warning>}
    </Section>
  );
}

function SocialSignIn({ settings, onChange }: Props) {
  const { social: t } = usePhrases().signInExperience;
  return (
    <Section title={t.title} description={t.lead}>
      <SocialTargets targets={settings.socialTargets} onChange={(socialTargets) => onChange({ socialTargets })} />
      {settings.registration && settings.signUpIdentifier === 'username' && (
        <Switch
          label={t.askUsername}
          description={t.askUsernameHint}
          checked={settings.askUsername}
          onChange={(event) => onChange({ askUsername: event.currentTarget.checked })}
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

function Terms({ settings, errors, onChange }: Props) {
  const { terms: t } = usePhrases().signInExperience;
  const hasTerms = settings.termsOfUseUrl.trim() !== '' || settings.privacyPolicyUrl.trim() !== '';
  return (
    <Section title={t.title} description={t.lead}>
      {(['termsOfUseUrl', 'privacyPolicyUrl'] as const).map((field) => (
        <TextInput
          key={field}
          label={t[field]}
          type="url"
          inputMode="url"
          placeholder="https://"
          value={settings[field]}
          error={errors[field]}
          onChange={(event) => onChange({ [field]: event.currentTarget.value })}
        />
      ))}
      <NativeSelect
        label={t.agreement}
        description={hasTerms ? undefined : t.policyUnused}
        data={policies.map((value) => ({ value, label: t.policies[value] }))}
        value={settings.agreeToTermsPolicy}
        onChange={(event) => {
          const policy = policies.find((value) => value === event.currentTarget.value);
          if (policy) onChange({ agreeToTermsPolicy: policy });
        }}
      />
    </Section>
  );
}
