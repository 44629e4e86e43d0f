import { expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';

const app = await createTestApp();
const { api } = app;
const CONFIG = '/api/configs/admin-console';

test('200: what was sent stays, beside what was there; 20 changes at once lose none', async () => {
  expect(await api('GET', CONFIG)).toMatchObject({
    status: 200,
    body: { signInExperienceCustomized: false, organizationCreated: false },
  });
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      api('PATCH', CONFIG, at % 2 === 0 ? { organizationCreated: true } : { signInExperienceCustomized: true }),
    ),
  );
  const checkedChargeNotification = { token: true };
  const changed = await api('PATCH', CONFIG, { checkedChargeNotification });
  const whole = { signInExperienceCustomized: true, organizationCreated: true, checkedChargeNotification };
  expect(changed).toMatchObject({ status: 200, body: whole });
  expect((await api('GET', CONFIG)).body).toEqual(whole);
});

test('400: a member of another kind', async () => {
  expect(await api('PATCH', CONFIG, { organizationCreated: 'yes' })).toMatchObject({ status: 400 });
});

test('200: the domain below which protected applications get hosts', async () => {
  expect(await api('GET', '/api/systems/application')).toMatchObject({
    status: 200,
    body: { protectedApps: { defaultDomain: 'localhost' } },
  });
});
