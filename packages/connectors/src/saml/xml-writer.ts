import { createRequire } from 'node:module';

/** An element to be written; what is undefined among its attributes and children is left out. */
export interface XmlTree {
  name: `${keyof typeof NAMESPACES}:${string}`;
  attributes: Readonly<Record<string, string | undefined>>;
  children: readonly (XmlTree | XmlText | XmlFragment | undefined)[];
}
type XmlText = string;
/** An element that is written already, such as one that has been signed: it is taken over as it is. */
interface XmlFragment {
  xml: string;
}

const NAMESPACES = {
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  md: 'urn:oasis:names:tc:SAML:2.0:metadata',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
} as const;

/** As much of the parser's DOM as writing needs. */
interface Node {
  setAttribute(name: string, value: string): void;
  appendChild(child: Node): void;
}
interface Document extends Node {
  documentElement: Node;
  createElementNS(namespace: string, name: string): Node;
  createTextNode(text: string): Node;
  importNode(node: Node, deep: boolean): Node;
}
interface Dom {
  DOMImplementation: new () => { createDocument(namespace: null, name: string): Document };
  DOMParser: new () => { parseFromString(xml: string, type: string): Document };
  XMLSerializer: new () => { serializeToString(node: Node): string };
}
// Loaded when the first document is written: most installs never write one.
const require = createRequire(import.meta.url);

export const element = (
  name: XmlTree['name'],
  attributes: XmlTree['attributes'],
  ...children: XmlTree['children']
): XmlTree => ({ name, attributes, children });

/**
 * Text without what XML 1.0 §2.2 cannot hold. Carriage returns become line feeds, as any reader would make them: a
 * signature over others would not hold.
 */
const clean = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');

/** The document as text. The library escapes every name and value: nothing that is told becomes markup. */
export function writeXml(tree: XmlTree): string {
  const { DOMImplementation, DOMParser, XMLSerializer } = require('@xmldom/xmldom') as Dom;
  const document = new DOMImplementation().createDocument(null, '');
  const build = ({ name, attributes, children }: XmlTree): Node => {
    const namespace = NAMESPACES[name.split(':')[0] as keyof typeof NAMESPACES];
    const node = document.createElementNS(namespace, name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined) node.setAttribute(key, clean(value));
    }
    for (const child of children) {
      if (child === undefined) continue;
      if (typeof child === 'string') node.appendChild(document.createTextNode(clean(child)));
      else if ('name' in child) node.appendChild(build(child));
      else {
        const { documentElement } = new DOMParser().parseFromString(child.xml, 'text/xml');
        node.appendChild(document.importNode(documentElement, true));
      }
    }
    return node;
  };
  return new XMLSerializer().serializeToString(build(tree));
}
