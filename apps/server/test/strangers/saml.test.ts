// SAML with SimpleSAMLphp, of Debian's packages: it signs people in here, and Latchkey signs people in there.
import { serviceProviderMetadata } from '@latchkey/connectors/saml';
import { expect } from 'vitest';
import { createBrowser } from '../browser.ts';
import { pressSocial } from '../gitlab.ts';
import { createTestApp, freePort } from '../harness.ts';
import { field, startSignIn, visit } from '../pages.ts';
import { createClient } from '../protocol.ts';
import { postAnswer } from '../saml.ts';
import { connectServiceProvider } from '../service-provider.ts';
import { debianSimpleSaml } from './debian.ts';
import { testAgainst } from './program.ts';
import { startSimpleSaml } from './simplesamlphp.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';
const port = await freePort();
const site = `http://localhost:${port}`;
const entityId = `${site}/sp`;
const acsUrl = `${site}/module.php/saml/sp/saml2-acs.php/latchkey`;
const POST_BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const application = await connectServiceProvider(app, {
  entityId,
  acsUrl: { binding: POST_BINDING, url: acsUrl },
  attributeMapping: { email: 'mail', name: 'cn' },
});
const root = await debianSimpleSaml();
const simpleSaml =
  root === undefined ? undefined : await startSimpleSaml(root, port, `${app.origin}/saml/${application.id}`);

const connectorId = 'simplesaml';
const acs = `${app.origin}/api/authn/saml/${connectorId}`;
if (simpleSaml) {
  const ours = { entityId: `${app.origin}/saml`, assertionConsumerServiceUrl: acs };
  await simpleSaml.trust(application.metadata, serviceProviderMetadata(ours));
  const idpMetadataXml = await (await fetch(`${site}/saml2/idp/metadata.php`)).text();
  const created = await app.api('POST', '/api/connectors', {
    id: connectorId,
    connectorId: 'saml',
    metadata: { target: connectorId, name: { en: 'SimpleSAMLphp' } },
    config: {
      entityID: ours.entityId,
      assertionConsumerServiceUrl: acs,
      idpMetadataXml,
      x509Certificate: simpleSaml.key.certificate,
      profileMap: { id: 'uid', email: 'mail', name: 'displayName' },
    },
  });
  expect(created.status, JSON.stringify(created.body)).toBe(200);
  await app.api('PATCH', '/api/sign-in-exp', {
    socialSignInConnectorTargets: [connectorId],
    signUp: { identifiers: [], password: false, verify: false },
  });
}
const forge = (answer: string, from: string, to: string) =>
  Buffer.from(Buffer.from(answer, 'base64').toString().replaceAll(from, to)).toString('base64');

/** Signs in at SimpleSAMLphp and brings its answer here, changed on the way or not. */
async function signInFromThere(change: (answer: string) => string = (answer) => answer) {
  const { visitor, page } = await startSignIn(app, client);
  const request = await pressSocial(visitor, page);
  const browser = createBrowser(site);
  const shown = await browser.follow(await browser.get(request), request);
  const loginPage = { html: await shown.response.text() } as typeof page;
  const answered = await browser.post(shown.url, {
    AuthState: field(loginPage, 'AuthState'),
    username: 'hana',
    password: PASSWORD,
  });
  const carrier = { html: await answered.text() } as typeof page;
  const SAMLResponse = change(field(carrier, 'SAMLResponse'));
  const back = await postAnswer(acs, { SAMLResponse, RelayState: field(carrier, 'RelayState') });
  return visitor.open(new URL(back.headers.get('location') ?? '', acs).href);
}

testAgainst(simpleSaml)('somebody signs in with an account of SimpleSAMLphp, twice with the same one', async () => {
  const find = () => app.modules.users.findByIdentity(app.scope(), connectorId, 'hana');
  expect((await signInFromThere()).url).toContain(`${client.redirectUri}?code=`);
  const user = await find();
  expect(user).toMatchObject({ name: '佐藤 花 & Co.', primaryEmail: 'hana@example.com' });
  expect((await signInFromThere()).url).toContain(`${client.redirectUri}?code=`);
  expect((await find())?.id).toBe(user?.id);
});

testAgainst(simpleSaml)('an answer of SimpleSAMLphp that was changed on the way signs nobody in', async () => {
  const page = await signInFromThere((answer) => forge(answer, '>hana<', '>keeper<'));
  expect(page.name).toBe('error');
  expect(await app.modules.users.findByIdentity(app.scope(), connectorId, 'keeper')).toBeUndefined();
});

/** Goes to SimpleSAMLphp, signs in here as Ada and brings the answer there: the page that is shown in the end. */
async function signInThere(change: (answer: string) => string = (answer) => answer): Promise<string> {
  const browser = createBrowser(site);
  const start = `${site}/module.php/core/authenticate.php?as=latchkey`;
  const { url } = await browser.follow(await browser.get(start), start);
  expect(url).toContain(application.entryPoint);
  const visitor = visit(app);
  const page = await visitor.submit(await visitor.open(url), '/sign-in', { identifier: 'ada', password: PASSWORD });
  const SAMLResponse = change(field(page, 'SAMLResponse'));
  const brought = await browser.post(acsUrl, { SAMLResponse, RelayState: field(page, 'RelayState') });
  return (await browser.follow(brought, acsUrl)).response.text();
}

testAgainst(simpleSaml)('SimpleSAMLphp signs somebody in with an account here, and no changed answer', async () => {
  const name = 'Ada <Lovelace> & Co.';
  const { id } = await app.modules.users.create(app.scope(), {
    username: 'ada',
    name,
    primaryEmail: 'ada@example.com',
    password: PASSWORD,
  });
  const shown = await signInThere();
  expect(shown).toContain('ada@example.com');
  expect(shown).toContain('Ada &lt;Lovelace&gt; &amp; Co.');
  expect(shown).toContain(id);
  const refused = await signInThere((answer) => forge(answer, 'ada@example.com', 'eve@example.com'));
  expect(refused).not.toContain('eve@example.com');
  expect(refused).toContain('Reference validation failed');
});
