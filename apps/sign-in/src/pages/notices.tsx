import { fillPhrase } from '@latchkey/phrases/sign-in';
import type { PageOf } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { Layout } from '../parts/layout.tsx';
import { Link } from '../parts/link.tsx';
import { problemOf } from '../problems.ts';
import { linkUrl } from '../urls.ts';

function WayBack({ href }: { href: string | undefined }) {
  const { phrases } = usePage();
  if (!linkUrl(href)) return null;
  return (
    <Link class="lk-button lk-button-primary" href={href}>
      {phrases.page.goBack}
    </Link>
  );
}

export function ErrorPage({ page }: { page: PageOf<'error'> }) {
  const { phrases } = usePage();
  const problem = problemOf(phrases, page);
  const values = page.data ?? {};
  return (
    <Layout
      title={pageTitle(page, phrases)}
      lead={
        <>
          <p>{fillPhrase(problem.text, values)}</p>
          <p>{fillPhrase(problem.advice, values)}</p>
        </>
      }
    >
      <WayBack href={page.backHref} />
      {page.detail && (
        <details class="lk-details">
          <summary>{phrases.page.details}</summary>
          <p>
            <code>{page.code}</code>
          </p>
          <p lang="en">{page.detail}</p>
        </details>
      )}
      {page.requestId && <p class="lk-request-id">{fillPhrase(phrases.page.requestId, { id: page.requestId })}</p>}
    </Layout>
  );
}

/** The pages that end a flow with fixed words. */
export function NoticePage({ page }: { page: PageOf<'mfa-recovery' | 'session-lost' | 'suspended' | 'not-found'> }) {
  const { phrases } = usePage();
  const words = {
    'mfa-recovery': phrases.mfaRecovery,
    'session-lost': phrases.sessionLost,
    suspended: phrases.suspended,
    'not-found': phrases.notFound,
  }[page.page];
  return (
    <Layout
      title={pageTitle(page, phrases)}
      lead={
        <>
          <p>{words.text}</p>
          <p>{words.advice}</p>
        </>
      }
    >
      <WayBack href={page.backHref} />
    </Layout>
  );
}
