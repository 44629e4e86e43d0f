import { type FactorType, signInPaths } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { Form } from './form.tsx';
import { FactorIcon } from './icons.tsx';

interface FactorChoicesProps {
  path: string;
  factors: readonly FactorType[];
  /** With a sentence about each. */
  explained?: boolean;
}

/** A button for each second factor. */
export function FactorChoices({ path, factors, explained = false }: FactorChoicesProps) {
  const { phrases } = usePage();
  if (factors.length === 0) return null;
  return (
    <Form path={path} errors={[]} fields={[]}>
      <ul class="lk-choices">
        {factors.map((factor) => (
          <li key={factor}>
            <button class="lk-button lk-button-secondary lk-choice" type="submit" name="factor" value={factor}>
              <FactorIcon factor={factor} />
              <span>
                {phrases.factors[factor]}
                {explained && <span class="lk-choice-hint">{phrases.factorHints[factor]}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Form>
  );
}

/** Other factors than the one that the page is about. */
export function OtherFactors({ path, factors, title }: Omit<FactorChoicesProps, 'explained'> & { title: string }) {
  if (factors.length === 0) return null;
  return (
    <section class="lk-instead">
      <h2 class="lk-instead-title">{title}</h2>
      <FactorChoices path={path} factors={factors} />
    </section>
  );
}

/** Other ways to sign in than the one that the page asks for. */
export function Alternatives({ methods }: { methods: readonly ('password' | 'code' | 'passkey')[] }) {
  const { instead } = usePage().phrases;
  if (methods.length === 0) return null;
  return (
    <section class="lk-instead">
      <h2 class="lk-instead-title">{instead.title}</h2>
      <Form path={signInPaths.signInMethod} errors={[]} fields={[]}>
        <ul class="lk-choices">
          {methods.map((method) => (
            <li key={method}>
              <button class="lk-button lk-button-secondary" type="submit" name="method" value={method}>
                {instead[method]}
              </button>
            </li>
          ))}
        </ul>
      </Form>
    </section>
  );
}
