import { guardForms } from './forms.ts';
import { enhancePasswords } from './passwords.ts';

// The pages work without any of this.
enhancePasswords(document);
guardForms(document);

// A keyboard that slides over half a phone is opened by the user, not by us.
if (!document.querySelector('[autofocus]') && matchMedia('(pointer: fine)').matches) {
  const field = [...document.querySelectorAll<HTMLInputElement>('.lk-input')].find((input) => input.value === '');
  field?.focus();
}

const autoSubmit = document.querySelector<HTMLFormElement>('form[data-auto-submit]');
// The first button says `logout=yes`; a form submitted without a button would not.
autoSubmit?.requestSubmit(autoSubmit.querySelector<HTMLButtonElement>('button[data-pending-label]'));
