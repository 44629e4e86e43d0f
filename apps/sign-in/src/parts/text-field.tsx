import { usePage } from '../page-context.ts';
import { FieldErrors } from './field-errors.tsx';

interface TextFieldProps {
  name: string;
  label: string;
  /** The keyboard that a phone shows. */
  inputMode?: 'text' | 'email' | 'tel';
  autocomplete: string;
  value?: string | undefined;
  required?: boolean;
  /** A sentence below the label. */
  hint?: string;
  errors: readonly string[];
  focus: boolean;
}

/** A labelled line of text. */
export function TextField(props: TextFieldProps) {
  const { name, label, inputMode = 'text', autocomplete, value, required = true, hint, errors, focus } = props;
  const { phrases } = usePage();
  return (
    <div class="lk-field">
      <label class="lk-label" for={name}>
        {label}
      </label>
      {hint && (
        <p class="lk-hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <input
        class="lk-input"
        id={name}
        name={name}
        type="text"
        inputmode={inputMode}
        value={value}
        required={required}
        autocomplete={autocomplete}
        autocapitalize="none"
        autocorrect="off"
        spellcheck={false}
        autofocus={focus}
        data-required-message={phrases.formErrors['form.required']}
        aria-invalid={errors.length > 0 ? 'true' : undefined}
        aria-describedby={`${name}-error${hint ? ` ${name}-hint` : ''}`}
      />
      <FieldErrors field={name} messages={errors} />
    </div>
  );
}
