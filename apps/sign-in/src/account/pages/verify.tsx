import { type AccountPageOf, accountPaths } from '@latchkey/server/contract';
import { fieldErrors } from '../../form-errors.ts';
import { usePage } from '../../page-context.ts';
import { CodeField } from '../../parts/code-field.tsx';
import { Form, Submit } from '../../parts/form.tsx';
import { PasswordField } from '../../parts/password-field.tsx';
import { Resend } from '../../parts/resend.tsx';
import { RichPhrase } from '../../parts/rich-phrase.tsx';
import { flowPath } from '../../urls.ts';
import { AccountLayout } from '../frame.tsx';
import { useWords } from '../words.ts';

type VerifyPageProps = { page: AccountPageOf<'account-verify'>; title: string };

/** Paths of the page keep what the proof is for. */
const withNext = (path: string, next: string) => `${path}?next=${encodeURIComponent(next)}`;

function ByPassword({ page }: { page: VerifyPageProps['page'] }) {
  const { phrases } = usePage();
  const { verify } = useWords();
  return (
    <Form path={withNext(accountPaths.verify, page.next)} errors={page.errors} fields={['password']}>
      {/* Password managers look for the account that the password is of. */}
      <input type="hidden" name="username" autocomplete="username" value={page.username} />
      <PasswordField label={phrases.field.password} errors={fieldErrors(phrases, page.errors, 'password')} focus />
      <Submit label={verify.submit} pendingLabel={verify.submitting} />
    </Form>
  );
}

function Code({ page, sent }: { page: VerifyPageProps['page']; sent: NonNullable<VerifyPageProps['page']['sent']> }) {
  const { frame, phrases } = usePage();
  const { verify } = useWords();
  return (
    <>
      <p class="lk-note">
        <RichPhrase phrase={verify.sent} values={{ recipient: <strong dir="ltr">{sent.recipient}</strong> }} />
      </p>
      <Form path={withNext(accountPaths.verifyCode, page.next)} errors={page.errors} fields={['code']}>
        <CodeField label={phrases.enterCode.label} kind="digits" errors={fieldErrors(phrases, page.errors, 'code')} />
        <Submit label={verify.submit} pendingLabel={verify.submitting} />
      </Form>
      <Resend
        path={withNext(accountPaths.verifySend, page.next)}
        after={sent.resendAfter}
        fields={{ channel: sent.channel }}
      />
      <p class="lk-note">
        <a href={`${flowPath(frame, withNext(accountPaths.verify, page.next))}&way=other`}>{verify.otherWay}</a>
      </p>
    </>
  );
}

function ByCode({ page }: { page: VerifyPageProps['page'] }) {
  const { verify } = useWords();
  const channels = page.methods.filter((method) => method !== 'password');
  if (channels.length === 0) return null;
  const hasPassword = page.methods.includes('password');
  return (
    <section class={hasPassword ? 'lk-instead' : 'lk-section'}>
      {hasPassword && <h2 class="lk-instead-title">{verify.byCode}</h2>}
      <Form path={withNext(accountPaths.verifySend, page.next)} errors={hasPassword ? [] : page.errors} fields={[]}>
        <ul class="lk-choices">
          {channels.map((channel) => (
            <li key={channel}>
              <button class="lk-button lk-button-secondary" type="submit" name="channel" value={channel}>
                {channel === 'email' ? verify.sendEmail : verify.sendPhone}
              </button>
            </li>
          ))}
        </ul>
      </Form>
    </section>
  );
}

/** Asks the owner to show that it is the owner. */
export function VerifyPage({ page, title }: VerifyPageProps) {
  const { frame } = usePage();
  const { verify } = useWords();
  const { sent, methods } = page;
  return (
    <AccountLayout page={page} title={title} lead={<p>{methods.length > 0 ? verify.text : verify.nothing}</p>} isTask>
      {sent ? (
        <Code page={page} sent={sent} />
      ) : (
        <>
          {methods.length === 0 && (
            <a class="lk-button lk-button-primary" href={flowPath(frame, accountPaths.password)}>
              {verify.setPassword}
            </a>
          )}
          {methods.includes('password') && <ByPassword page={page} />}
          <ByCode page={page} />
        </>
      )}
    </AccountLayout>
  );
}
