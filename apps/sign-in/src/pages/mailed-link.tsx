import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { Form, SecondarySubmit, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { Link } from '../parts/link.tsx';
import { addressIn, RichText } from '../parts/rich-phrase.tsx';
import { flowPath, linkUrl } from '../urls.ts';

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
  const values = { ...addressIn(page.address), current: <strong dir="auto">{page.current}</strong> };
  return (
    <Layout title={pageTitle(page, phrases)} lead={<RichText phrase={text} values={values} />}>
      <Form path={signInPaths.switchAccount} errors={page.errors} fields={[]}>
        <Submit label={fillPhrase(change, names)} pendingLabel={changing} name="decision" value="switch" />
        <SecondarySubmit label={fillPhrase(stay, names)} name="decision" value="stay" />
      </Form>
    </Layout>
  );
}

/** A link that opens nothing: why, and the ways that are left. */
export function LinkEndedPage({ page }: { page: PageOf<'link-ended'> }) {
  const { frame, phrases } = usePage();
  const { linkEnded, oneTimeToken, switchAccount, forgotPassword } = phrases;
  const lead = (
    <>
      <RichText phrase={linkEnded[page.why].text} values={addressIn(page.address)} />
      <p>{linkEnded.advice}</p>
    </>
  );
  return (
    <Layout title={pageTitle(page, phrases)} lead={lead}>
      <Form path={page.current ? signInPaths.switchAccount : signInPaths.cancel} errors={[]} fields={[]}>
        {page.canResetPassword && (
          <Link class="lk-button lk-button-primary" href={flowPath(frame, signInPaths.forgotPassword)}>
            {forgotPassword.title}
          </Link>
        )}
        {page.current && (
          <Submit
            label={fillPhrase(switchAccount.stay, { current: page.current })}
            pendingLabel={oneTimeToken.submitting}
            name="decision"
            value="stay"
          />
        )}
        {page.current || page.canResetPassword ? (
          <SecondarySubmit label={linkEnded.signIn} path={signInPaths.cancel} />
        ) : (
          <Submit label={linkEnded.signIn} pendingLabel={oneTimeToken.submitting} />
        )}
        {linkUrl(page.backHref) && (
          <Link class="lk-button lk-button-secondary" href={page.backHref}>
            {linkEnded.backToApp}
          </Link>
        )}
      </Form>
    </Layout>
  );
}
