import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { fieldErrors, formErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { AgreementBox, ImpliedAgreement } from '../parts/agreement.tsx';
import { Captcha } from '../parts/captcha.tsx';
import { Alert, Form, Notice, Submit } from '../parts/form.tsx';
import { IdentifierField } from '../parts/identifier-field.tsx';
import { Layout } from '../parts/layout.tsx';
import { Link } from '../parts/link.tsx';
import { OneTap } from '../parts/one-tap.tsx';
import { PasskeyForm } from '../parts/passkey.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { Divider, SocialButtons } from '../parts/social-buttons.tsx';
import { flowPath } from '../urls.ts';

const fields = ['identifier', 'password', 'agreement'];

/** The way to a new password, beside the field of the old one. */
export function ForgotPassword() {
  const { frame, phrases } = usePage();
  return (
    <p class="lk-forgot">
      <Link href={flowPath(frame, signInPaths.forgotPassword)}>{phrases.signIn.forgotPassword}</Link>
    </p>
  );
}

function IdentifierForm({ page }: { page: PageOf<'sign-in'> }) {
  const { phrases } = usePage();
  const { signIn } = phrases;
  const identifierErrors = fieldErrors(phrases, page.errors, 'identifier');
  const passwordErrors = fieldErrors(phrases, page.errors, 'password');
  return (
    <Form path={signInPaths.signIn} errors={page.errors} fields={fields}>
      <IdentifierField
        allowed={page.identifiers}
        value={page.identifier}
        errors={identifierErrors}
        offersPasskeys={page.passkey?.autofill === true}
      />
      {page.asksPassword && (
        <PasswordField
          label={phrases.field.password}
          errors={passwordErrors}
          focus={passwordErrors.length > 0 && identifierErrors.length === 0}
        />
      )}
      {page.asksPassword && page.canResetPassword && <ForgotPassword />}
      <AgreementBox mode={page.agreement} errors={page.errors} />
      <Captcha captcha={page.captcha} />
      <Submit label={page.asksPassword ? signIn.submit : signIn.next} pendingLabel={signIn.submitting} />
    </Form>
  );
}

export function SignInPage({ page }: { page: PageOf<'sign-in'> }) {
  const { frame, phrases } = usePage();
  const { passkey } = page;
  const hasForm = page.identifiers.length > 0;
  const hasButtons = page.social.length > 0 || passkey?.button === true;
  return (
    <Layout title={pageTitle(page, phrases)} policiesInFooter={false}>
      {page.notice && <Notice text={phrases.signIn.passwordChanged} />}
      {hasForm ? <IdentifierForm page={page} /> : <Alert messages={formErrors(phrases, page.errors, [])} />}
      {hasForm && hasButtons && <Divider />}
      {passkey && (
        <PasskeyForm
          path={signInPaths.signInPasskey}
          ceremony="get"
          options={passkey.options}
          label={phrases.signIn.passkey}
          autofill={passkey.autofill}
          button={passkey.button}
        />
      )}
      <SocialButtons buttons={page.social} />
      <OneTap prompt={page.oneTap} />
      {page.hasSingleSignOn && (
        <p class="lk-single-sign-on">
          <Link href={flowPath(frame, signInPaths.singleSignOn)}>{phrases.signIn.singleSignOn}</Link>
        </p>
      )}
      {hasForm || hasButtons ? (
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
