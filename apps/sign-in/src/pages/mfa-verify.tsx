import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type PageOf, signInPaths } from '@latchkey/server/contract';
import { fieldErrors, formErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { OtherFactors } from '../parts/choices.tsx';
import { CodeField } from '../parts/code-field.tsx';
import { Alert, Form, Submit } from '../parts/form.tsx';
import { Layout } from '../parts/layout.tsx';
import { PasskeyForm } from '../parts/passkey.tsx';
import { Resend } from '../parts/resend.tsx';
import { RichPhrase } from '../parts/rich-phrase.tsx';

function TrustDevice({ days }: { days: number | undefined }) {
  const { frame, phrases } = usePage();
  if (days === undefined) return null;
  // Plurals are the language's own affair; the digits are those of every other number on the pages.
  const format = new Intl.NumberFormat(frame.language, {
    style: 'unit',
    unit: 'day',
    unitDisplay: 'long',
    numberingSystem: 'latn',
  });
  return (
    <label class="lk-checkbox">
      <input type="checkbox" name="trustDevice" value="yes" />
      <span>{fillPhrase(phrases.mfaVerify.trust, { duration: format.format(days) })}</span>
    </label>
  );
}

function Ask({ page }: { page: PageOf<'mfa-verify'> }) {
  const { mfaVerify } = usePage().phrases;
  if (page.factor === 'EmailVerificationCode' || page.factor === 'PhoneVerificationCode') {
    return (
      <p>
        <RichPhrase phrase={mfaVerify.sent} values={{ recipient: <strong dir="ltr">{page.recipient}</strong> }} />
      </p>
    );
  }
  return <p>{mfaVerify[page.factor]}</p>;
}

/** The second step of a sign-in. */
export function MfaVerifyPage({ page }: { page: PageOf<'mfa-verify'> }) {
  const { phrases } = usePage();
  const { mfaVerify } = phrases;
  const isBackupCode = page.factor === 'BackupCode';
  return (
    <Layout title={pageTitle(page, phrases)} lead={<Ask page={page} />}>
      {page.options === undefined ? (
        <Form path={signInPaths.mfaVerification} errors={page.errors} fields={['code']}>
          <CodeField
            label={isBackupCode ? mfaVerify.backupCode : mfaVerify.code}
            kind={isBackupCode ? 'text' : 'digits'}
            errors={fieldErrors(phrases, page.errors, 'code')}
          />
          <TrustDevice days={page.trustDays} />
          <Submit label={mfaVerify.submit} pendingLabel={mfaVerify.submitting} />
        </Form>
      ) : (
        <>
          <Alert messages={formErrors(phrases, page.errors, [])} />
          <PasskeyForm
            path={signInPaths.mfaVerification}
            ceremony="get"
            options={page.options}
            label={mfaVerify.passkey}
            primary
          >
            <TrustDevice days={page.trustDays} />
          </PasskeyForm>
        </>
      )}
      {page.resendAfter !== undefined && (
        <Resend path={signInPaths.mfaVerificationFactor} after={page.resendAfter} fields={{ factor: page.factor }} />
      )}
      <OtherFactors path={signInPaths.mfaVerificationFactor} factors={page.others} title={mfaVerify.instead} />
    </Layout>
  );
}
