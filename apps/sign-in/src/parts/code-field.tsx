import { usePage } from '../page-context.ts';
import { FieldErrors } from './field-errors.tsx';

interface CodeFieldProps {
  label: string;
  errors: readonly string[];
  /** `digits`: six of them, offered by the phone that gets the message; `text`: anything else. */
  kind: 'digits' | 'text';
  name?: string;
  value?: string | undefined;
  hint?: string;
}

/** One field for a code, so that pasting, autofill and going without a script need nothing special. */
export function CodeField({ label, errors, kind, name = 'code', value, hint }: CodeFieldProps) {
  const { phrases } = usePage();
  const isDigits = kind === 'digits';
  return (
    <div class="lk-field">
      <label class="lk-label" for={name}>
        {label}
      </label>
      <input
        class={`lk-input lk-code${isDigits ? ' lk-code-digits' : ''}`}
        id={name}
        name={name}
        type="text"
        dir="ltr"
        value={value}
        inputmode={isDigits ? 'numeric' : 'text'}
        autocomplete={isDigits ? 'one-time-code' : 'off'}
        maxlength={isDigits ? 12 : 32}
        required
        autocapitalize="none"
        autocorrect="off"
        spellcheck={false}
        autofocus
        data-code={isDigits ? '6' : undefined}
        data-required-message={phrases.formErrors['form.required']}
        aria-invalid={errors.length > 0 ? 'true' : undefined}
        aria-describedby={`${name}-error`}
      />
      <FieldErrors field={name} messages={errors} />
      {hint && <p class="lk-hint lk-hint-below">{hint}</p>}
    </div>
  );
}
