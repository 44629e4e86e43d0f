import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { fieldErrors, formErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { AgreementBox, ImpliedAgreement } from '../parts/agreement.tsx';
import { Captcha } from '../parts/captcha.tsx';
import { Alert, Form, Submit } from '../parts/form.tsx';
import { IdentifierField } from '../parts/identifier-field.tsx';
import { Layout } from '../parts/layout.tsx';
import { Link } from '../parts/link.tsx';
import { OneTap } from '../parts/one-tap.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { Divider, SocialButtons } from '../parts/social-buttons.tsx';
import { TextField } from '../parts/text-field.tsx';
import { flowPath } from '../urls.ts';

/** A username comes with a password; an address is proved first. */
function RegisterForm({ page }: { page: PageOf<'register'> }) {
  const { phrases } = usePage();
  const { register } = phrases;
  const byUsername = page.identifiers.length === 1 && page.identifiers[0] === 'username';
  const usernameErrors = fieldErrors(phrases, page.errors, 'username');
  const passwordErrors = fieldErrors(phrases, page.errors, 'password');
  return (
    <Form
      path={signInPaths.register}
      errors={page.errors}
      fields={[...(byUsername ? ['username', 'password'] : ['identifier']), 'agreement']}
    >
      {byUsername ? (
        <>
          <TextField
            name="username"
            label={phrases.field.username}
            autocomplete="username"
            value={page.username}
            errors={usernameErrors}
            focus={usernameErrors.length > 0}
          />
          <PasswordField
            label={phrases.field.newPassword}
            errors={passwordErrors}
            focus={passwordErrors.length > 0 && usernameErrors.length === 0}
            rules={page.passwordRules}
          />
        </>
      ) : (
        <IdentifierField
          allowed={page.identifiers}
          value={page.identifier}
          errors={fieldErrors(phrases, page.errors, 'identifier')}
        />
      )}
      <AgreementBox mode={page.agreement} errors={page.errors} />
      <Captcha captcha={page.captcha} />
      <Submit label={byUsername ? register.submit : register.next} pendingLabel={register.submitting} />
    </Form>
  );
}

export function RegisterPage({ page }: { page: PageOf<'register'> }) {
  const { frame, phrases } = usePage();
  const hasForm = page.identifiers.length > 0;
  const hasSocial = page.social.length > 0;
  return (
    <Layout
      title={pageTitle(page, phrases)}
      policiesInFooter={false}
      lead={page.isFirstAdministrator && <p>{phrases.register.firstAdministrator}</p>}
    >
      {hasForm ? <RegisterForm page={page} /> : <Alert messages={formErrors(phrases, page.errors, [])} />}
      {hasForm && hasSocial && <Divider />}
      <SocialButtons buttons={page.social} />
      <OneTap prompt={page.oneTap} />
      {hasForm || hasSocial ? (
        <ImpliedAgreement mode={page.agreement} />
      ) : (
        <p class="lk-note">{phrases.register.unavailable}</p>
      )}
      {page.canSignIn && (
        <p class="lk-switch">
          {phrases.register.haveAccount}{' '}
          <Link href={flowPath(frame, signInPaths.signIn)}>{phrases.register.signIn}</Link>
        </p>
      )}
    </Layout>
  );
}
