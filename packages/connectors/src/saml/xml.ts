import { createRequire } from 'node:module';

/** As much of a DOM element (DOM §4.9) as is needed here. The parser's own types would make a browser of every program. */
export interface XmlElement {
  readonly nodeType: number;
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly parentNode: unknown;
  readonly childNodes: ArrayLike<XmlElement>;
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  getElementsByTagNameNS(namespace: string, localName: string): ArrayLike<XmlElement>;
  toString(): string;
}

type Handler = () => void;
interface Parser {
  DOMParser: new (options: {
    errorHandler: { warning: Handler; error: Handler; fatalError: Handler };
  }) => { parseFromString(text: string, type: string): { documentElement: XmlElement | null } | undefined };
}
// Loaded when the first document is read: most installs never read one.
const require = createRequire(import.meta.url);

/** The text is no XML that may be read; what is wrong with it is in the message, safe for anybody. */
export class XmlRefusal extends Error {
  override readonly name = 'XmlRefusal';
}

const refuse = (message: string): never => {
  throw new XmlRefusal(message);
};

/**
 * Reads XML of a stranger's. A document type is refused before any parser sees it: with none there are no entities, so
 * nothing expands and nothing is fetched.
 */
export function parseXml(text: string, maxLength: number): XmlElement {
  if (text.length > maxLength) refuse('The XML is too large.');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) refuse('The XML has a document type, which is not allowed.');
  const malformed = () => refuse('The XML is not well-formed.');
  const { DOMParser } = require('@xmldom/xmldom') as Parser;
  const parser = new DOMParser({ errorHandler: { warning: () => undefined, error: malformed, fatalError: malformed } });
  const root = text.trim() === '' ? undefined : parser.parseFromString(text, 'text/xml')?.documentElement;
  return root ?? malformed();
}

/** The element and everything below it that has this local name, whatever its prefix. */
export function elementsOf(element: XmlElement, localName: string): XmlElement[] {
  const below = Array.from(element.getElementsByTagNameNS('*', localName));
  return element.localName === localName ? [element, ...below] : below;
}

/** Its children of this local name. */
export const childrenOf = (element: XmlElement, localName: string): XmlElement[] =>
  Array.from(element.childNodes).filter((node) => node.nodeType === 1 && node.localName === localName);
