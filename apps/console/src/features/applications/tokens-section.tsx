import type { Application } from '@latchkey/server/contract';
import { NumberInput, SimpleGrid, Switch, Text } from '@mantine/core';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { capabilitiesOf, idTokenSeconds, refreshTokenDays } from './application-form.ts';
import type { ApplicationForm } from './settings-tab.tsx';

type Props = { application: Application; form: ApplicationForm };

/** How long tokens of the application live, how its refresh tokens behave, and what it may exchange. */
export function TokensSection({ application, form }: Props) {
  const { tokens: t } = usePhrases().applications.details;
  const can = capabilitiesOf(application);
  return (
    <Section title={t.title} description={t.hint}>
      {can.interactive && <SignInTokens application={application} form={form} />}
      {can.tokenExchange && (
        <Switch
          label={t.exchange}
          description={t.exchangeHint}
          {...form.getInputProps('allowTokenExchange', { type: 'checkbox' })}
        />
      )}
    </Section>
  );
}

function SignInTokens({ application, form }: Props) {
  const { tokens: t } = usePhrases().applications.details;
  const can = capabilitiesOf(application);
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput
          label={t.idTokenTtl}
          description={t.idTokenTtlHint}
          suffix={` ${t.seconds}`}
          min={idTokenSeconds.min}
          max={idTokenSeconds.max}
          allowDecimal={false}
          clampBehavior="none"
          {...form.getInputProps('idTokenTtl')}
        />
        <NumberInput
          label={t.refreshTokenTtl}
          description={t.refreshTokenTtlHint}
          suffix={` ${t.days}`}
          min={refreshTokenDays.min}
          max={refreshTokenDays.max}
          allowDecimal={false}
          clampBehavior="none"
          {...form.getInputProps('refreshTokenTtlInDays')}
        />
      </SimpleGrid>
      {can.rotationSwitch ? (
        <Switch
          label={t.rotate}
          description={t.rotateHint}
          {...form.getInputProps('rotateRefreshToken', { type: 'checkbox' })}
        />
      ) : (
        <Text size="sm" className="quiet">
          {t.rotatePublic}
        </Text>
      )}
      {can.alwaysIssueSwitch && (
        <Switch
          label={t.always}
          description={t.alwaysHint}
          {...form.getInputProps('alwaysIssueRefreshToken', { type: 'checkbox' })}
        />
      )}
      <NumberInput
        label={t.grants}
        description={t.grantsHint}
        placeholder={t.noLimit}
        min={1}
        allowDecimal={false}
        clampBehavior="none"
        maw={320}
        {...form.getInputProps('maxAllowedGrants')}
      />
    </>
  );
}
