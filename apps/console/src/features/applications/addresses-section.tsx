import type { ApplicationType } from '@latchkey/server/contract';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import type { ApplicationForm } from './settings-tab.tsx';
import { UriListField } from './uri-list-field.tsx';

type ListField = 'redirectUris' | 'postLogoutRedirectUris' | 'corsAllowedOrigins';

/** Redirect URIs, post sign-out redirect URIs and CORS origins. */
export function AddressesSection({ type, form }: { type: ApplicationType; form: ApplicationForm }) {
  const { urls: t } = usePhrases().applications.details;
  const field = (name: ListField) => ({
    values: form.values[name],
    errors: form.values[name].map((_, index) => (form.errors[`${name}.${index}`] as string | undefined) ?? null),
    onChange: (values: string[]) => {
      form.setFieldValue(name, values);
      for (const index of values.keys()) form.clearFieldError(`${name}.${index}`);
    },
    onLeave: (index: number) => {
      form.validateField(`${name}.${index}`);
    },
  });
  const example = type === 'Native' ? 'com.example.app://callback' : 'https://app.example.com/callback';

  return (
    <Section title={t.title} description={t.hint}>
      <UriListField
        label={t.redirectUris}
        description={t.redirectUrisHint}
        placeholder={example}
        {...field('redirectUris')}
      />
      <UriListField
        label={t.postSignOutUris}
        description={t.postSignOutUrisHint}
        placeholder={type === 'Native' ? 'com.example.app://signed-out' : 'https://app.example.com/'}
        {...field('postLogoutRedirectUris')}
      />
      <UriListField
        label={t.corsOrigins}
        description={t.corsOriginsHint}
        placeholder="https://app.example.com"
        {...field('corsAllowedOrigins')}
      />
    </Section>
  );
}
