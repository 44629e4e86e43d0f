import { Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { defaultDomainQuery } from './protected-applications.queries.ts';

type Place = { subDomain: string; origin: string };

/** Where a new protected application will be, and where the app behind it listens. */
export function ProtectedPlaceFields<Values extends Place>({ form }: { form: UseFormReturnType<Values> }) {
  const { protectedApplications: t } = usePhrases();
  const { api } = useConsole();
  const { data: domain, error, refetch } = useQuery(defaultDomainQuery(api));
  return (
    <>
      {error && <FailureAlert error={error} onRetry={() => refetch()} />}
      <TextInput
        label={t.host}
        description={domain ? t.hostHint({ domain }) : t.ownHostHint}
        placeholder={domain ? 'wiki' : 'wiki.example.com'}
        required
        maxLength={253}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        rightSectionWidth="auto"
        rightSection={
          domain && !form.values.subDomain.includes('.') ? (
            <Text size="sm" className="quiet" pr="sm">
              .{domain}
            </Text>
          ) : undefined
        }
        {...form.getInputProps('subDomain')}
      />
      <TextInput
        label={t.origin}
        description={t.originHint}
        placeholder="http://10.0.0.5:8080"
        type="url"
        inputMode="url"
        required
        maxLength={2048}
        {...form.getInputProps('origin')}
      />
    </>
  );
}
