import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { formErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { ImpliedAgreement } from '../parts/agreement.tsx';
import { Alert } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { Link } from '../parts/link.tsx';
import { NewAccountForm } from '../parts/new-account-form.tsx';
import { Divider, SocialButtons } from '../parts/social-buttons.tsx';
import { flowPath } from '../urls.ts';

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
      {hasForm ? (
        <NewAccountForm
          path={signInPaths.register}
          asksFor={['username', 'password']}
          username={page.username}
          rules={page.passwordRules}
          errors={page.errors}
          agreement={page.agreement}
          submitLabel={phrases.register.submit}
          pendingLabel={phrases.register.submitting}
        />
      ) : (
        <Alert messages={formErrors(phrases, page.errors, [])} />
      )}
      {hasForm && hasSocial && <Divider />}
      <SocialButtons buttons={page.social} />
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
