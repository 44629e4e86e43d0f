import type { IOptions } from 'sanitize-html';

const TEXT = `a abbr b blockquote br caption code dd del details div dl dt em figcaption figure h2 h3 h4 hr i img ins kbd
  li mark ol p pre q s section small span strong sub summary sup table tbody td tfoot th thead time tr u ul wbr`;
/** Their content is nothing to read. */
const HIDDEN = `audio canvas embed head iframe math noscript object script select style svg template textarea title
  video`;

const namesIn = (list: string): string[] => list.split(/\s+/);

/** Classes of the tenant's own; ours mean something to the page. */
const ownClasses = (value: string): string =>
  namesIn(value)
    .filter((name) => !name.startsWith('lk-'))
    .join(' ');

const options: IOptions = {
  allowedTags: namesIn(TEXT),
  nonTextTags: namesIn(HIDDEN),
  allowedAttributes: {
    '*': ['class', 'dir', 'lang', 'title'],
    a: ['href', 'rel', 'target'],
    img: ['alt', 'height', 'src', 'width'],
    ol: ['start'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: false,
  parseStyleAttributes: false,
  nestingLimit: 50,
  transformTags: {
    // The page has its one heading of the first rank.
    h1: 'h2',
    // The sign-in stays open beside what is read.
    a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, target: '_blank', rel: 'noopener noreferrer' } }),
    // A picture without words is told to nobody.
    img: (tagName, attribs) => ({ tagName, attribs: { alt: '', ...attribs } }),
    '*': (tagName, { class: classes, ...attribs }) => {
      const own = classes && ownClasses(classes);
      return { tagName, attribs: own ? { ...attribs, class: own } : attribs };
    },
  },
  // Without a place to load it from it is nothing.
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs.src,
};

/**
 * HTML that may stand on a page where passwords are typed, whatever a tenant has written: text, links and pictures.
 * What takes it apart is loaded when the first tenant has written something.
 */
export async function customContent(markup: string): Promise<string> {
  const { default: sanitize } = await import('sanitize-html');
  return sanitize(markup, options);
}
