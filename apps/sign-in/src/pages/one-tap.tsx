import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { Form, SecondarySubmit, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';

/** A Google account that an application brings along: nobody is signed in with it who did not choose it. */
export function OneTapPage({ page }: { page: PageOf<'one-tap'> }) {
  const { phrases } = usePage();
  const { oneTap, oneTimeToken, linkEnded } = phrases;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<p>{oneTap.text}</p>}>
      <Form path={signInPaths.oneTap} errors={page.errors} fields={[]}>
        <Submit label={oneTimeToken.submit} pendingLabel={oneTimeToken.submitting} name="decision" value="accept" />
        <SecondarySubmit label={linkEnded.signIn} name="decision" value="decline" />
      </Form>
    </Layout>
  );
}
