import type { SignInPhrases } from '@latchkey/phrases/sign-in';
import { type IdentifierType, type PageOf, signInPaths } from '@latchkey/server/contract';
import { fieldErrors, formErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { AgreementBox, ImpliedAgreement } from '../parts/agreement.tsx';
import { Alert, Form, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { Link } from '../parts/link.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { Divider, SocialButtons } from '../parts/social-buttons.tsx';
import { TextField } from '../parts/text-field.tsx';
import { flowPath } from '../urls.ts';

const fields = ['identifier', 'password', 'agreement'];

function identifierLabel(field: SignInPhrases['field'], allowed: readonly IdentifierType[]): string {
  const [username, email, phone] = (['username', 'email', 'phone'] as const).map((type) => allowed.includes(type));
  if (username && email && phone) return field.any;
  if (username && email) return field.usernameOrEmail;
  if (username && phone) return field.usernameOrPhone;
  if (email && phone) return field.emailOrPhone;
  if (email) return field.email;
  return phone ? field.phone : field.username;
}

/** The keyboard a phone shows: a special one only when nothing else may be typed. */
function identifierInputMode(allowed: readonly IdentifierType[]): 'text' | 'email' | 'tel' {
  if (allowed.length !== 1 || allowed[0] === 'username') return 'text';
  return allowed[0] === 'email' ? 'email' : 'tel';
}

function PasswordForm({ page }: { page: PageOf<'sign-in'> }) {
  const { phrases } = usePage();
  const identifierErrors = fieldErrors(phrases, page.errors, 'identifier');
  const passwordErrors = fieldErrors(phrases, page.errors, 'password');
  return (
    <Form path={signInPaths.signIn} errors={page.errors} fields={fields}>
      <TextField
        name="identifier"
        label={identifierLabel(phrases.field, page.identifiers)}
        inputMode={identifierInputMode(page.identifiers)}
        autocomplete="username"
        value={page.identifier}
        errors={identifierErrors}
        focus={identifierErrors.length > 0}
      />
      <PasswordField
        label={phrases.field.password}
        errors={passwordErrors}
        focus={passwordErrors.length > 0 && identifierErrors.length === 0}
      />
      <AgreementBox mode={page.agreement} errors={page.errors} />
      <Submit label={phrases.signIn.submit} pendingLabel={phrases.signIn.submitting} />
    </Form>
  );
}

export function SignInPage({ page }: { page: PageOf<'sign-in'> }) {
  const { frame, phrases } = usePage();
  const hasForm = page.identifiers.length > 0;
  const hasSocial = page.social.length > 0;
  return (
    <Layout title={pageTitle(page, phrases)} policiesInFooter={false}>
      {hasForm ? <PasswordForm page={page} /> : <Alert messages={formErrors(phrases, page.errors, [])} />}
      {hasForm && hasSocial && <Divider />}
      <SocialButtons buttons={page.social} />
      {hasForm || hasSocial ? (
        <ImpliedAgreement mode={page.agreement} />
      ) : (
        <p class="lk-note">{phrases.signIn.unavailable}</p>
      )}
      {page.canRegister && (
        <p class="lk-switch">
          {phrases.signIn.noAccount}{' '}
          <Link href={flowPath(frame, signInPaths.register)}>{phrases.signIn.createAccount}</Link>
        </p>
      )}
    </Layout>
  );
}
