import { enhanceCodes } from './codes.ts';
import { guardForms } from './forms.ts';
import { enhancePasswords } from './passwords.ts';

/** A keyboard that slides over half a phone is opened by the user, not by us. */
function focusFirstField(): void {
  if (document.querySelector('[autofocus]') || !matchMedia('(pointer: fine)').matches) return;
  const fields = document.querySelectorAll<HTMLInputElement>('.lk-form:not([hidden]) .lk-input');
  [...fields].find((input) => input.value === '')?.focus();
}

/** Brings the page that is shown to life; what only some pages need is loaded by those. */
export function enhancePage(): void {
  document.documentElement.classList.add('lk-script');
  // On a phone the account's parts are a line that scrolls: the one that is open is in sight.
  document.querySelector('.lk-sections [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  enhancePasswords(document);
  enhanceCodes(document);
  guardForms(document);
  focusFirstField();
  if (document.querySelector('[data-passkey]'))
    void import('./passkeys.ts').then(({ enhancePasskeys }) => enhancePasskeys());
  const { unknownPasskey, passkeySignals } = document.body.dataset;
  if (unknownPasskey || passkeySignals)
    void import('./passkey-signals.ts').then(({ signalPasskeys }) => signalPasskeys(unknownPasskey, passkeySignals));
  if (document.querySelector('[data-captcha]'))
    void import('./captcha.ts').then(({ enhanceCaptcha }) => enhanceCaptcha());
  if (document.querySelector('[data-copy],[data-print]'))
    void import('./codes-to-keep.ts').then(({ enhanceKeeping }) => enhanceKeeping());

  const oneTap = document.querySelector<HTMLFormElement>('form[data-one-tap]');
  if (oneTap) {
    const begin = () => void import('./one-tap.ts').then(({ enhanceOneTap }) => enhanceOneTap(oneTap));
    // Somebody else's script comes when everything of ours is there.
    if (document.readyState === 'complete') begin();
    else addEventListener('load', begin, { once: true });
  }

  const autoSubmit = document.querySelector<HTMLFormElement>('form[data-auto-submit]');
  // The first button says `logout=yes`; a form submitted without a button would not.
  autoSubmit?.requestSubmit(autoSubmit.querySelector<HTMLButtonElement>('button[data-pending-label]'));
}
