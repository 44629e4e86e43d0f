import { expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { startSignIn } from '../../../test/pages.ts';
import { authorizationRequest, createClient, redeemCode } from '../../../test/protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';
await app.modules.users.create(app.scope(), { username: 'ada', password: PASSWORD });

/** From the authorization request to the tokens; gives the times that a connection to the database was lent out. */
async function signIn(): Promise<number> {
  await app.modules.flush();
  let count = 0;
  const counted = () => {
    count += 1;
  };
  const { pool } = app.world.database;
  pool.on('acquire', counted);
  try {
    const request = authorizationRequest(app, client);
    const { visitor, page } = await startSignIn(app, client, {}, undefined, request);
    const end = await visitor.submit(page, '/sign-in', { identifier: 'ada', password: PASSWORD });
    const { status } = await redeemCode(app, client, request, new URL(end.url));
    expect(status).toBe(200);
    return count;
  } finally {
    pool.off('acquire', counted);
  }
}

test('a password sign-in, from the authorization request to the tokens, takes 15 transactions at most', async () => {
  // The first one reads what is remembered from then on.
  await signIn();
  // What the protocol did is recorded in batches beside it, one of which may fall into each.
  const counts = [await signIn(), await signIn(), await signIn()];
  expect(Math.min(...counts)).toBeLessThanOrEqual(15);
});
