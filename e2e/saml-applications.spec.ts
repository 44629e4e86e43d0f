// Applications that sign in by SAML (features 10), in the Console: what each side must know of the other, and a key
// that takes over from another.
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
test.beforeAll(async ({ browser }) => {
  shop = await openShop(browser);
});
test.afterAll(() => shop?.close());

test('a service provider is described, reads our metadata, and a new key takes over', async () => {
  const page = shop.administrator;
  const { id } = await shop.api('POST', '/api/saml-applications', { name: 'Wiki' });
  await page.goto(`${shop.origin}/console/applications/${id}`);
  const metadata = `${shop.origin}/api/saml-applications/${id}/metadata`;

  await test.step('where answers go is saved', async () => {
    await page.getByLabel('Entity ID', { exact: true }).fill('https://wiki.example/saml');
    await page.getByLabel('Assertion consumer service URL').fill('https://wiki.example/saml/acs');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByRole('button', { name: 'Save changes' })).toHaveCount(0);
    expect(await shop.api('GET', `/api/saml-applications/${id}`)).toMatchObject({
      entityId: 'https://wiki.example/saml',
      acsUrl: { url: 'https://wiki.example/saml/acs' },
    });
  });

  await test.step('the metadata carries the certificate of the key that was activated', async () => {
    const certificates = async () => (await (await page.request.get(metadata)).text()).match(/<ds:X509Certificate>/g);
    await expect(page.getByText(metadata)).toBeVisible();
    await page.getByRole('button', { name: 'Create key' }).click();
    await expect(page.getByText('Signing key created')).toBeVisible();
    await page.getByRole('button', { name: /^Sign with / }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign with it' }).click();
    await expect(page.getByText('Answers are signed with this key now').first()).toBeVisible();
    await expect(page.getByRole('button', { name: /^Stop signing with / })).toHaveCount(1);
    await expectAccessible(page);
    const keys: { active: boolean }[] = await shop.api('GET', `/api/saml-applications/${id}/secrets`);
    expect(keys.filter(({ active }) => active)).toHaveLength(1);
    expect(keys).toHaveLength(2);
    expect(await certificates()).not.toBeNull();
  });
});
