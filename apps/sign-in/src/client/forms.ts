/** Milliseconds after which a form may be sent again. */
const pendingLimit = 15_000;

type Field = HTMLInputElement | HTMLSelectElement;

const isField = (target: unknown): target is Field =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement;

function errorElement(input: Field): HTMLElement | null {
  return document.getElementById(`${input.id}-error`);
}

function setError(input: Field, message: string): void {
  const element = errorElement(input);
  if (!element) return;
  const text = document.createElement('p');
  text.textContent = message;
  element.replaceChildren(...(message ? [text] : []));
  if (message) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
}

/** Says what is missing in the page's language, where the browser would say it in its own. */
function firstMissing(form: HTMLFormElement): Field | undefined {
  const missing = [...form.querySelectorAll<Field>('input[required],select[required]')].filter(
    (input) => input.validity.valueMissing,
  );
  for (const input of missing) setError(input, input.dataset.requiredMessage ?? '');
  return missing[0];
}

/** Shows that a form is under way, or that it can be sent again. */
export function setPending(form: HTMLFormElement, pending: boolean): void {
  form.toggleAttribute('data-pending', pending);
  const button = form.querySelector<HTMLButtonElement>('button[data-pending-label]');
  if (!button) return;
  // Beside an icon, the words stand in an element of their own.
  const words = button.querySelector('span') ?? button;
  const idleLabel = button.dataset.label ?? words.textContent ?? '';
  button.dataset.label = idleLabel;
  words.textContent = pending ? (button.dataset.pendingLabel ?? idleLabel) : idleLabel;
  // Disabled for real, a button would lose the focus and its name would not be sent.
  if (pending) button.setAttribute('aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
}

function guard(form: HTMLFormElement): void {
  form.noValidate = true;
  form.addEventListener('input', ({ target }) => {
    if (isField(target) && target.getAttribute('aria-invalid')) setError(target, '');
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
}
