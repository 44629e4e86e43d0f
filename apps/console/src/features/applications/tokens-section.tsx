import type { ApplicationType } from '@latchkey/server/contract';
import { NumberInput, SimpleGrid, Switch, Text } from '@mantine/core';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import type { ApplicationForm } from './application.page.tsx';
import { capabilitiesOf, idTokenSeconds, refreshTokenDays } from './application-form.ts';

/** How long tokens of the application live, and how its refresh tokens behave. */
export function TokensSection({ type, form }: { type: ApplicationType; form: ApplicationForm }) {
  const { tokens: t } = usePhrases().applications.details;
  const can = capabilitiesOf(type);
  return (
    <Section title={t.title} description={t.hint}>
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
    </Section>
  );
}
