import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type AccountPageOf, accountPaths } from '@latchkey/server/contract';
import { fieldErrors, formErrors } from '../../form-errors.ts';
import { usePage } from '../../page-context.ts';
import { BackupCodeList, KeepCodes } from '../../parts/backup-codes.tsx';
import { CodeField } from '../../parts/code-field.tsx';
import { Alert, Form, Submit } from '../../parts/form.tsx';
import { PasskeyForm } from '../../parts/passkey.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { TotpSecret } from '../../parts/totp-secret.tsx';
import { flowPath } from '../../urls.ts';
import { AccountLayout } from '../frame.tsx';
import { Empty, Row, RowLink, Rows, useDay } from '../rows.tsx';
import { useWords } from '../words.ts';

/** An authenticator app: what it reads, and the code by which it shows that it has read it. */
export function TotpPage({ page, title }: { page: AccountPageOf<'account-totp'>; title: string }) {
  const { phrases } = usePage();
  const { totp } = useWords();
  return (
    <AccountLayout page={page} title={title} lead={page.replaces && <p>{totp.replaceHint}</p>} isTask>
      <TotpSecret secret={page.secret} qrCode={page.qrCode} />
      <Form path={page.path} errors={page.errors} fields={['code']}>
        <CodeField label={phrases.bindTotp.code} kind="digits" errors={fieldErrors(phrases, page.errors, 'code')} />
        <Submit label={phrases.bindTotp.submit} pendingLabel={phrases.bindTotp.submitting} />
      </Form>
    </AccountLayout>
  );
}

type Passkey = AccountPageOf<'account-passkeys'>['passkeys'][number];

function PasskeyRow({ passkey, editable }: { passkey: Passkey; editable: boolean }) {
  const { account, passkeys } = useWords();
  const day = useDay();
  const { id, name, device, createdAt, lastUsedAt } = passkey;
  const label = name ?? passkeys.unnamed;
  const made = [device.browser, device.os].filter(Boolean).join(', ');
  const lines = [
    fillPhrase(made ? passkeys.madeWith : passkeys.made, { date: day(createdAt), device: made }),
    lastUsedAt && fillPhrase(passkeys.used, { date: day(lastUsedAt) }),
  ].filter(Boolean);
  return (
    <Row label={label} hint={lines.join(' · ')}>
      {editable && (
        <>
          <RowLink path={`/account/passkey/${id}/name`} label={passkeys.rename} of={label} />
          <RowLink path={`/account/passkey/${id}/remove`} label={account.remove} of={label} />
        </>
      )}
    </Row>
  );
}

export function PasskeysPage({ page, title }: { page: AccountPageOf<'account-passkeys'>; title: string }) {
  const { frame } = usePage();
  const { passkeys } = useWords();
  return (
    <AccountLayout page={page} title={title} isTask>
      {page.passkeys.length === 0 ? (
        <Empty text={passkeys.empty} />
      ) : (
        <Rows>
          {page.passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} editable={page.editable} />
          ))}
        </Rows>
      )}
      {page.editable && (
        <p class="lk-below">
          <a class="lk-row-action" href={flowPath(frame, accountPaths.passkeyAdd)}>
            {passkeys.add}
          </a>
        </p>
      )}
    </AccountLayout>
  );
}

/** The name that its owner gives a passkey. */
function NameField({ value, errors, focus }: { value?: string; errors: readonly string[]; focus: boolean }) {
  const { passkeys } = useWords();
  return (
    <TextField
      name="name"
      label={passkeys.name}
      hint={passkeys.nameHint}
      autocomplete="off"
      value={value}
      required={focus}
      errors={errors}
      focus={focus}
    />
  );
}

export function PasskeyAddPage({ page, title }: { page: AccountPageOf<'account-passkey-add'>; title: string }) {
  const { phrases } = usePage();
  const { passkeys } = useWords();
  return (
    <AccountLayout page={page} title={title} lead={<p>{passkeys.addText}</p>} isTask>
      <Alert messages={formErrors(phrases, page.errors, [])} />
      <PasskeyForm path={accountPaths.passkeyAdd} ceremony="create" options={page.options} label={passkeys.add} primary>
        <NameField errors={[]} focus={false} />
      </PasskeyForm>
    </AccountLayout>
  );
}

export function PasskeyNamePage({ page, title }: { page: AccountPageOf<'account-passkey-name'>; title: string }) {
  const { phrases } = usePage();
  const { account } = useWords();
  return (
    <AccountLayout page={page} title={title} isTask>
      <Form path={`/account/passkey/${page.id}/name`} errors={page.errors} fields={['name']}>
        <NameField value={page.value} errors={fieldErrors(phrases, page.errors, 'name')} focus />
        <Submit label={account.save} pendingLabel={account.saving} />
      </Form>
    </AccountLayout>
  );
}

/** The codes, those that were used struck through. */
export function BackupCodesPage({ page, title }: { page: AccountPageOf<'account-backup-codes'>; title: string }) {
  const { frame } = usePage();
  const { backupCodes } = useWords();
  const { codes, editable } = page;
  const left = codes.filter(({ isUsed }) => !isUsed).map(({ code }) => code);
  const path = codes.length > 0 ? accountPaths.backupCodesRegenerate : accountPaths.backupCodesGenerate;
  return (
    <AccountLayout page={page} title={title} lead={<p>{backupCodes.text}</p>} isTask>
      {codes.length === 0 ? (
        <Empty text={backupCodes.empty} />
      ) : (
        <BackupCodeList codes={codes} usedText={backupCodes.used} />
      )}
      {left.length > 0 && <KeepCodes codes={left} />}
      {editable && (
        <p class="lk-below">
          <a class="lk-row-action" href={flowPath(frame, path)}>
            {codes.length > 0 ? backupCodes.regenerate : backupCodes.generate}
          </a>
        </p>
      )}
    </AccountLayout>
  );
}
