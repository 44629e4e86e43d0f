import { ConnectorError } from '@latchkey/connector-kit';
import { elementsOf, parseXml, type XmlElement } from './xml.ts';

const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const DSIG_MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';

const strong = new Set([`${DSIG_MORE}rsa-sha256`, `${DSIG_MORE}rsa-sha512`, `${XMLENC}sha256`, `${XMLENC}sha512`]);
const sha1 = new Set([`${DSIG}rsa-sha1`, `${DSIG}sha1`]);

const refuse = (message: string, cause?: unknown): never => {
  throw new ConnectorError('authorization_failed', message, { cause });
};

/** Decrypted for a look at its algorithms alone; the library decrypts it again for what it says. */
async function openAssertion(element: XmlElement, key: string): Promise<XmlElement> {
  const { decrypt } = await import('xml-encryption');
  const xml = await new Promise<string>((resolve, reject) => {
    decrypt(element.toString(), { key, disallowDecryptionWithInsecureAlgorithm: true }, (error, result) =>
      error ? reject(error) : resolve(String(result)),
    );
  }).catch((error: unknown) => refuse("The provider's assertion cannot be decrypted.", error));
  return parseXml(xml, xml.length);
}

/** Refuses signatures and digests by algorithms that prove nothing, before any of them is computed. */
export async function checkAlgorithms(
  root: XmlElement,
  { allowSha1 = false, decryptionKey }: { allowSha1?: boolean | undefined; decryptionKey?: string | undefined },
): Promise<void> {
  const [encrypted] = elementsOf(root, 'EncryptedAssertion');
  if (encrypted && !decryptionKey) refuse("The provider's assertion is encrypted, and no key to open it is set up.");
  const parts = encrypted && decryptionKey ? [root, await openAssertion(encrypted, decryptionKey)] : [root];
  for (const element of parts.flatMap((part) => elementsOf(part, 'Signature'))) {
    const named = [...elementsOf(element, 'SignatureMethod'), ...elementsOf(element, 'DigestMethod')];
    for (const algorithm of named.map((method) => method.getAttribute('Algorithm') ?? '')) {
      if (sha1.has(algorithm) && !allowSha1) refuse('The provider signs with SHA-1, which is not allowed.');
      if (!strong.has(algorithm) && !sha1.has(algorithm)) refuse('The provider signs with an unknown algorithm.');
    }
  }
}
