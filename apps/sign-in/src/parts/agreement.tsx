import type { FormError } from '@latchkey/server/contract';
import { fieldErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { FieldErrors } from './field-errors.tsx';
import { hasPolicies, Policies } from './policies.tsx';
import { RichPhrase } from './rich-phrase.tsx';

type AgreementMode = 'implied' | 'checkbox';

function PolicySentence({ phrase }: { phrase: string }) {
  const { frame } = usePage();
  const policies = <Policies termsOfUseUrl={frame.termsOfUseUrl} privacyPolicyUrl={frame.privacyPolicyUrl} />;
  return <RichPhrase phrase={phrase} values={{ policies }} />;
}

/** The box to tick, in a form, when the tenant asks for one and has policies. */
export function AgreementBox({ mode, errors }: { mode: AgreementMode; errors: readonly FormError[] }) {
  const { frame, phrases } = usePage();
  if (mode !== 'checkbox' || !hasPolicies(frame)) return null;
  const messages = fieldErrors(phrases, errors, 'agreement');
  return (
    <div class="lk-field">
      <label class="lk-checkbox">
        <input
          type="checkbox"
          id="agreement"
          name="agreement"
          value="accepted"
          required
          data-required-message={phrases.formErrors['form.agreement_required']}
          aria-invalid={messages.length > 0 ? 'true' : undefined}
          aria-describedby="agreement-error"
        />
        <span>
          <PolicySentence phrase={phrases.agreement.checkbox} />
        </span>
      </label>
      <FieldErrors field="agreement" messages={messages} />
    </div>
  );
}

/** The sentence below every way to continue, when no box is asked for and there are policies. */
export function ImpliedAgreement({ mode }: { mode: AgreementMode }) {
  const { frame, phrases } = usePage();
  if (mode !== 'implied' || !hasPolicies(frame)) return null;
  return (
    <p class="lk-agreement">
      <PolicySentence phrase={phrases.agreement.implied} />
    </p>
  );
}
