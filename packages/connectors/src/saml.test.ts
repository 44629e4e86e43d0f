import { ConnectorError } from '@latchkey/connector-kit';
import { testMetadata } from '@latchkey/connector-kit/testing';
import { describe, expect, it, test } from 'vitest';
import {
  createScriptedIdentityProvider,
  createTestKey,
  type ReceivedSamlRequest,
  type ScriptedAnswer,
} from './saml/scripted-identity-provider.ts';
import { saml } from './saml.ts';

const ENTITY = 'https://auth.example/sp';
const ACS = 'https://auth.example/api/authn/saml/abc';
const context = {
  fetch: () => Promise.reject(new Error('SAML asks nobody')),
  now: () => new Date(),
};

const idp = await createScriptedIdentityProvider();
const stranger = await createTestKey('stranger');
const config: Record<string, unknown> = {
  entityID: ENTITY,
  assertionConsumerServiceUrl: ACS,
  idpMetadataXml: idp.metadata(),
  x509Certificate: idp.key.certificate,
};

describe('what it says about itself', () => {
  testMetadata(saml, config);
});

/** Leaves for the provider and takes what it answers. */
async function signIn(answer: (request: ReceivedSamlRequest) => string, changed: Record<string, unknown> = {}) {
  const used = { ...config, ...changed };
  const { uri, session } = await saml.authorizationUri(
    { config: used, state: 's', redirectUri: 'https://x/y' },
    context,
  );
  const SAMLResponse = answer(idp.readRequest(uri));
  return saml.userInfo({ config: used, params: { SAMLResponse, RelayState: 's' }, session }, context);
}
const saying = (said: ScriptedAnswer) => (request: ReceivedSamlRequest) => idp.answer(request, said);
const base64 = (xml: string) => Buffer.from(xml).toString('base64');

/** The code and the message of the refusal. */
async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => 'accepted',
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConnectorError)) throw error;
  return `${error.code}: ${error.message}`;
}

describe('the request', () => {
  it('goes to the endpoint of the metadata, names us, and says where the answer belongs', async () => {
    const { uri, session } = await saml.authorizationUri({ config, state: 'st', redirectUri: 'https://x/y' }, context);
    expect(uri.startsWith(`${idp.signInEndpoint}?`)).toBe(true);
    expect(idp.readRequest(uri)).toEqual({
      id: session.requestId,
      issuer: ENTITY,
      assertionConsumerServiceUrl: ACS,
      relayState: 'st',
      isSigned: false,
    });
  });

  it('is signed when the operator wants it so', async () => {
    const signing = { ...config, signAuthnRequest: true, privateKey: stranger.privateKey };
    const { uri } = await saml.authorizationUri({ config: signing, state: 'st', redirectUri: 'https://x/y' }, context);
    expect(idp.readRequest(uri).isSigned).toBe(true);
  });

  it('fails with the member that is wrong when what is switched on has no key', async () => {
    const signing = { ...config, signAuthnRequest: true };
    const work = saml.authorizationUri({ config: signing, state: 'st', redirectUri: 'https://x/y' }, context);
    expect(await refusalOf(work)).toContain('privateKey');
  });
});

describe('the answer', () => {
  const attributes = { email: 'mary@example.com', name: 'Mary', phone: '+1 555-0100' };

  test.each(['assertion', 'response'] as const)('is read when the %s is signed', async (signed) => {
    const user = await signIn(saying({ nameId: 'mary', attributes, signed }));
    expect(user).toMatchObject({ id: 'mary', email: 'mary@example.com', name: 'Mary', phone: '15550100' });
    expect(user.rawData).toMatchObject({ nameID: 'mary', issuer: idp.entityId, email: 'mary@example.com' });
  });

  it('is read by the attributes that the operator names', async () => {
    const profileMap = { id: 'uid', email: 'urn:mail', name: 'cn' };
    const told = { uid: 'u7', 'urn:mail': 'm@example.com', cn: 'M' };
    expect(await signIn(saying({ attributes: told }), { profileMap })).toMatchObject({
      id: 'u7',
      email: 'm@example.com',
      name: 'M',
    });
  });

  it('is read when it is signed with SHA-1 and the operator allows that', async () => {
    const user = await signIn(saying({ sha1: true }), { requestSignatureAlgorithm: 'rsa-sha1' });
    expect(user.id).toBe('user-1');
  });

  it('is read within a minute of its end, as clocks differ', async () => {
    expect((await signIn(saying({ notOnOrAfter: -30_000 }))).id).toBe('user-1');
  });

  const rows: [string, ScriptedAnswer, string][] = [
    ['nothing is signed', { signed: 'none' }, 'not signed'],
    ['SHA-1 signs it', { sha1: true }, 'SHA-1'],
    ['it has expired', { notOnOrAfter: -90_000 }, 'expired'],
    ['it is of the future', { notBefore: 120_000 }, 'not valid yet'],
    ['it would be good for ever', { notOnOrAfter: null }, 'not for us'],
    ['the audience is somebody else', { audience: 'https://other.example' }, 'not for us'],
    ['the recipient is somebody else', { recipient: 'https://other.example/acs' }, 'another address'],
    ['the destination is somebody else', { destination: 'https://other.example/acs' }, 'another address'],
    ['it answers another request', { inResponseTo: '_other' }, 'another sign-in'],
    ['it answers no request', { inResponseTo: '' }, 'another sign-in'],
    ['another provider speaks', { issuer: 'https://evil.example' }, 'another provider'],
    ['the provider refuses', { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }, 'did not authorize'],
    [
      'the name is gone the next time',
      { nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' },
      'lasting',
    ],
  ];
  test.each(rows)('is refused when %s', async (_, said, message) => {
    expect(await refusalOf(signIn(saying(said)))).toContain(message);
  });

  it('is refused when a stranger has signed it, whatever certificate it brings along', async () => {
    expect(await refusalOf(signIn((request) => idp.answer(request, { signer: stranger })))).toContain('not signed');
  });

  it('is refused when one character was changed', async () => {
    const work = signIn((request) => base64(idp.answerXml(request).replace('user-1', 'user-2')));
    expect(await refusalOf(work)).toContain('not signed');
  });

  it('is refused when it has a document type', async () => {
    const bomb = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>';
    expect(await refusalOf(signIn((request) => base64(bomb + idp.answerXml(request))))).toContain('document type');
  });

  test.each([
    ['no XML', () => base64('hello')],
    ['nothing', () => ''],
    ['too large', () => 'A'.repeat(600_000)],
  ])('is refused when it is %s', async (_, answer) => {
    expect(await refusalOf(signIn(answer))).toContain('authorization_failed');
  });
});

describe('the configuration', () => {
  test.each([
    ['no metadata', { idpMetadataXml: '<a/>' }, 'The metadata describes no identity provider.'],
    [
      'metadata with entities',
      { idpMetadataXml: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' },
      'document type',
    ],
    ['no certificate', { x509Certificate: 'abc' }, 'This is no X.509 certificate.'],
    ['no key to sign with', { signAuthnRequest: true }, 'Needed for what is switched on.'],
    ['a key that is none', { signAuthnRequest: true, privateKey: 'abc' }, 'private key'],
  ])('is refused with %s, where it stands', (_, changed, message) => {
    const { error } = saml.configSchema.safeParse({ ...config, ...changed });
    expect(error?.issues).toEqual([
      expect.objectContaining({
        path: ['privateKey' in changed || 'signAuthnRequest' in changed ? 'privateKey' : Object.keys(changed)[0]],
        message: expect.stringContaining(message),
      }),
    ]);
  });
});
