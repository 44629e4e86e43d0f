import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';

const app = await createTestApp();
const email = 'hana@example.com';
const create = async (more: object = {}) => {
  const answer = await app.api('POST', '/api/one-time-tokens', { email, ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
};
const verify = (token: string, address = email) =>
  app.api('POST', '/api/one-time-tokens/verify', { token, email: address });
const setStatus = (id: string, status: string) => app.api('PUT', `/api/one-time-tokens/${id}/status`, { status });

describe('POST /api/one-time-tokens', () => {
  it('201: with a token of 32 characters that lives ten minutes', async () => {
    const made = await create();
    expect(made).toMatchObject({ tenantId: 'default', email, context: {}, status: 'active' });
    expect(made.token).toMatch(/^\w{32}$/);
    expect(made.expiresAt - made.createdAt).toBe(600_000);
  });

  it('201: with a purpose, organizations and a lifetime', async () => {
    const context = { jitOrganizationIds: ['org'], interactionEvent: 'ForgotPassword' };
    const made = await create({ context, expiresIn: 60 });
    expect(made).toMatchObject({ context });
    expect(made.expiresAt - made.createdAt).toBe(60_000);
  });

  it('400: without an address, with a lifetime that is none', async () => {
    for (const body of [{}, { email: 'nobody' }, { email, expiresIn: 0 }, { email, expiresIn: 1e9 }]) {
      expect(await app.api('POST', '/api/one-time-tokens', body)).toMatchObject({
        status: 400,
        body: { code: 'guard.invalid_input' },
      });
    }
  });

  it('keeps the token unreadable in the database', async () => {
    const { token, id } = await create();
    const { rows } = await app.world.database.pool.query<{ text: string }>(
      "select set_config('latchkey.tenant', '*', false), (select t::text from one_time_tokens t where id = $1) as text",
      [id],
    );
    expect(rows[0]?.text).toContain(id);
    expect(rows[0]?.text).not.toContain(token);
  });
});

describe('POST /api/one-time-tokens/verify', () => {
  it('200: once, whatever the case of the address', async () => {
    const { token } = await create();
    expect(await verify(token, 'Hana@Example.com')).toMatchObject({ status: 200, body: { status: 'consumed' } });
    expect(await verify(token)).toMatchObject({ status: 400, body: { code: 'one_time_token.token_consumed' } });
  });

  it('400: for another address, expired, revoked', async () => {
    const { token, id } = await create();
    expect(await verify(token, 'other@example.com')).toMatchObject({
      status: 400,
      body: { code: 'one_time_token.email_mismatch' },
    });
    await setStatus(id, 'revoked');
    expect(await verify(token)).toMatchObject({ status: 400, body: { code: 'one_time_token.token_revoked' } });
    const late = await create({ expiresIn: 1 });
    app.advance(2000);
    expect(await verify(late.token)).toMatchObject({ status: 400, body: { code: 'one_time_token.token_expired' } });
  });

  it('404: unknown', async () => {
    expect(await verify('made-up')).toMatchObject({ status: 404, body: { code: 'one_time_token.token_not_found' } });
  });

  it('has one winner among fifty at once', async () => {
    const { token } = await create();
    const answers = await Promise.all(Array.from({ length: 50 }, () => verify(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'one_time_token.token_consumed')).toHaveLength(49);
  });
});

describe('one-time tokens as their administrator sees them', () => {
  it('200: listed by address and status, the newest first', async () => {
    const address = 'listed@example.com';
    const first = await create({ email: address });
    app.advance(1000);
    const second = await create({ email: address, expiresIn: 1 });
    app.advance(2000);
    const list = async (query: string) => {
      const answer = await app.api('GET', `/api/one-time-tokens?email=${address}${query}`);
      expect(answer.status).toBe(200);
      return answer.body.map(({ id }: { id: string }) => id);
    };
    expect(await list('')).toEqual([second.id, first.id]);
    expect(await list('&status=active')).toEqual([first.id]);
    expect(await list('&status=expired')).toEqual([second.id]);
    expect(await list('&page_size=1&page=2')).toEqual([first.id]);
  });

  it('200: ended by status; 400: not brought back to life', async () => {
    const { id } = await create();
    expect(await setStatus(id, 'revoked')).toMatchObject({ status: 200, body: { status: 'revoked' } });
    expect(await setStatus(id, 'revoked')).toMatchObject({ status: 200 });
    expect(await setStatus(id, 'consumed')).toMatchObject({ status: 400 });
    expect(await setStatus(id, 'active')).toMatchObject({
      status: 400,
      body: { code: 'one_time_token.cannot_reactivate_token' },
    });
  });

  it('204: deleted; 404: afterwards', async () => {
    const { id, token } = await create();
    expect((await app.api('DELETE', `/api/one-time-tokens/${id}`)).status).toBe(204);
    expect((await app.api('GET', `/api/one-time-tokens/${id}`)).status).toBe(404);
    expect((await app.api('DELETE', `/api/one-time-tokens/${id}`)).status).toBe(404);
    expect((await setStatus(id, 'revoked')).status).toBe(404);
    expect((await verify(token)).status).toBe(404);
  });

  it('401: without a token', async () => {
    const answer = await fetch(`${app.origin}/api/one-time-tokens`);
    expect(answer.status).toBe(401);
  });
});
