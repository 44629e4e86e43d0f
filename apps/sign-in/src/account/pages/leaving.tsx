import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type AccountPageOf, accountPaths } from '@latchkey/server/contract';
import { usePage } from '../../page-context.ts';
import { Form, Submit } from '../../parts/form.tsx';
import { flowPath } from '../../urls.ts';
import { OutsideLayout } from '../frame.tsx';
import { useDay } from '../rows.tsx';
import { useWords } from '../words.ts';

/** The account is suspended, and going to be deleted. */
export function LeavingPage({ page, title }: { page: AccountPageOf<'account-leaving'>; title: string }) {
  const { leaving } = useWords();
  const day = useDay();
  const text = page.until ? fillPhrase(leaving.text, { date: day(page.until) }) : leaving.textSoon;
  return <OutsideLayout title={title} lead={text} />;
}

/** Whoever has just signed in may keep it. */
export function KeepPage({ page, title }: { page: AccountPageOf<'account-keep'>; title: string }) {
  const { keep } = useWords();
  const day = useDay();
  return (
    <OutsideLayout title={title} lead={fillPhrase(keep.text, { date: day(page.until) })}>
      <Form path={accountPaths.keep} errors={page.errors} fields={[]}>
        <input type="hidden" name="token" value={page.token} />
        <Submit label={keep.submit} pendingLabel={keep.submitting} />
      </Form>
    </OutsideLayout>
  );
}

export function KeptPage({ title }: { title: string }) {
  const { frame } = usePage();
  const { kept } = useWords();
  return (
    <OutsideLayout title={title} lead={kept.text}>
      <a class="lk-button lk-button-primary" href={flowPath(frame, accountPaths.home)}>
        {kept.submit}
      </a>
    </OutsideLayout>
  );
}
