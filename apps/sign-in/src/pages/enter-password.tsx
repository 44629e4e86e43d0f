import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { fieldErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { AccountOfPassword } from '../parts/account-of-password.tsx';
import { Alternatives } from '../parts/choices.tsx';
import { Form, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { Link } from '../parts/link.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { RichPhrase } from '../parts/rich-phrase.tsx';
import { flowPath } from '../urls.ts';
import { ForgotPassword } from './sign-in.tsx';

export function EnterPasswordPage({ page }: { page: PageOf<'enter-password'> }) {
  const { frame, phrases } = usePage();
  return (
    <Layout
      title={pageTitle(page, phrases)}
      lead={
        <p>
          <RichPhrase
            phrase={phrases.enterPassword.text}
            values={{ identifier: <strong dir="auto">{page.identifier}</strong> }}
          />{' '}
          <Link href={flowPath(frame, signInPaths.signIn)}>{phrases.enterPassword.useAnother}</Link>
        </p>
      }
    >
      <Form path={signInPaths.signInPassword} errors={page.errors} fields={['password']}>
        <AccountOfPassword account={page.identifier} />
        <PasswordField
          label={phrases.field.password}
          errors={fieldErrors(phrases, page.errors, 'password')}
          focus={page.errors.every(({ field }) => field === 'password')}
        />
        {page.canResetPassword && <ForgotPassword />}
        <Submit label={phrases.signIn.submit} pendingLabel={phrases.signIn.submitting} />
      </Form>
      <Alternatives methods={page.alternatives} />
    </Layout>
  );
}
