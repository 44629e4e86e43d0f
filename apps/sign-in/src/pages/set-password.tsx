import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { fieldErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { AccountOfPassword } from '../parts/account-of-password.tsx';
import { Form, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { RichPhrase } from '../parts/rich-phrase.tsx';

export function SetPasswordPage({ page }: { page: PageOf<'set-password'> }) {
  const { phrases } = usePage();
  const passwordErrors = fieldErrors(phrases, page.errors, 'password');
  return (
    <Layout
      title={pageTitle(page, phrases)}
      lead={
        <p>
          <RichPhrase phrase={phrases.setPassword.text} values={{ username: <strong>{page.username}</strong> }} />
        </p>
      }
    >
      <Form path={signInPaths.setPassword} errors={page.errors} fields={['password']}>
        <input type="hidden" name="token" value={page.token} />
        <AccountOfPassword account={page.username} />
        <PasswordField
          label={phrases.field.newPassword}
          errors={passwordErrors}
          focus={passwordErrors.length > 0}
          rules={page.passwordRules}
        />
        <Submit label={phrases.setPassword.submit} pendingLabel={phrases.setPassword.submitting} />
      </Form>
    </Layout>
  );
}
