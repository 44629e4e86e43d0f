import { type FactorType, type PageOf, signInPaths } from '@latchkey/server/contract';
import { fieldErrors, formErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { pageTitle } from '../page-title.ts';
import { BackupCodeList, KeepCodes } from '../parts/backup-codes.tsx';
import { FactorChoices, OtherFactors } from '../parts/choices.tsx';
import { CodeField } from '../parts/code-field.tsx';
import { Alert, Form, Submit, TextSubmit } from '../parts/form.tsx';
import { IdentifierField } from '../parts/identifier-field.tsx';
import { Layout } from '../parts/layout.tsx';
import { PasskeyForm } from '../parts/passkey.tsx';
import { TextField } from '../parts/text-field.tsx';
import { TotpSecret } from '../parts/totp-secret.tsx';

/** Leaves the set-up for another time. */
function Skip({ label }: { label: string }) {
  return (
    <Form path={signInPaths.mfaSetupSkip} errors={[]} fields={[]}>
      <div class="lk-text-buttons">
        <TextSubmit label={label} />
      </div>
    </Form>
  );
}

/** What else can be done than what the page is about. */
function Elsewhere({ others, canSkip }: { others: readonly FactorType[]; canSkip: boolean }) {
  const { mfaSetup } = usePage().phrases;
  return (
    <>
      <OtherFactors path={signInPaths.mfaSetup} factors={others} title={mfaSetup.instead} />
      {canSkip && <Skip label={mfaSetup.skip} />}
    </>
  );
}

export function MfaSetupPage({ page }: { page: PageOf<'mfa-setup'> }) {
  const { phrases } = usePage();
  return (
    <Layout title={pageTitle(page, phrases)} lead={<p>{phrases.mfaSetup[page.reason]}</p>}>
      <Alert messages={formErrors(phrases, page.errors, [])} />
      <FactorChoices path={signInPaths.mfaSetup} factors={page.factors} explained />
      {page.canSkip && <Skip label={phrases.mfaSetup.skip} />}
    </Layout>
  );
}

export function BindTotpPage({ page }: { page: PageOf<'bind-totp'> }) {
  const { phrases } = usePage();
  const { bindTotp } = phrases;
  return (
    <Layout title={pageTitle(page, phrases)}>
      <TotpSecret secret={page.secret} qrCode={page.qrCode} uri={page.uri} />
      <Form path={signInPaths.mfaBinding} errors={page.errors} fields={['code']}>
        <CodeField label={bindTotp.code} kind="digits" errors={fieldErrors(phrases, page.errors, 'code')} />
        <Submit label={bindTotp.submit} pendingLabel={bindTotp.submitting} />
      </Form>
      <Elsewhere others={page.others} canSkip={page.canSkip} />
    </Layout>
  );
}

export function BindPasskeyPage({ page }: { page: PageOf<'bind-passkey'> }) {
  const { phrases } = usePage();
  const { bindPasskey } = phrases;
  return (
    <Layout
      title={pageTitle(page, phrases)}
      lead={<p>{page.purpose === 'sign-in' ? bindPasskey.signIn : bindPasskey.factor}</p>}
    >
      <Alert messages={formErrors(phrases, page.errors, [])} />
      <PasskeyForm
        path={signInPaths.mfaBinding}
        ceremony="create"
        options={page.options}
        label={bindPasskey.submit}
        primary
      >
        <TextField
          name="name"
          label={bindPasskey.name}
          hint={bindPasskey.nameHint}
          required={false}
          autocomplete="off"
          errors={[]}
          focus={false}
        />
      </PasskeyForm>
      <Elsewhere others={page.others} canSkip={page.canSkip} />
    </Layout>
  );
}

export function BindBackupCodesPage({ page }: { page: PageOf<'bind-backup-codes'> }) {
  const { phrases } = usePage();
  const { backupCodes } = phrases;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<p>{backupCodes.text}</p>}>
      <BackupCodeList codes={page.codes.map((code) => ({ code }))} />
      <KeepCodes codes={page.codes} />
      <Form path={signInPaths.mfaBinding} errors={page.errors} fields={[]}>
        <Submit label={backupCodes.submit} pendingLabel={backupCodes.submitting} />
      </Form>
    </Layout>
  );
}

export function BindAddressPage({ page }: { page: PageOf<'bind-address'> }) {
  const { phrases } = usePage();
  const { bindAddress } = phrases;
  return (
    <Layout title={pageTitle(page, phrases)} lead={<p>{bindAddress.text}</p>}>
      <Form path={signInPaths.mfaBinding} errors={page.errors} fields={['identifier']}>
        <IdentifierField
          allowed={[page.channel]}
          value={page.identifier}
          errors={fieldErrors(phrases, page.errors, 'identifier')}
        />
        <Submit label={bindAddress.submit} pendingLabel={bindAddress.submitting} />
      </Form>
      <Elsewhere others={page.others} canSkip={page.canSkip} />
    </Layout>
  );
}
