import { fillPhrase, type SignInPhrases } from '@latchkey/phrases/sign-in';
import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { ImpliedAgreement } from '../parts/agreement.tsx';
import { SecondarySubmit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { NewAccountForm } from '../parts/new-account-form.tsx';

function request(profile: SignInPhrases['profile'], missing: PageOf<'profile'>['missing']): string {
  if (missing.length === 2) return profile.usernameAndPassword;
  return missing[0] ? profile[missing[0]] : profile.agreement;
}

export function ProfilePage({ page }: { page: PageOf<'profile'> }) {
  const { phrases } = usePage();
  const { signedInWith, submit, submitting } = phrases.profile;
  return (
    <Layout
      title={pageTitle(page, phrases)}
      policiesInFooter={false}
      lead={
        <>
          {page.connectorName && <p>{fillPhrase(signedInWith, { connector: page.connectorName })}</p>}
          <p>{request(phrases.profile, page.missing)}</p>
        </>
      }
    >
      <NewAccountForm
        path={signInPaths.profile}
        asksFor={page.missing}
        username={page.username}
        rules={page.passwordRules}
        errors={page.errors}
        agreement={page.agreement}
        submitLabel={submit}
        pendingLabel={submitting}
      >
        <SecondarySubmit label={phrases.page.cancel} path={signInPaths.cancel} />
      </NewAccountForm>
      <ImpliedAgreement mode={page.agreement} />
    </Layout>
  );
}
