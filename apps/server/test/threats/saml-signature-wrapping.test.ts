// Threat class "SAML signature wrapping": XSW1–XSW8 (Somorovsky et al., "On Breaking SAML"), samlify CVE-2025-47949,
// xml-crypto CVE-2025-29774 and CVE-2025-29775, node-saml CVE-2025-54369 and CVE-2025-54419, ruby-saml CVE-2024-45409,
// Keycloak CVE-2024-8698 and CVE-2026-2092, authentik CVE-2026-25922. What is believed is what was signed.
import { createTestKey } from '@latchkey/connectors/saml/testing';
import { expect, it, test } from 'vitest';
import { pressSocial } from '../gitlab.ts';
import { createTestApp } from '../harness.ts';
import { startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';
import { connectSaml, postAnswer } from '../saml.ts';

const app = await createTestApp();
const client = await createClient(app);
const saml = await connectSaml(app);
const stranger = await createTestKey('stranger');
const owner = (id: string) => app.modules.users.findByIdentity(app.scope(), 'acme', id);

type Signed = 'assertion' | 'response';

/** What the provider said of `mallory`, who then brings what `change` has made of it. */
async function bring(change: (xml: string, parts: Parts) => string, signed: Signed = 'assertion', nameId = 'mallory') {
  const { visitor, page } = await startSignIn(app, client);
  const request = saml.idp.readRequest(await pressSocial(visitor, page));
  const xml = saml.idp.answerXml(request, { nameId, signed });
  const forged = saml.idp.answerXml(request, { nameId: 'victim', signed, signer: stranger });
  const changed = change(xml, partsOf(xml, forged));
  const SAMLResponse = Buffer.from(changed).toString('base64');
  const { headers } = await postAnswer(saml.acs, { SAMLResponse, RelayState: request.relayState });
  return visitor.open(headers.get('location') ?? '');
}

interface Parts {
  /** The signed assertion, its signature, and the assertion without it. */
  assertion: string;
  signature: string;
  bare: string;
  /** Says that somebody else has signed in, and is signed by nobody. */
  evil: string;
  /** Pieces of a signature over the forged statement, by a key of the attacker's. */
  forged: { digest: string; signedInfo: string };
}

const find = (pattern: RegExp, xml: string): string => {
  const [found] = pattern.exec(xml) ?? [];
  if (found === undefined) throw new Error(`there is no ${pattern} any more`);
  return found;
};
const SIGNATURE = /<Signature [\s\S]*?<\/Signature>/;
const SIGNED_INFO = /<SignedInfo>[\s\S]*?<\/SignedInfo>/;
const DIGEST = /(?<=<DigestValue>)[^<]+/;

function partsOf(xml: string, forgedXml: string): Parts {
  const assertion = find(/<saml:Assertion [\s\S]*<\/saml:Assertion>/, xml);
  const signature = find(SIGNATURE, xml);
  const bare = assertion.replace(signature, '');
  return {
    assertion,
    signature,
    bare,
    evil: bare.replace(/ ID="[^"]+"/, ' ID="_evil"').replace('mallory', 'victim'),
    forged: { digest: find(DIGEST, forgedXml), signedInfo: find(SIGNED_INFO, forgedXml) },
  };
}
/** Puts something at the end of an element's content. */
const into = (element: string, content: string) => element.replace(/<\/[^<]+>$/, (end) => content + end);
/** The whole message again, saying something else, under another ID. */
const evilResponse = (xml: string, signature: string) =>
  xml
    .replace(signature, '')
    .replace(/ ID="[^"]+"/, ' ID="_evil"')
    .replace('mallory', 'victim');

it('control: what the provider has signed is taken', async () => {
  for (const signed of ['assertion', 'response'] as const) {
    const page = await bring((xml) => xml, signed, `good-${signed}`);
    expect(page.url.startsWith(client.redirectUri)).toBe(true);
    expect(await owner(`good-${signed}`)).toBeDefined();
  }
});

const attacks: [string, (xml: string, parts: Parts) => string, Signed?][] = [
  [
    'XSW1: the message inside the signature of another one',
    (xml, { signature }) => {
      const original = xml.replace(signature, '');
      const wrapping = into(signature, `<Object>${original}</Object>`);
      return evilResponse(xml, signature).replace('<samlp:Status>', `${wrapping}<samlp:Status>`);
    },
    'response',
  ],
  [
    'XSW2: the message beside the signature of another one',
    (xml, { signature }) => {
      const original = xml.replace(signature, '');
      return evilResponse(xml, signature).replace('<samlp:Status>', `${signature}${original}<samlp:Status>`);
    },
    'response',
  ],
  [
    'XSW3: another assertion before the signed one',
    (xml, { assertion, evil }) => xml.replace(assertion, evil + assertion),
  ],
  ['another assertion behind the signed one', (xml, { assertion, evil }) => xml.replace(assertion, assertion + evil)],
  [
    'XSW4: the signed assertion inside another one',
    (xml, { assertion, evil }) => xml.replace(assertion, into(evil, assertion)),
  ],
  [
    'XSW5: another assertion with the signature, the signed one behind it',
    (xml, { assertion, bare, evil, signature }) =>
      xml.replace(assertion, evil.replace('<saml:Subject>', `${signature}<saml:Subject>`) + bare),
  ],
  [
    'XSW6: another assertion with the signature, which holds the signed one',
    (xml, { assertion, bare, evil, signature }) =>
      xml.replace(assertion, evil.replace('<saml:Subject>', `${into(signature, bare)}<saml:Subject>`)),
  ],
  [
    'XSW7: another assertion among the extensions',
    (xml, { assertion, evil }) => xml.replace(assertion, `<samlp:Extensions>${evil}</samlp:Extensions>${assertion}`),
  ],
  [
    'XSW8: the signed assertion as an object of the signature',
    (xml, { assertion, bare, evil, signature }) =>
      xml.replace(
        assertion,
        evil.replace('<saml:Subject>', `${into(signature, `<Object>${bare}</Object>`)}<saml:Subject>`),
      ),
  ],
  [
    'a second assertion of the same ID',
    (xml, { assertion, bare }) => xml.replace(assertion, bare.replace('mallory', 'victim') + assertion),
  ],
  [
    'a digest in a comment before the real one',
    (xml, { forged }) =>
      xml.replace(DIGEST, (digest) => `<!--${forged.digest}-->${digest}`).replace('mallory', 'victim'),
  ],
  [
    'the real digest in a comment',
    (xml, { forged }) =>
      xml.replace(DIGEST, (digest) => `${forged.digest}<!--${digest}-->`).replace('mallory', 'victim'),
  ],
  [
    'a SignedInfo of the attacker’s before the signed one',
    (xml, { forged }) => xml.replace(SIGNED_INFO, (signed) => forged.signedInfo + signed).replace('mallory', 'victim'),
  ],
  [
    'a SignedInfo of the attacker’s behind the signed one',
    (xml, { forged }) => xml.replace(SIGNED_INFO, (signed) => signed + forged.signedInfo).replace('mallory', 'victim'),
  ],
  ['no signature at all', (xml, { assertion, evil }) => xml.replace(assertion, evil)],
  [
    'an encrypted assertion before the signed one',
    (xml, { assertion }) =>
      xml.replace(
        assertion,
        `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>${assertion}`,
      ),
  ],
  ['a reference to everything', (xml) => xml.replace(/URI="#[^"]+"/, 'URI=""').replace('mallory', 'victim')],
];

test.each(attacks)('%s signs nobody in', async (_, change, signed) => {
  const page = await bring(change, signed);
  expect([page.name, page.status]).toEqual(['error', 401]);
  expect(await owner('victim')).toBeUndefined();
  expect(await owner('mallory')).toBeUndefined();
});

it('a key that the message brings along proves nothing', async () => {
  const { visitor, page } = await startSignIn(app, client);
  const request = saml.idp.readRequest(await pressSocial(visitor, page));
  const SAMLResponse = saml.idp.answer(request, { nameId: 'victim', signer: stranger });
  const { headers } = await postAnswer(saml.acs, { SAMLResponse, RelayState: request.relayState });
  expect((await visitor.open(headers.get('location') ?? '')).status).toBe(401);
  expect(await owner('victim')).toBeUndefined();
});

it('a comment does not make one name of another', async () => {
  // Canonicalization drops comments, so that the signature holds; half of the name would be somebody else's.
  await bring((xml) => xml.replace('victim.mallory', 'victim<!-- -->.mallory'), 'assertion', 'victim.mallory');
  expect(await owner('victim')).toBeUndefined();
});
