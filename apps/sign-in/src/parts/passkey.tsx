import type { ComponentChildren } from 'preact';
import { usePage } from '../page-context.ts';
import { Form } from './form.tsx';
import { FactorIcon } from './icons.tsx';
import { ScriptNeeded } from './script-needed.tsx';

interface PasskeyFormProps {
  /** Where the browser's answer is sent. */
  path: string;
  /** Options of the ceremony, as JSON. */
  options: string;
  /** `get`: an existing passkey; `create`: a new one. */
  ceremony: 'get' | 'create';
  label: string;
  /** Starts as soon as the identifier's field is used, without a click. */
  autofill?: boolean;
  /** The main button of the page, or one among others. */
  primary?: boolean;
  /** False: only `autofill` starts it. */
  button?: boolean;
  children?: ComponentChildren;
}

/** A form that the script fills with what the authenticator says, and sends. */
export function PasskeyForm(props: PasskeyFormProps) {
  const { path, options, ceremony, label, autofill, primary, button = true, children } = props;
  const { passkey } = usePage().phrases;
  return (
    <Form
      path={path}
      errors={[]}
      fields={[]}
      attributes={{
        'data-passkey': ceremony,
        'data-options': options,
        'data-autofill': autofill ? '' : undefined,
        'data-unsupported': passkey.unsupported,
        'data-cancelled': passkey.cancelled,
        'data-exists': passkey.exists,
        hidden: button ? undefined : '',
      }}
    >
      <input type="hidden" name="credential" value="" />
      {children}
      {button && (
        <>
          <div class="lk-field-error" data-passkey-message role="status" />
          <button
            class={`lk-button ${primary ? 'lk-button-primary' : 'lk-button-secondary'} lk-passkey-button lk-script-only`}
            type="submit"
            data-pending-label={passkey.waiting}
          >
            <FactorIcon factor="WebAuthn" />
            <span>{label}</span>
          </button>
          <ScriptNeeded text={passkey.needsScript} />
        </>
      )}
    </Form>
  );
}
