import type { CaptchaConfig } from '@latchkey/server/contract';
import { Button, Group, NativeSelect, NumberInput, Radio, Skeleton, Stack, Switch, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SecretInput } from '../../components/secret-input.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { SettingsForm } from '../sign-in-experience/settings-form.tsx';
import { signInExperienceQuery } from '../sign-in-experience/sign-in-experience.queries.ts';
import { useCaptchaProvider, useRemoveCaptchaProvider, useSaveCaptchaProvider } from './security.queries.ts';

const types = ['ProofOfWork', 'Turnstile', 'RecaptchaEnterprise'] as const;
const domains = ['www.google.com', 'www.recaptcha.net'] as const;
const modes = ['invisible', 'checkbox'] as const;

const blank: { [Type in CaptchaConfig['type']]: Extract<CaptchaConfig, { type: Type }> } = {
  ProofOfWork: { type: 'ProofOfWork' },
  Turnstile: { type: 'Turnstile', siteKey: '', secretKey: '' },
  RecaptchaEnterprise: { type: 'RecaptchaEnterprise', siteKey: '', secretKey: '', projectId: '' },
};

/** Whether a captcha is asked for, and whose. */
export function CaptchaTab() {
  const { captcha: t } = usePhrases().security;
  const { api } = useConsole();
  const provider = useCaptchaProvider();
  const settings = useQuery(signInExperienceQuery(api));
  if (provider.isPending || settings.isPending) {
    return (
      <Stack gap="lg">
        <Skeleton height={126} />
        <Skeleton height={320} />
      </Stack>
    );
  }
  if (provider.isError) return <FailureAlert error={provider.error} onRetry={() => provider.refetch()} />;
  const stored = provider.data?.config;
  return (
    <Stack gap="lg">
      <SettingsForm>
        {({ settings: { captchaPolicy }, onChange }) => (
          <Section title={t.title} description={t.lead}>
            <Switch
              label={t.enabled}
              description={stored ? undefined : t.needsProvider}
              disabled={!stored && captchaPolicy.enabled !== true}
              checked={captchaPolicy.enabled === true}
              onChange={({ currentTarget }) => onChange({ captchaPolicy: { enabled: currentTarget.checked } })}
            />
          </Section>
        )}
      </SettingsForm>
      <Provider key={JSON.stringify(stored)} stored={stored} />
    </Stack>
  );
}

const isComplete = (config: CaptchaConfig) => Object.values(config).every((value) => value !== '');

function Provider({ stored }: { stored: CaptchaConfig | undefined }) {
  const { captcha: t } = usePhrases().security;
  const [config, setConfig] = useState<CaptchaConfig>(stored ?? blank.ProofOfWork);
  const save = useSaveCaptchaProvider();
  const isChanged = JSON.stringify(config) !== JSON.stringify(stored);
  return (
    <Section title={t.provider} description={t.providerLead}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(config, { onSuccess: () => notifyDone(t.saved) });
        }}
      >
        <Stack>
          <Radio.Group
            aria-label={t.provider}
            value={config.type}
            onChange={(type) => {
              const chosen = types.find((candidate) => candidate === type);
              if (chosen) setConfig(stored?.type === chosen ? stored : blank[chosen]);
            }}
          >
            <Stack gap="sm">
              {types.map((type) => (
                <Radio key={type} value={type} label={t.types[type]} description={t.hints[type]} />
              ))}
            </Stack>
          </Radio.Group>
          <ConfigFields config={config} onChange={setConfig} />
          {save.isError && <FailureAlert error={save.error} />}
          <Group>
            <Button type="submit" disabled={!isChanged || !isComplete(config)} loading={save.isPending}>
              {t.save}
            </Button>
            {stored && <RemoveProvider />}
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

type FieldsProps = { config: CaptchaConfig; onChange: (config: CaptchaConfig) => void };

function ConfigFields({ config, onChange }: FieldsProps) {
  const { captcha: t } = usePhrases().security;
  if (config.type === 'ProofOfWork') {
    return (
      <NumberInput
        label={t.difficulty}
        description={t.difficultyHint}
        min={1000}
        max={10_000_000}
        step={10_000}
        allowDecimal={false}
        thousandSeparator
        maw={420}
        placeholder="100,000"
        value={config.difficulty ?? ''}
        onChange={(value) => onChange({ ...config, difficulty: value === '' ? undefined : Number(value) })}
      />
    );
  }
  return (
    <>
      <TextInput
        label={t.siteKey}
        description={t.siteKeyHint}
        maw={520}
        value={config.siteKey}
        onChange={({ currentTarget }) => onChange({ ...config, siteKey: currentTarget.value.trim() })}
      />
      <SecretInput
        label={config.type === 'Turnstile' ? t.secretKey : t.apiKey}
        maw={520}
        value={config.secretKey}
        onChange={({ currentTarget }) => onChange({ ...config, secretKey: currentTarget.value.trim() })}
      />
      {config.type === 'RecaptchaEnterprise' && <RecaptchaFields config={config} onChange={onChange} />}
    </>
  );
}

function RecaptchaFields({
  config,
  onChange,
}: {
  config: (typeof blank)['RecaptchaEnterprise'];
  onChange: FieldsProps['onChange'];
}) {
  const { captcha: t } = usePhrases().security;
  return (
    <>
      <TextInput
        label={t.projectId}
        maw={520}
        value={config.projectId}
        onChange={({ currentTarget }) => onChange({ ...config, projectId: currentTarget.value.trim() })}
      />
      <NativeSelect
        label={t.mode}
        maw={520}
        value={config.mode ?? 'invisible'}
        data={modes.map((value) => ({ value, label: t.modes[value] }))}
        onChange={({ currentTarget }) =>
          onChange({ ...config, mode: modes.find((mode) => mode === currentTarget.value) })
        }
      />
      <NativeSelect
        label={t.domain}
        maw={520}
        value={config.domain ?? 'www.google.com'}
        data={[...domains]}
        onChange={({ currentTarget }) =>
          onChange({ ...config, domain: domains.find((domain) => domain === currentTarget.value) })
        }
      />
      {config.mode !== 'checkbox' && (
        <NumberInput
          label={t.score}
          description={t.scoreHint}
          min={0}
          max={1}
          step={0.1}
          decimalScale={2}
          maw={520}
          placeholder="0.5"
          value={config.scoreThreshold ?? ''}
          onChange={(value) => onChange({ ...config, scoreThreshold: value === '' ? undefined : Number(value) })}
        />
      )}
    </>
  );
}

function RemoveProvider() {
  const { captcha: t } = usePhrases().security;
  const [asking, { open, close }] = useDisclosure(false);
  const remove = useRemoveCaptchaProvider();
  return (
    <>
      <Button variant="subtle" color="red" onClick={open}>
        {t.remove}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t.removeTitle}
        confirmLabel={t.remove}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => notifyDone(t.removed) })}
        onClose={close}
      >
        {t.removeBody}
      </ConfirmDialog>
    </>
  );
}
