import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { fieldErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { AccountOfPassword } from '../parts/account-of-password.tsx';
import { Captcha } from '../parts/captcha.tsx';
import { Form, SecondarySubmit, Submit } from '../parts/form.tsx';
import { IdentifierField } from '../parts/identifier-field.tsx';
import { Layout } from '../parts/layout.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { RichPhrase } from '../parts/rich-phrase.tsx';

export function ForgotPasswordPage({ page }: { page: PageOf<'forgot-password'> }) {
  const { phrases } = usePage();
  const { text, expired, submit, submitting, back } = phrases.forgotPassword;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<p>{page.isExpired ? expired : text}</p>}>
      <Form path={signInPaths.forgotPassword} errors={page.errors} fields={['identifier']}>
        <IdentifierField
          allowed={page.identifiers}
          value={page.identifier}
          errors={fieldErrors(phrases, page.errors, 'identifier')}
        />
        <Captcha captcha={page.captcha} />
        <Submit label={submit} pendingLabel={submitting} />
        <SecondarySubmit label={back} path={signInPaths.cancel} />
      </Form>
    </Layout>
  );
}

export function ResetPasswordPage({ page }: { page: PageOf<'reset-password'> }) {
  const { phrases } = usePage();
  const { text, submit, submitting } = phrases.resetPassword;
  return (
    <Layout
      title={pageTitle(page, phrases)}
      lead={
        <p>
          <RichPhrase phrase={text} values={{ account: <strong dir="auto">{page.account}</strong> }} />
        </p>
      }
    >
      <Form path={signInPaths.resetPassword} errors={page.errors} fields={['password']}>
        <AccountOfPassword account={page.account} />
        <PasswordField
          label={phrases.field.newPassword}
          errors={fieldErrors(phrases, page.errors, 'password')}
          focus={page.errors.every(({ field }) => field === 'password')}
          rules={page.passwordRules}
        />
        <Submit label={submit} pendingLabel={submitting} />
        <SecondarySubmit label={phrases.page.cancel} path={signInPaths.cancel} />
      </Form>
    </Layout>
  );
}
