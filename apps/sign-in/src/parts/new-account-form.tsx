import type { FormError, PasswordRules } from '@latchkey/server/contract';
import type { ComponentChildren } from 'preact';
import { fieldErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { AgreementBox } from './agreement.tsx';
import { Form, Submit } from './form.tsx';
import { PasswordField } from './password-field.tsx';
import { TextField } from './text-field.tsx';

interface NewAccountFormProps {
  path: string;
  asksFor: readonly ('username' | 'password')[];
  username: string | undefined;
  rules: PasswordRules;
  errors: readonly FormError[];
  agreement: 'implied' | 'checkbox';
  submitLabel: string;
  pendingLabel: string;
  /** Further buttons, after the main one. */
  children?: ComponentChildren;
}

/** What a new account needs: a username, a password, agreement; as far as they are asked for. */
export function NewAccountForm(props: NewAccountFormProps) {
  const { phrases } = usePage();
  const asksUsername = props.asksFor.includes('username');
  const asksPassword = props.asksFor.includes('password');
  const usernameErrors = asksUsername ? fieldErrors(phrases, props.errors, 'username') : [];
  const passwordErrors = asksPassword ? fieldErrors(phrases, props.errors, 'password') : [];
  return (
    <Form path={props.path} errors={props.errors} fields={[...props.asksFor, 'agreement']}>
      {asksUsername && (
        <TextField
          name="username"
          label={phrases.field.username}
          autocomplete="username"
          value={props.username}
          errors={usernameErrors}
          focus={usernameErrors.length > 0}
        />
      )}
      {asksPassword && (
        <PasswordField
          label={phrases.field.newPassword}
          errors={passwordErrors}
          focus={passwordErrors.length > 0 && usernameErrors.length === 0}
          rules={props.rules}
        />
      )}
      <AgreementBox mode={props.agreement} errors={props.errors} />
      <Submit label={props.submitLabel} pendingLabel={props.pendingLabel} />
      {props.children}
    </Form>
  );
}
