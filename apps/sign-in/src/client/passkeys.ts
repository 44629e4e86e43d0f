import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  WebAuthnError,
} from '@simplewebauthn/browser';

function say(form: HTMLFormElement, message: string): void {
  const place = form.querySelector('[data-passkey-message]');
  if (place) place.textContent = message;
}

function send(form: HTMLFormElement, credential: unknown): void {
  const field = form.elements.namedItem('credential') as HTMLInputElement;
  field.value = JSON.stringify(credential);
  form.requestSubmit();
}

async function ask(form: HTMLFormElement): Promise<void> {
  const optionsJSON = JSON.parse(form.dataset.options ?? '{}');
  try {
    const credential =
      form.dataset.passkey === 'create'
        ? await startRegistration({ optionsJSON })
        : await startAuthentication({ optionsJSON });
    send(form, credential);
  } catch (error) {
    const exists = error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
    say(form, (exists ? form.dataset.exists : form.dataset.cancelled) ?? '');
  }
}

/** Passkeys in the list that the identifier's field opens, where the browser can show them there. */
async function offerAutofill(form: HTMLFormElement): Promise<void> {
  if (!(await browserSupportsWebAuthnAutofill())) return;
  const optionsJSON = JSON.parse(form.dataset.options ?? '{}');
  try {
    send(form, await startAuthentication({ optionsJSON, useBrowserAutofill: true }));
  } catch {
    // Ended by another ceremony or by leaving the page: nobody has asked for anything, so nothing is said.
    return;
  }
}

/** Lets the authenticator answer where a page asks for a passkey. */
export function enhancePasskeys(): void {
  // A question of the page before would stand in the way.
  WebAuthnAbortService.cancelCeremony();
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
    if (!browserSupportsWebAuthn()) {
      say(form, form.dataset.unsupported ?? '');
      form.querySelector('button[type=submit]')?.remove();
      continue;
    }
    form.addEventListener(
      'submit',
      (event) => {
        if ((form.elements.namedItem('credential') as HTMLInputElement).value !== '') return;
        event.preventDefault();
        event.stopImmediatePropagation();
        say(form, '');
        void ask(form);
      },
      { capture: true },
    );
    if (form.dataset.autofill !== undefined) void offerAutofill(form);
  }
}
