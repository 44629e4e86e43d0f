import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { AgreementBox, ImpliedAgreement } from '../parts/agreement.tsx';
import { Form, SecondarySubmit, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { addressIn, RichText } from '../parts/rich-phrase.tsx';

/** Nobody has the address that was just proved: make an account of it? */
export function OfferRegisterPage({ page }: { page: PageOf<'offer-register'> }) {
  const { phrases } = usePage();
  const { text, submit, submitting } = phrases.offerRegister;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<RichText phrase={text} values={addressIn(page.address)} />}>
      <Form path={signInPaths.registerConfirm} errors={page.errors} fields={['agreement']}>
        <AgreementBox mode={page.agreement} errors={page.errors} />
        <Submit label={submit} pendingLabel={submitting} />
        <SecondarySubmit label={phrases.page.cancel} path={signInPaths.cancel} />
      </Form>
      <ImpliedAgreement mode={page.agreement} />
    </Layout>
  );
}

/** Somebody has the address that was just proved: sign in to that account? */
export function OfferSignInPage({ page }: { page: PageOf<'offer-sign-in'> }) {
  const { phrases } = usePage();
  const { text, submit, submitting } = phrases.offerSignIn;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<RichText phrase={text} values={addressIn(page.address)} />}>
      <Form path={signInPaths.signInConfirm} errors={page.errors} fields={[]}>
        <Submit label={submit} pendingLabel={submitting} />
        <SecondarySubmit label={phrases.page.cancel} path={signInPaths.cancel} />
      </Form>
    </Layout>
  );
}
