import { csrfField, type FormError } from '@latchkey/server/contract';
import type { ComponentChildren } from 'preact';
import { formErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { flowPath, linkUrl } from '../urls.ts';
import { Tick, Warning } from './icons.tsx';

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
  /** What the script needs to know of the form. */
  attributes?: Record<string, string | undefined>;
  children: ComponentChildren;
}

/** Something that was done, and is worth saying. */
export function Notice({ text }: { text: string }) {
  return (
    <div class="lk-notice" role="status">
      <Tick />
      <p>{text}</p>
    </div>
  );
}

/** A form of this flow: a plain POST with the flow's token. */
export function Form({ path, errors, fields, attributes, children }: FormProps) {
  const { frame, phrases } = usePage();
  return (
    <>
      <Alert messages={formErrors(phrases, errors, fields)} />
      <form class="lk-form" method="post" action={flowPath(frame, path)} {...attributes}>
        <input type="hidden" name={csrfField} value={frame.csrf} />
        {children}
      </form>
    </>
  );
}

interface EngineFormProps {
  action: string;
  fields: Readonly<Record<string, string>>;
  attributes?: Record<string, string | undefined>;
  children: ComponentChildren;
}

/** A form of the protocol engine, with the hidden fields it wants back. */
export function EngineForm({ action, fields, attributes, children }: EngineFormProps) {
  return (
    <form class="lk-form" method="post" action={linkUrl(action)} {...attributes}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
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

interface TextSubmitProps {
  label: string;
  /** Posts there instead of where the form does. */
  path?: string;
  attributes?: Record<string, string>;
}

/** A button that looks like a link. */
export function TextSubmit({ label, path, attributes }: TextSubmitProps) {
  const { frame } = usePage();
  return (
    <button
      class="lk-text-button"
      type="submit"
      formaction={path && flowPath(frame, path)}
      formnovalidate
      {...attributes}
    >
      {label}
    </button>
  );
}
