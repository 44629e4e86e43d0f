import { usePage } from '../page-context.ts';
import { FieldErrors } from './field-errors.tsx';

interface TextFieldProps {
  name: string;
  label: string;
  /** The keyboard that a phone shows. */
  inputMode?: 'text' | 'email' | 'tel';
  autocomplete: string;
  value?: string | undefined;
  errors: readonly string[];
  focus: boolean;
}

/** A labelled line of text. */
export function TextField({ name, label, inputMode = 'text', autocomplete, value, errors, focus }: TextFieldProps) {
  const { phrases } = usePage();
  return (
    <div class="lk-field">
      <label class="lk-label" for={name}>
        {label}
      </label>
      <input
        class="lk-input"
        id={name}
        name={name}
        type="text"
        inputmode={inputMode}
        value={value}
        required
        autocomplete={autocomplete}
        autocapitalize="none"
        autocorrect="off"
        spellcheck={false}
        autofocus={focus}
        data-required-message={phrases.formErrors['form.required']}
        aria-invalid={errors.length > 0 ? 'true' : undefined}
        aria-describedby={`${name}-error`}
      />
      <FieldErrors field={name} messages={errors} />
    </div>
  );
}
