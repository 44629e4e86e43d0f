import type { ApplicationDetails, ApplicationSignInExperience } from '@latchkey/server/contract';
import { SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { OverrideColours, OverrideCss, OverrideLogos } from '../sign-in-experience/override-fields.tsx';
import {
  isWebAddressOrEmpty,
  overrideErrors,
  toOverride,
  toOverrideValues,
} from '../sign-in-experience/override-form.ts';
import { applicationExperienceQuery, useSaveApplicationExperience } from './applications.queries.ts';

type Experience = Pick<
  ApplicationSignInExperience,
  'color' | 'branding' | 'customCss' | 'displayName' | 'termsOfUseUrl' | 'privacyPolicyUrl'
>;

const nothing: Experience = {
  color: {},
  branding: {},
  customCss: null,
  displayName: null,
  termsOfUseUrl: null,
  privacyPolicyUrl: null,
};

/** How the pages look when people come from this application: its sign-in page, or the consent page of a third party. */
export function BrandingTab({ application }: { application: ApplicationDetails }) {
  const { api } = useConsole();
  const query = useQuery(applicationExperienceQuery(api, application.id));
  return (
    <Loaded query={query}>
      {(experience) => <BrandingForm application={application} experience={experience ?? nothing} />}
    </Loaded>
  );
}

const valuesOf = (experience: Experience) => ({
  ...toOverrideValues(experience),
  displayName: experience.displayName ?? '',
  termsOfUseUrl: experience.termsOfUseUrl ?? '',
  privacyPolicyUrl: experience.privacyPolicyUrl ?? '',
});

const addressFields = ['termsOfUseUrl', 'privacyPolicyUrl'] as const;

function BrandingForm({ application, experience }: { application: ApplicationDetails; experience: Experience }) {
  const { applicationTabs, signInExperience, shell } = usePhrases();
  const { branding: t } = applicationTabs;
  const { problems } = signInExperience;
  const save = useSaveApplicationExperience(application.id);
  const form = useForm({
    initialValues: valuesOf(experience),
    validate: (values) => ({
      ...overrideErrors(values, problems),
      ...Object.fromEntries(
        addressFields.filter((field) => !isWebAddressOrEmpty(values[field])).map((field) => [field, problems.url]),
      ),
    }),
  });
  const submit = form.onSubmit((values) =>
    save.mutate(
      {
        ...toOverride(values),
        displayName: values.displayName.trim() || null,
        termsOfUseUrl: values.termsOfUseUrl.trim() || null,
        privacyPolicyUrl: values.privacyPolicyUrl.trim() || null,
      },
      {
        onSuccess: (saved) => {
          form.setInitialValues(valuesOf(saved));
          form.setValues(valuesOf(saved));
          notifyDone(shell.form.saved);
        },
      },
    ),
  );
  const fields = { values: form.values, errors: form.errors, onChange: form.setValues };
  const ofThirdParty = application.isThirdParty;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Section title={t.title} description={ofThirdParty ? t.thirdPartyHint : t.hint}>
          <TextInput
            label={t.displayName}
            description={t.displayNameHint}
            placeholder={application.name}
            maxLength={256}
            {...form.getInputProps('displayName')}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {addressFields.map((field) => (
              <TextInput
                key={field}
                label={t[field]}
                type="url"
                placeholder="https://"
                maxLength={2048}
                {...form.getInputProps(field)}
              />
            ))}
          </SimpleGrid>
        </Section>
        {ofThirdParty ? (
          <OverrideLogos {...fields} fields={['logoUrl', 'darkLogoUrl']} />
        ) : (
          <>
            <OverrideColours {...fields} />
            <OverrideLogos {...fields} />
            <OverrideCss {...fields} />
          </>
        )}
        {save.error && <FailureAlert error={save.error} />}
        <SaveBar dirty={form.isDirty()} pending={save.isPending} onDiscard={() => form.reset()} />
      </Stack>
    </form>
  );
}
