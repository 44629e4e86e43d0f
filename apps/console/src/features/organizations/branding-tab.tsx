import { Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SaveBar } from '../../components/save-bar.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { OverrideColours, OverrideCss, OverrideLogos } from '../sign-in-experience/override-fields.tsx';
import { overrideErrors, toOverride, toOverrideValues } from '../sign-in-experience/override-form.ts';
import type { Organization } from './organization.page.tsx';
import { useUpdateOrganization } from './organizations.queries.ts';

/** How the sign-in pages look when an application asks for this organization. */
export function BrandingTab({ organization }: { organization: Organization }) {
  const { organizations: t, signInExperience, shell } = usePhrases();
  const update = useUpdateOrganization(organization.id);
  const form = useForm({
    initialValues: toOverrideValues(organization),
    validate: (values) => overrideErrors(values, signInExperience.problems),
  });
  const submit = form.onSubmit((values) =>
    update.mutate(toOverride(values), {
      onSuccess: (saved) => {
        form.setInitialValues(toOverrideValues(saved));
        form.setValues(toOverrideValues(saved));
        notifyDone(shell.form.saved);
      },
    }),
  );
  const fields = { values: form.values, errors: form.errors, onChange: form.setValues };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <OverrideLogos {...fields} hint={t.brandingHint} />
        <OverrideColours {...fields} />
        <OverrideCss {...fields} />
        {update.error && <FailureAlert error={update.error} />}
        <SaveBar dirty={form.isDirty()} pending={update.isPending} onDiscard={() => form.reset()} />
      </Stack>
    </form>
  );
}
