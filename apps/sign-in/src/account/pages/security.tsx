import { fillPhrase } from '@latchkey/phrases/sign-in';
import { type AccountPageOf, accountPaths } from '@latchkey/server/contract';
import { fieldErrors } from '../../form-errors.ts';
import { usePage } from '../../page-context.ts';
import { CodeField } from '../../parts/code-field.tsx';
import { Form, Submit } from '../../parts/form.tsx';
import { PasswordField } from '../../parts/password-field.tsx';
import { Resend } from '../../parts/resend.tsx';
import { RichText } from '../../parts/rich-phrase.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { AccountLayout } from '../frame.tsx';
import { Row, RowLink, Rows, useDay } from '../rows.tsx';
import { useWords } from '../words.ts';

type SecurityModel = AccountPageOf<'account-security'>;

function AddressRow({ channel, page }: { channel: 'email' | 'phone'; page: SecurityModel }) {
  const { account, security } = useWords();
  const address = page[channel];
  if (!address) return null;
  const label = security[channel];
  const { value, editable, canChange } = address;
  return (
    <Row label={label} value={value ? <span dir="ltr">{value}</span> : account.notSet}>
      {editable && canChange && (
        <RowLink path={accountPaths[channel]} label={value ? account.change : account.add} of={label} />
      )}
      {editable && value && <RowLink path={accountPaths[`${channel}Remove`]} label={account.remove} of={label} />}
    </Row>
  );
}

function SignInRows({ page }: { page: SecurityModel }) {
  const { account, security } = useWords();
  const { password, passkeys } = page;
  return (
    <Rows title={security.signIn}>
      {password && (
        <Row label={security.password} value={password.isSet ? security.passwordSet : account.notSet}>
          {password.editable && (
            <RowLink
              path={accountPaths.password}
              label={password.isSet ? account.change : account.add}
              of={security.password}
            />
          )}
        </Row>
      )}
      <AddressRow channel="email" page={page} />
      <AddressRow channel="phone" page={page} />
      {passkeys && (
        <Row
          label={security.passkeys}
          value={passkeys.count > 0 ? fillPhrase(security.passkeyCount, { count: passkeys.count }) : account.notSet}
          hint={security.passkeyHint}
        >
          {passkeys.count > 0 && (
            <RowLink path={accountPaths.passkeys} label={security.manage} of={security.passkeys} />
          )}
          {passkeys.canAdd && <RowLink path={accountPaths.passkeyAdd} label={account.add} of={security.passkeys} />}
        </Row>
      )}
    </Rows>
  );
}

function AtSignInRow({ choice }: { choice: NonNullable<SecurityModel['atSignIn']> }) {
  const { security } = useWords();
  const { isAsked, fixed, editable } = choice;
  const why = fixed && { required: security.atSignInRequired, unusual: security.atSignInUnusual }[fixed];
  return (
    <Row
      label={security.atSignIn}
      value={fixed === 'unusual' ? undefined : isAsked ? security.atSignInOn : security.atSignInOff}
      hint={why}
    >
      {editable && !fixed && (
        <RowLink
          path={isAsked ? accountPaths.secondStepOff : accountPaths.secondStepOn}
          label={isAsked ? security.switchOff : security.switchOn}
          of={security.atSignIn}
        />
      )}
    </Row>
  );
}

function SecondStepRows({ page: { totp, backupCodes, atSignIn } }: { page: SecurityModel }) {
  const { account, security } = useWords();
  const day = useDay();
  return (
    <Rows title={security.second}>
      {totp && (
        <Row
          label={security.totp}
          value={totp.addedAt ? fillPhrase(security.totpAdded, { date: day(totp.addedAt) }) : account.notSet}
          hint={security.totpHint}
        >
          {totp.editable &&
            (totp.addedAt ? (
              <>
                <RowLink path={accountPaths.totpReplace} label={security.replace} of={security.totp} />
                <RowLink path={accountPaths.totpRemove} label={account.remove} of={security.totp} />
              </>
            ) : (
              <RowLink path={accountPaths.totp} label={account.set} of={security.totp} />
            ))}
        </Row>
      )}
      {backupCodes && (
        <Row
          label={security.backupCodes}
          value={
            backupCodes.left === null
              ? account.notSet
              : fillPhrase(security.backupCodesLeft, { count: backupCodes.left })
          }
          hint={security.backupCodesHint}
        >
          {backupCodes.left !== null && (
            <RowLink path={accountPaths.backupCodes} label={security.manage} of={security.backupCodes} />
          )}
          {backupCodes.left === null && backupCodes.editable && (
            <RowLink path={accountPaths.backupCodesGenerate} label={account.set} of={security.backupCodes} />
          )}
        </Row>
      )}
      {atSignIn && <AtSignInRow choice={atSignIn} />}
    </Rows>
  );
}

/** What the account is kept safe by. */
export function SecurityPage({ page, title }: { page: SecurityModel; title: string }) {
  const { security } = useWords();
  const { password, email, phone, passkeys, totp, backupCodes, atSignIn } = page;
  return (
    <AccountLayout page={page} title={title} lead={<p>{security.text}</p>}>
      {(password || email || phone || passkeys) && <SignInRows page={page} />}
      {(totp || backupCodes || atSignIn) && <SecondStepRows page={page} />}
    </AccountLayout>
  );
}

export function PasswordPage({ page, title }: { page: AccountPageOf<'account-password'>; title: string }) {
  const { phrases } = usePage();
  const { account, password } = useWords();
  return (
    <AccountLayout page={page} title={title} lead={page.isSet && <p>{password.hint}</p>} isTask>
      <Form path={accountPaths.password} errors={page.errors} fields={['password']}>
        {/* Password managers look for the account that the password is of. */}
        <input type="hidden" name="username" autocomplete="username" value={page.username} />
        <PasswordField
          label={password.label}
          errors={fieldErrors(phrases, page.errors, 'password')}
          rules={page.rules}
          focus
        />
        <Submit label={account.save} pendingLabel={account.saving} />
      </Form>
    </AccountLayout>
  );
}

/** A new address or number. */
export function AddressPage({ page, title }: { page: AccountPageOf<'account-address'>; title: string }) {
  const { phrases } = usePage();
  const { address } = useWords();
  const { channel, present, value, errors } = page;
  const isEmail = channel === 'email';
  const now = present && (
    <RichText
      phrase={isEmail ? address.currentEmail : address.currentPhone}
      values={{ current: <strong dir="ltr">{present}</strong> }}
    />
  );
  return (
    <AccountLayout page={page} title={title} lead={now} isTask>
      <Form path={accountPaths[channel]} errors={errors} fields={[channel]}>
        <TextField
          name={channel}
          label={address[channel]}
          inputMode={isEmail ? 'email' : 'tel'}
          autocomplete={isEmail ? 'email' : 'tel'}
          value={value}
          errors={fieldErrors(phrases, errors, channel)}
          focus
          {...(!isEmail && { hint: address.phoneHint })}
        />
        <Submit label={address.submit} pendingLabel={address.submitting} />
      </Form>
    </AccountLayout>
  );
}

/** The code that was sent to it. */
export function AddressCodePage({ page, title }: { page: AccountPageOf<'account-address-code'>; title: string }) {
  const { frame, phrases } = usePage();
  const { address, verify } = useWords();
  const { channel, recipient, resendAfter, errors } = page;
  return (
    <AccountLayout
      page={page}
      title={title}
      lead={<RichText phrase={verify.sent} values={{ recipient: <strong dir="ltr">{recipient}</strong> }} />}
      isTask
    >
      <Form path={accountPaths[`${channel}Code`]} errors={errors} fields={['code']}>
        <CodeField label={phrases.enterCode.label} kind="digits" errors={fieldErrors(phrases, errors, 'code')} />
        <Submit label={verify.submit} pendingLabel={verify.submitting} />
      </Form>
      <Resend path={accountPaths[`${channel}Resend`]} after={resendAfter} />
      <p class="lk-note">
        <a href={`${frame.basePath}${accountPaths[channel]}`}>{address.another}</a>
      </p>
    </AccountLayout>
  );
}
