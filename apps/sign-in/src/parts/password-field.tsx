import { fillPhrase } from '@latchkey/phrases/sign-in';
import type { PasswordRules } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { FieldErrors } from './field-errors.tsx';
import { Eye, Tick } from './icons.tsx';

interface PasswordFieldProps {
  label: string;
  errors: readonly string[];
  focus: boolean;
  /** A sentence below the label. */
  hint?: string;
  /** Given for a password that is being chosen, absent for one that is being proved. */
  rules?: PasswordRules;
}

/** What a new password must be; the script ticks off the rules that a browser can judge. */
function Rules({ rules }: { rules: PasswordRules }) {
  const { password } = usePage().phrases;
  const judged = [
    { rule: 'length', min: rules.minLength, text: fillPhrase(password.length, { min: rules.minLength }) },
    {
      rule: 'character-types',
      min: rules.minCharacterTypes,
      text: fillPhrase(password.characterTypes, { min: rules.minCharacterTypes }),
    },
  ].filter(({ min }) => min > 1);
  const others = [
    rules.rejectsRepetitionAndSequence && password.repetition,
    rules.rejectsUserInfo && password.userInfo,
    rules.rejectsPwned && password.pwned,
    rules.rejectsWords && password.words,
  ].filter((text) => text !== false);
  return (
    <ul class="lk-rules" id="password-rules">
      {judged.map(({ rule, min, text }) => (
        <li class="lk-rule" key={rule} data-rule={rule} data-min={min} data-met-text={`(${password.met})`}>
          <Tick />
          <span>{text}</span>
        </li>
      ))}
      {others.map((text) => (
        <li class="lk-rule lk-rule-plain" key={text}>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

/** A password with a button to show it, which the script brings to life. */
export function PasswordField({ label, errors, focus, hint, rules }: PasswordFieldProps) {
  const { phrases } = usePage();
  const describedBy = ['password-error', hint && 'password-hint', rules && 'password-rules'].filter(Boolean).join(' ');
  return (
    <div class="lk-field">
      <label class="lk-label" for="password">
        {label}
      </label>
      {hint && (
        <p class="lk-hint" id="password-hint">
          {hint}
        </p>
      )}
      <div class="lk-password">
        <input
          class="lk-input"
          id="password"
          name="password"
          type="password"
          required
          autocomplete={rules ? 'new-password' : 'current-password'}
          autocapitalize="none"
          spellcheck={false}
          autofocus={focus}
          data-required-message={phrases.formErrors['form.required']}
          aria-invalid={errors.length > 0 ? 'true' : undefined}
          aria-describedby={describedBy}
        />
        <button
          class="lk-password-toggle"
          type="button"
          hidden
          aria-pressed="false"
          aria-controls="password"
          aria-label={phrases.password.show}
          title={phrases.password.show}
          data-hide-title={phrases.password.hide}
        >
          <Eye />
        </button>
      </div>
      <FieldErrors field="password" messages={errors} />
      {rules && <Rules rules={rules} />}
    </div>
  );
}
