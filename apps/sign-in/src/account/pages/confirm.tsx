import { fillPhrase } from '@latchkey/phrases/sign-in';
import type { AccountPageOf, ConfirmedAction } from '@latchkey/server/contract';
import { usePage } from '../../page-context.ts';
import { Form } from '../../parts/form.tsx';
import { flowPath } from '../../urls.ts';
import { AccountLayout } from '../frame.tsx';
import { useWords } from '../words.ts';

/** These make something; the others take something away. */
const harmless: readonly ConfirmedAction[] = ['backup-codes-generate', 'second-step-on'];

/** Asks before something is done. */
export function ConfirmPage({ page, title }: { page: AccountPageOf<'account-confirm'>; title: string }) {
  const { frame } = usePage();
  const { account, confirm } = useWords();
  const { what, name = '' } = page;
  const words = confirm[what];
  const look = harmless.includes(what) ? 'lk-button-primary' : 'lk-button-danger';
  return (
    <AccountLayout page={page} title={title} lead={<p>{fillPhrase(words.text, { name })}</p>} isTask>
      <Form path={page.path} errors={page.errors} fields={[]}>
        <button class={`lk-button ${look}`} type="submit" data-pending-label={account.saving}>
          {words.submit}
        </button>
        <a class="lk-button lk-button-secondary" href={flowPath(frame, page.cancel)}>
          {account.cancel}
        </a>
      </Form>
    </AccountLayout>
  );
}
