import type { PageOf } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { SecondarySubmit, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { linkUrl } from '../urls.ts';

export function SignOutPage({ page }: { page: PageOf<'sign-out'> }) {
  const { frame, phrases } = usePage();
  const { signOut } = phrases;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<p>{signOut.text}</p>}>
      <form
        class="lk-form"
        method="post"
        action={linkUrl(page.action)}
        data-auto-submit={page.autoSubmit && !frame.preview ? '' : undefined}
      >
        {Object.entries(page.fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Submit label={signOut.submit} pendingLabel={signOut.submitting} name="logout" value="yes" />
        <SecondarySubmit label={signOut.stay} />
      </form>
    </Layout>
  );
}

export function SignedOutPage({ page }: { page: PageOf<'signed-out'> }) {
  const { phrases } = usePage();
  return <Layout title={pageTitle(page, phrases)} lead={<p>{phrases.signedOut.text}</p>} />;
}
