import type { FormError } from '@latchkey/server/contract';
import { fieldErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { FieldErrors } from './field-errors.tsx';
import { hasPolicies, Policies } from './policies.tsx';
import { RichPhrase } from './rich-phrase.tsx';

/** Agreement to the tenant's policies, by a sentence or by a box to tick; nothing when there are none. */
export function Agreement({ mode, errors }: { mode: 'implied' | 'checkbox'; errors: readonly FormError[] }) {
  const { frame, phrases } = usePage();
  if (!hasPolicies(frame)) return null;
  const policies = <Policies termsOfUseUrl={frame.termsOfUseUrl} privacyPolicyUrl={frame.privacyPolicyUrl} />;
  if (mode === 'implied') {
    return (
      <p class="lk-agreement">
        <RichPhrase phrase={phrases.agreement.implied} values={{ policies }} />
      </p>
    );
  }
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
          <RichPhrase phrase={phrases.agreement.checkbox} values={{ policies }} />
        </span>
      </label>
      <FieldErrors field="agreement" messages={messages} />
    </div>
  );
}
