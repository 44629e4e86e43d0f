import { loadScript } from './load-script.ts';
import type { Challenge } from './proof-of-work.ts';

/** The configuration that the page carries, without its secrets. */
type Config =
  | { type: 'ProofOfWork'; challengeUrl: string }
  | { type: 'Turnstile'; siteKey: string }
  | { type: 'RecaptchaEnterprise'; siteKey: string; domain?: string; mode?: 'invisible' | 'checkbox' };

interface Widget {
  /** Runs before the form is sent, when there is no token yet. */
  token(): Promise<string>;
}

/** What the providers' scripts put on the window, as far as it is used here. */
interface ProviderWindow {
  turnstile?: {
    render(place: HTMLElement, options: Record<string, unknown>): string;
  };
  grecaptcha?: {
    enterprise: {
      ready(then: () => void): void;
      render(place: HTMLElement, options: Record<string, unknown>): number;
      execute(siteKey: string, options: { action: string }): Promise<string>;
    };
  };
}

const providers = window as unknown as ProviderWindow;

async function turnstile(place: HTMLElement, siteKey: string, nonce: string): Promise<Widget> {
  await loadScript('https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit', nonce);
  const token = new Promise<string>((resolve, reject) => {
    providers.turnstile?.render(place, {
      sitekey: siteKey,
      language: document.documentElement.lang,
      size: 'flexible',
      callback: resolve,
      'error-callback': () => reject(new Error('Turnstile refused')),
    });
  });
  return { token: () => token };
}

async function recaptcha(
  place: HTMLElement,
  { siteKey, domain = 'www.google.com', mode }: Extract<Config, { type: 'RecaptchaEnterprise' }>,
  nonce: string,
): Promise<Widget> {
  const isCheckbox = mode === 'checkbox';
  const render = isCheckbox ? 'explicit' : siteKey;
  await loadScript(`https://${domain}/recaptcha/enterprise.js?render=${encodeURIComponent(render)}`, nonce);
  const api = providers.grecaptcha?.enterprise;
  if (!api) throw new Error('reCAPTCHA is not there');
  await new Promise<void>((resolve) => api.ready(resolve));
  if (!isCheckbox) return { token: () => api.execute(siteKey, { action: 'sign_in' }) };
  const token = new Promise<string>((resolve) => {
    api.render(place, { sitekey: siteKey, callback: resolve });
  });
  return { token: () => token };
}

function solve(challenge: Challenge): Promise<string> {
  const worker = new Worker(new URL('./proof-of-work.ts', import.meta.url), { type: 'module' });
  return new Promise<string>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<string | undefined>) =>
      data ? resolve(data) : reject(new Error('the challenge has no solution'));
    worker.onerror = () => reject(new Error('the worker did not start'));
    worker.postMessage(challenge);
  }).finally(() => worker.terminate());
}

async function proofOfWork(place: HTMLElement, challengeUrl: string): Promise<Widget> {
  place.textContent = place.dataset.working ?? '';
  const token = fetch(challengeUrl)
    .then((answer) => answer.json())
    .then(solve)
    .then((solution) => {
      place.textContent = place.dataset.done ?? '';
      return solution;
    });
  token.catch(() => fail(place));
  return { token: () => token };
}

function start(place: HTMLElement, config: Config): Promise<Widget> {
  const { nonce = '' } = place.dataset;
  if (config.type === 'Turnstile') return turnstile(place, config.siteKey, nonce);
  if (config.type === 'RecaptchaEnterprise') return recaptcha(place, config, nonce);
  return proofOfWork(place, config.challengeUrl);
}

function fail(place: HTMLElement): void {
  place.textContent = place.dataset.failed ?? '';
}

/** Gets the token that the form needs, at the latest when it is sent. */
function enhance(place: HTMLElement): void {
  const form = place.closest('form');
  const field = form?.elements.namedItem('captchaToken') as HTMLInputElement | null;
  if (!form || !field) return;
  let widget: Promise<Widget> | undefined;
  const begin = () => {
    widget ??= start(place, JSON.parse(place.dataset.captcha ?? '{}') as Config);
    widget.catch(() => fail(place));
    return widget;
  };
  // The work is done while the fields are filled in.
  form.addEventListener('focusin', begin, { once: true });
  if (form.contains(document.activeElement)) begin();
  form.addEventListener(
    'submit',
    (event) => {
      if (field.value !== '' || (event.submitter as HTMLButtonElement | null)?.formNoValidate) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      begin()
        .then((ready) => ready.token())
        .then((token) => {
          field.value = token;
          // A token that was there already comes while this event is still under way, when a form cannot be sent.
          setTimeout(() => form.requestSubmit(submitter));
        })
        .catch(() => fail(place));
    },
    { capture: true },
  );
}

/** Brings the robot check of the page to life. */
export function enhanceCaptcha(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-captcha]')) enhance(place);
}
