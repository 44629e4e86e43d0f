import { csrfField, type FormError } from '@latchkey/server/contract';
import type { ComponentChildren } from 'preact';
import { formErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { flowPath } from '../urls.ts';
import { Warning } from './icons.tsx';

/** Why the form as a whole was refused; takes the focus, so that it is read first. */
export function Alert({ messages }: { messages: readonly string[] }) {
  if (messages.length === 0) return null;
  return (
    <div class="lk-alert" id="form-error" role="alert" tabindex={-1} autofocus>
      <Warning />
      <div>
        {messages.map((message) => (
          <p key={message}>{message}</p>
        ))}
      </div>
    </div>
  );
}

interface FormProps {
  /** One of `signInPaths`. */
  path: string;
  errors: readonly FormError[];
  /** Names of the fields that show their own errors. */
  fields: readonly string[];
  children: ComponentChildren;
}

/** A form of this flow: a plain POST with the flow's token. */
export function Form({ path, errors, fields, children }: FormProps) {
  const { frame, phrases } = usePage();
  return (
    <>
      <Alert messages={formErrors(phrases, errors, fields)} />
      <form class="lk-form" method="post" action={flowPath(frame, path)}>
        <input type="hidden" name={csrfField} value={frame.csrf} />
        {children}
      </form>
    </>
  );
}

interface SubmitProps {
  label: string;
  /** What the button says while the answer is under way. */
  pendingLabel: string;
  name?: string;
  value?: string;
}

/** The form's main button. */
export function Submit({ label, pendingLabel, name, value }: SubmitProps) {
  return (
    <button
      class="lk-button lk-button-primary"
      type="submit"
      name={name}
      value={value}
      data-pending-label={pendingLabel}
    >
      {label}
    </button>
  );
}

/** A second button of the same form; with a path, it posts there instead, past the fields' checks. */
export function SecondarySubmit({ label, path, name, value }: Omit<SubmitProps, 'pendingLabel'> & { path?: string }) {
  const { frame } = usePage();
  return (
    <button
      class="lk-button lk-button-secondary"
      type="submit"
      name={name}
      value={value}
      formaction={path && flowPath(frame, path)}
      formnovalidate
    >
      {label}
    </button>
  );
}
