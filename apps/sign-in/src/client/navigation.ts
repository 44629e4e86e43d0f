import { csrfField, pageRequestHeader } from '@latchkey/server/contract';
import { setPending } from './forms.ts';
import { enhancePage } from './page.ts';

/** What the server tells the script in place of a redirect. */
interface Leave {
  redirectTo: string;
}

const motion = matchMedia('(prefers-reduced-motion: no-preference)');

/** Look and language of the two documents are the same, so that only the body has to change. */
function isAlike(next: Document): boolean {
  const styles = (root: Document) => [...root.querySelectorAll('head style')].map((style) => style.textContent);
  const [ours, theirs] = [styles(document), styles(next)];
  return ours.length === theirs.length && ours.every((text, index) => text === theirs[index]);
}

function show(next: Document): void {
  const { lang, dir } = next.documentElement;
  Object.assign(document.documentElement, { lang, dir });
  document.title = next.title;
  document.body.replaceWith(document.adoptNode(next.body));
  scrollTo(0, 0);
  const target = document.querySelector<HTMLElement>('[autofocus]') ?? document.querySelector<HTMLElement>('h1');
  if (target?.tagName === 'H1') target.tabIndex = -1;
  // A screen reader goes on where the focus is.
  target?.focus();
  enhancePage();
}

/** A page that is only read is still under this one's policy, to which the style of another page's nonce is a stranger. */
function read(html: string): Document {
  const [, theirs] = /<style[^>]* nonce="([\w-]+)"/.exec(html) ?? [];
  const ours = document.querySelector('style')?.nonce;
  const text = theirs && ours ? html.replaceAll(`nonce="${theirs}"`, `nonce="${ours}"`) : html;
  return new DOMParser().parseFromString(text, 'text/html');
}

async function swap(html: string, url: string): Promise<void> {
  const next = read(html);
  if (!next.querySelector('.lk-page') || !isAlike(next)) return location.assign(url);
  if (document.startViewTransition && motion.matches) {
    await document.startViewTransition(() => show(next)).updateCallbackDone;
  } else {
    show(next);
  }
}

const isPage = (answer: Response) => answer.headers.get('content-type')?.startsWith('text/html') === true;

const targetOf = (form: HTMLFormElement, submitter: HTMLElement | null): string =>
  submitter instanceof HTMLButtonElement && submitter.hasAttribute('formaction') ? submitter.formAction : form.action;

/** Sends a form; the answer is the next page, the same one with what was wrong, or the address to leave for. */
async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const answer = await fetch(targetOf(form, submitter), {
    method: 'POST',
    body: new URLSearchParams([...new FormData(form, submitter)] as [string, string][]),
    headers: { [pageRequestHeader]: 'yes' },
    redirect: 'error',
  });
  if (!isPage(answer)) return location.assign(((await answer.json()) as Leave).redirectTo);
  const url = answer.headers.get('content-location') ?? location.href;
  if (answer.ok && url !== location.pathname + location.search) history.pushState(null, '', url);
  await swap(await answer.text(), url);
}

/** The plain way: what the browser itself would have done. */
function sendPlainly(form: HTMLFormElement, submitter: HTMLElement | null): void {
  form.action = targetOf(form, submitter);
  if (submitter instanceof HTMLButtonElement && submitter.name) {
    form.append(
      Object.assign(document.createElement('input'), { type: 'hidden', name: submitter.name, value: submitter.value }),
    );
  }
  form.submit();
}

/**
 * Forms of ours alone: those of the protocol engine leave by redirects that a script cannot follow.
 * Files are left to the browser.
 */
const isOurs = (form: HTMLFormElement) =>
  form.elements.namedItem(csrfField) !== null && form.enctype !== 'multipart/form-data';

/** Keeps one document alive between the steps of a sign-in; whatever goes wrong, the form is sent the plain way. */
export function keepDocument(): void {
  document.addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !isOurs(form)) return;
    event.preventDefault();
    send(form, submitter).catch(() => sendPlainly(form, submitter));
  });
  // The server knows what to show at an address by now.
  addEventListener('popstate', () => location.reload());
  addEventListener('pageshow', ({ persisted }) => {
    // Back from the app, the browser may show the page as it was left.
    if (persisted) for (const form of document.forms) setPending(form, false);
  });
}
