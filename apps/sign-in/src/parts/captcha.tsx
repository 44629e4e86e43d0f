import type { PageOf } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { ScriptNeeded } from './script-needed.tsx';

/** What proves that no robot fills in the form; the script loads what it takes when the form is begun. */
export function Captcha({ captcha }: { captcha: PageOf<'sign-in'>['captcha'] }) {
  const { frame, phrases } = usePage();
  if (!captcha) return null;
  return (
    <>
      <div
        class="lk-captcha"
        role="status"
        aria-label={phrases.captcha.label}
        data-captcha={JSON.stringify(captcha)}
        data-working={phrases.captcha.working}
        data-done={phrases.captcha.done}
        data-failed={phrases.captcha.failed}
        data-nonce={frame.nonce}
      />
      <input type="hidden" name="captchaToken" value="" />
      <ScriptNeeded text={phrases.captcha.needsScript} />
    </>
  );
}
