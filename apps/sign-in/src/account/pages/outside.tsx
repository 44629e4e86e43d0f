import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type AccountPageOf, accountPaths } from '@latchkey/server/contract';
import { usePage } from '../../page-context.ts';
import { Link } from '../../parts/link.tsx';
import { flowPath } from '../../urls.ts';
import { OutsideLayout } from '../frame.tsx';
import { useWords } from '../words.ts';

/** The tenant has not opened the account center. */
export function OffPage({ title }: { title: string }) {
  return <OutsideLayout title={title} lead={useWords().off.text} />;
}

export function ProblemPage({ page, title }: { page: AccountPageOf<'account-problem'>; title: string }) {
  const { frame, phrases } = usePage();
  const { problem } = useWords();
  // What forms say of themselves is said here of what has no form.
  const known: Record<string, string> = { ...phrases.formErrors, ...problem.codes };
  const words = page.code !== 'unknown' && Object.hasOwn(known, page.code) ? known[page.code] : undefined;
  return (
    <OutsideLayout title={title} lead={words ?? problem.codes.unknown}>
      <a class="lk-button lk-button-primary" href={flowPath(frame, accountPaths.home)}>
        {problem.again}
      </a>
      {!words && <p class="lk-request-id">{fillPhrase(phrases.page.requestId, { id: page.requestId })}</p>}
    </OutsideLayout>
  );
}

/** A task is done, and the application that asked for it waits. */
export function DonePage({ page, title }: { page: AccountPageOf<'account-done'>; title: string }) {
  const { done } = useWords();
  return (
    <OutsideLayout title={title} lead={done.text}>
      <Link class="lk-button lk-button-primary" href={page.href}>
        {done.submit}
      </Link>
    </OutsideLayout>
  );
}

export function SignedOutPage({ title }: { title: string }) {
  const { frame } = usePage();
  const { signedOut } = useWords();
  return (
    <OutsideLayout title={title} lead={signedOut.text}>
      <a class="lk-button lk-button-secondary" href={flowPath(frame, accountPaths.home)}>
        {signedOut.signIn}
      </a>
    </OutsideLayout>
  );
}
