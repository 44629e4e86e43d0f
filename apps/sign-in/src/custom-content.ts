import { imageUrl, linkUrl } from './urls.ts';

/**
 * A tenant's own text for a page, made of nothing but what is named here. It is taken apart and put together anew:
 * whatever is not understood becomes text that is read, and never an element.
 */

const textElements = new Set(
  `a abbr b blockquote caption code dd del details div dl dt em figcaption figure h2 h3 h4 i ins kbd li mark ol p pre q s
  section small span strong sub summary sup table tbody td tfoot th thead time tr u ul`.split(/\s+/),
);
const emptyElements = new Set(['br', 'hr', 'img', 'wbr']);
/** Their content is nothing to read. */
const hiddenElements = new Set(
  'audio canvas embed head iframe math noscript object script select style svg template textarea title video'.split(
    ' ',
  ),
);
/** The page has its one heading of the first rank. */
const writtenAs: Readonly<Record<string, string>> = { h1: 'h2' };

/** A comment or declaration, a tag, or text; a `<` that begins neither is text. */
const tokens = /<!--[\s\S]*?(?:-->|$)|<[!?][^>]*(?:>|$)|<(\/?)([a-z][a-z\d]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|[^<]+|</gi;
const attributes = /([a-z][a-z-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/gi;

const escapeText = (text: string): string =>
  text.replace(/&(?!(?:[a-z][a-z\d]*|#\d+|#x[\da-f]+);)/gi, '&amp;').replaceAll('<', '&lt;');

const escapeValue = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const isNumber = (value: string): boolean => /^\d{1,4}$/.test(value);

/** Mail and telephone besides what a person may be sent to. */
const isTarget = (url: string): boolean => linkUrl(url) !== undefined || /^(?:mailto|tel):[^\s&]+$/i.test(url);

/** What an element may say of itself, and when; by `*` any of them. */
const allowed: Readonly<Record<string, Readonly<Record<string, (value: string) => boolean>>>> = {
  '*': {
    lang: (tag) => /^[a-z\d-]{1,35}$/i.test(tag),
    dir: (dir) => /^(?:ltr|rtl|auto)$/.test(dir),
    title: () => true,
  },
  a: { href: isTarget },
  img: { src: (url) => imageUrl(url) !== undefined, alt: () => true, width: isNumber, height: isNumber },
  ol: { start: isNumber },
  td: { colspan: isNumber, rowspan: isNumber },
  th: { colspan: isNumber, rowspan: isNumber },
};

/** Classes of the tenant's own; ours mean something to the page. */
const ownClasses = (value: string): string =>
  value
    .split(/\s+/)
    .filter((name) => name && !name.startsWith('lk-'))
    .join(' ');

function readAttributes(tag: string, written: string): Map<string, string> {
  const read = new Map<string, string>();
  for (const [, name = '', ...values] of written.matchAll(attributes)) {
    const key = name.toLowerCase();
    const value = (values.find((each) => each !== undefined) ?? '').replaceAll('&amp;', '&').replaceAll('&quot;', '"');
    const isAllowed = allowed[tag]?.[key] ?? allowed['*']?.[key];
    if (key === 'class' && ownClasses(value)) read.set(key, ownClasses(value));
    else if (isAllowed?.(value)) read.set(key, value);
  }
  return read;
}

function startTag(tag: string, written: string): string {
  const read = readAttributes(tag, written);
  // A picture without a place to load it from is nothing; one without words is told to nobody.
  if (tag === 'img' && !read.has('src')) return '';
  if (tag === 'img' && !read.has('alt')) read.set('alt', '');
  // The sign-in stays open beside what is read.
  if (tag === 'a' && read.has('href')) read.set('target', '_blank').set('rel', 'noopener noreferrer');
  return `<${tag}${[...read].map(([name, value]) => ` ${name}="${escapeValue(value)}"`).join('')}>`;
}

/** The end tags that bring the innermost open `tag` to its end; none when it is not open. */
function close(open: string[], tag: string): string {
  const at = open.lastIndexOf(tag);
  if (at < 0) return '';
  return open
    .splice(at)
    .reverse()
    .map((name) => `</${name}>`)
    .join('');
}

/** HTML that may stand on a page where passwords are typed, whatever a tenant has written. */
export function customContent(markup: string): string {
  const open: string[] = [];
  let html = '';
  let hidden: string | undefined;
  for (const [token, slash, name, written = ''] of markup.matchAll(tokens)) {
    const given = name?.toLowerCase();
    const tag = given && (writtenAs[given] ?? given);
    if (hidden) {
      if (slash && tag === hidden) hidden = undefined;
    } else if (!tag) {
      if (!/^<[!?]/.test(token)) html += escapeText(token);
    } else if (slash) {
      html += close(open, tag);
    } else if (hiddenElements.has(tag)) {
      hidden = tag;
    } else if (emptyElements.has(tag)) {
      html += startTag(tag, written);
    } else if (textElements.has(tag)) {
      open.push(tag);
      html += startTag(tag, written);
    }
  }
  return (
    html +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join('')
  );
}
