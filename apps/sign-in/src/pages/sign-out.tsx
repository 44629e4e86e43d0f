import type { PageOf } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { EngineForm, SecondarySubmit, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';

export function SignOutPage({ page }: { page: PageOf<'sign-out'> }) {
  const { frame, phrases } = usePage();
  const { signOut, switchAccount } = phrases;
  return (
    <Layout title={pageTitle(page, phrases)} lead={page.isSwitch ? undefined : <p>{signOut.text}</p>}>
      <EngineForm
        action={page.action}
        fields={page.fields}
        attributes={{ 'data-auto-submit': page.autoSubmit && !frame.preview ? '' : undefined }}
      >
        {page.isSwitch ? (
          <Submit label={phrases.signIn.next} pendingLabel={switchAccount.changing} name="logout" value="yes" />
        ) : (
          <>
            <Submit label={signOut.submit} pendingLabel={signOut.submitting} name="logout" value="yes" />
            <SecondarySubmit label={signOut.stay} />
          </>
        )}
      </EngineForm>
    </Layout>
  );
}

/** The way to another site by a form; one click without JavaScript. */
export function HandOverPage({ page }: { page: PageOf<'hand-over'> }) {
  const { frame, phrases } = usePage();
  return (
    <Layout title={pageTitle(page, phrases)}>
      <EngineForm
        action={page.action}
        fields={page.fields}
        attributes={{ 'data-auto-submit': page.autoSubmit && !frame.preview ? '' : undefined }}
      >
        <Submit label={phrases.signIn.next} pendingLabel={phrases.signIn.submitting} />
      </EngineForm>
    </Layout>
  );
}

export function SignedOutPage({ page }: { page: PageOf<'signed-out'> }) {
  const { phrases } = usePage();
  return <Layout title={pageTitle(page, phrases)} lead={<p>{phrases.signedOut.text}</p>} />;
}
