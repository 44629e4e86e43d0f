/** Milliseconds after which a form may be sent again. */
const pendingLimit = 15_000;

function errorElement(input: HTMLInputElement): HTMLElement | null {
  return document.getElementById(`${input.id}-error`);
}

function setError(input: HTMLInputElement, message: string): void {
  const element = errorElement(input);
  if (!element) return;
  const text = document.createElement('p');
  text.textContent = message;
  element.replaceChildren(...(message ? [text] : []));
  if (message) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
}

/** Says what is missing in the page's language, where the browser would say it in its own. */
function firstMissing(form: HTMLFormElement): HTMLInputElement | undefined {
  const missing = [...form.querySelectorAll<HTMLInputElement>('input[required]')].filter(
    (input) => input.validity.valueMissing,
  );
  for (const input of missing) setError(input, input.dataset.requiredMessage ?? '');
  return missing[0];
}

function setPending(form: HTMLFormElement, pending: boolean): void {
  form.toggleAttribute('data-pending', pending);
  const button = form.querySelector<HTMLButtonElement>('button[data-pending-label]');
  if (!button) return;
  const idleLabel = button.dataset.label ?? button.textContent ?? '';
  button.dataset.label = idleLabel;
  button.textContent = pending ? (button.dataset.pendingLabel ?? idleLabel) : idleLabel;
  // Disabled for real, a button would lose the focus and its name would not be sent.
  if (pending) button.setAttribute('aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
}

function guard(form: HTMLFormElement): void {
  form.noValidate = true;
  form.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement && target.getAttribute('aria-invalid')) setError(target, '');
  });
  form.addEventListener('submit', (event) => {
    const leaves = event.submitter instanceof HTMLButtonElement && event.submitter.formNoValidate;
    const missing = leaves ? undefined : firstMissing(form);
    if (missing || form.hasAttribute('data-pending')) event.preventDefault();
    missing?.focus();
    if (event.defaultPrevented) return;
    setPending(form, true);
    // A post that was stopped, or is never answered, must not leave a dead form behind.
    setTimeout(() => setPending(form, false), pendingLimit);
  });
}

/** Checks empty fields at once, sends a form only once, and shows that it is under way. */
export function guardForms(root: Document): void {
  for (const form of root.forms) guard(form);
  // Back from the next page, the browser may show this one as it was left.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) for (const form of root.forms) setPending(form, false);
  });
}
