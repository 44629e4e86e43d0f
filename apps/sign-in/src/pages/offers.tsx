import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { AgreementBox, ImpliedAgreement } from '../parts/agreement.tsx';
import { Form, SecondarySubmit, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { RichPhrase } from '../parts/rich-phrase.tsx';

const address = (text: string) => ({ address: <strong dir="ltr">{text}</strong> });

/** Nobody has the address that was just proved: make an account of it? */
export function OfferRegisterPage({ page }: { page: PageOf<'offer-register'> }) {
  const { phrases } = usePage();
  const { text, submit, submitting } = phrases.offerRegister;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<RichText phrase={text} values={address(page.address)} />}>
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
    <Layout title={pageTitle(page, phrases)} lead={<RichText phrase={text} values={address(page.address)} />}>
      <Form path={signInPaths.signInConfirm} errors={page.errors} fields={[]}>
        <Submit label={submit} pendingLabel={submitting} />
        <SecondarySubmit label={phrases.page.cancel} path={signInPaths.cancel} />
      </Form>
    </Layout>
  );
}

/** The page of a link that came by mail. Opening it does nothing yet, because mail scanners open links too. */
export function OneTimeTokenPage({ page }: { page: PageOf<'one-time-token'> }) {
  const { phrases } = usePage();
  const { text, submit, submitting } = phrases.oneTimeToken;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<p>{text}</p>}>
      <Form path={signInPaths.oneTimeToken} errors={page.errors} fields={[]}>
        <Submit label={submit} pendingLabel={submitting} />
        <SecondarySubmit label={phrases.page.cancel} path={signInPaths.cancel} />
      </Form>
    </Layout>
  );
}

/** Somebody else than the link is for is signed in. */
export function SwitchAccountPage({ page }: { page: PageOf<'switch-account'> }) {
  const { phrases } = usePage();
  const { text, change, changing, stay } = phrases.switchAccount;
  const names = { address: page.address, current: page.current };
  const values = { ...address(page.address), current: <strong dir="auto">{page.current}</strong> };
  return (
    <Layout title={pageTitle(page, phrases)} lead={<RichText phrase={text} values={values} />}>
      <Form path={signInPaths.switchAccount} errors={page.errors} fields={[]}>
        <Submit label={fillPhrase(change, names)} pendingLabel={changing} name="decision" value="switch" />
        <SecondarySubmit label={fillPhrase(stay, names)} name="decision" value="stay" />
      </Form>
    </Layout>
  );
}

function RichText(props: Parameters<typeof RichPhrase>[0]) {
  return (
    <p>
      <RichPhrase {...props} />
    </p>
  );
}
