import { loadScript } from './load-script.ts';

/** What Google's script puts on the window, as far as it is used here. */
interface GoogleWindow {
  google?: {
    accounts: {
      id: {
        initialize(options: Record<string, unknown>): void;
        prompt(): void;
        cancel(): void;
      };
    };
  };
}

const script = () => (window as GoogleWindow).google?.accounts.id;

/** Offers the browser's Google accounts; the one that is chosen is sent by the form. */
export async function enhanceOneTap(form: HTMLFormElement): Promise<void> {
  const { oneTap = '{}', nonce = '' } = form.dataset;
  try {
    // The document is kept between pages, and the script with it.
    if (!script()) await loadScript('https://accounts.google.com/gsi/client', nonce);
  } catch {
    // Kept out by the browser or its network: the page is complete without it, so nothing is said.
    return;
  }
  if (!form.isConnected) return;
  script()?.initialize({
    ...(JSON.parse(oneTap) as Record<string, unknown>),
    context: document.querySelector('.lk-page-register') ? 'signup' : 'signin',
    use_fedcm_for_prompt: true,
    callback({ credential }: { credential: string }) {
      if (!form.isConnected) return;
      (form.elements.namedItem('credential') as HTMLInputElement).value = credential;
      form.requestSubmit();
    },
  });
  script()?.prompt();
  // Whoever signs in another way is not asked any more.
  document.addEventListener('submit', () => script()?.cancel(), { once: true });
}
