import { fillPhrase, type SignInPhrases } from '@latchkey/phrases/sign-in';
import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { fieldErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { AgreementBox, ImpliedAgreement } from '../parts/agreement.tsx';
import { Form, SecondarySubmit, Submit } from '../parts/form.tsx';
import { IdentifierField } from '../parts/identifier-field.tsx';
import { Layout } from '../parts/layout.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { inputNames, ProfileFields } from '../parts/profile-fields.tsx';
import { TextField } from '../parts/text-field.tsx';

function request(profile: SignInPhrases['profile'], { missing, fields }: PageOf<'profile'>): string {
  if (fields.length > 0) return missing.length > 0 ? profile.several : profile.fields;
  if (missing.length === 2 && missing.includes('username') && missing.includes('password')) {
    return profile.usernameAndPassword;
  }
  if (missing.length > 1) return profile.several;
  return missing[0] ? profile[missing[0]] : profile.agreement;
}

/** What an account still lacks, all on one page. */
export function ProfilePage({ page }: { page: PageOf<'profile'> }) {
  const { phrases } = usePage();
  const { missing, values, fields } = page;
  const { signedInWith, submit, submitting } = phrases.profile;
  const errorsOf = (name: string) => fieldErrors(phrases, page.errors, name);
  const first = page.errors.find(({ field }) => field)?.field;
  const own = fields.flatMap(inputNames);
  return (
    <Layout
      title={pageTitle(page, phrases)}
      policiesInFooter={false}
      lead={
        <>
          {page.connectorName && <p>{fillPhrase(signedInWith, { connector: page.connectorName })}</p>}
          <p>{request(phrases.profile, page)}</p>
        </>
      }
    >
      <Form
        path={signInPaths.profile}
        errors={page.errors}
        fields={[...missing, ...(missing.includes('emailOrPhone') ? ['identifier'] : []), ...own, 'agreement']}
      >
        {missing.includes('username') && (
          <TextField
            name="username"
            label={phrases.field.username}
            autocomplete="username"
            value={values.username}
            errors={errorsOf('username')}
            focus={first === 'username'}
          />
        )}
        {(['email', 'phone'] as const)
          .filter((kind) => missing.includes(kind))
          .map((kind) => (
            <IdentifierField
              key={kind}
              name={kind}
              allowed={[kind]}
              value={values[kind]}
              errors={errorsOf(kind)}
              focus={first === kind}
            />
          ))}
        {missing.includes('emailOrPhone') && (
          <IdentifierField
            allowed={['email', 'phone']}
            value={values.identifier}
            errors={errorsOf('identifier')}
            focus={first === 'identifier'}
          />
        )}
        {missing.includes('password') && (
          <PasswordField
            label={phrases.field.newPassword}
            errors={errorsOf('password')}
            focus={first === 'password'}
            rules={page.passwordRules}
          />
        )}
        <ProfileFields fields={fields} values={values} errors={page.errors} first={first} />
        <AgreementBox mode={page.agreement} errors={page.errors} />
        <Submit label={submit} pendingLabel={submitting} />
        <SecondarySubmit label={phrases.page.cancel} path={signInPaths.cancel} />
      </Form>
      <ImpliedAgreement mode={page.agreement} />
    </Layout>
  );
}
