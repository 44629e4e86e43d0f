import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { fieldErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { Alternatives } from '../parts/choices.tsx';
import { CodeField } from '../parts/code-field.tsx';
import { Form, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { Resend } from '../parts/resend.tsx';
import { RichPhrase } from '../parts/rich-phrase.tsx';

/** Nobody may learn from these pages whether there is an account with the address. */
const discreet: readonly PageOf<'enter-code'>['purpose'][] = ['sign-in', 'forgot-password'];

export function EnterCodePage({ page }: { page: PageOf<'enter-code'> }) {
  const { phrases } = usePage();
  const { enterCode } = phrases;
  const isPhone = page.channel === 'phone';
  return (
    <Layout
      title={pageTitle(page, phrases)}
      lead={
        <p>
          <RichPhrase
            phrase={discreet.includes(page.purpose) ? enterCode.sentIfKnown : enterCode.sent}
            values={{ recipient: <strong dir="ltr">{page.recipient}</strong> }}
          />
        </p>
      }
    >
      <Form path={signInPaths.code} errors={page.errors} fields={['code']}>
        <CodeField
          label={enterCode.label}
          kind="digits"
          errors={fieldErrors(phrases, page.errors, 'code')}
          {...(!isPhone && { hint: enterCode.spam })}
        />
        <Submit label={enterCode.submit} pendingLabel={enterCode.submitting} />
      </Form>
      <Resend
        path={signInPaths.codeResend}
        after={page.resendAfter}
        change={{ path: signInPaths.codeChange, label: isPhone ? enterCode.changePhone : enterCode.change }}
      />
      <Alternatives methods={page.alternatives} />
    </Layout>
  );
}
