import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../test/harness.ts';

const { api } = await createTestApp();
const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) });

describe('a body', () => {
  test.each([
    [{ name: 'a\0b' }, 'body.name: '],
    [{ customData: { plan: ['\ud800'] } }, 'body.customData.plan.0: '],
    [{ customData: { 'pl\0an': 1 } }, 'body.customData: '],
    [{ customData: nested(3000) }, 'body: must not be nested deeper than 100 levels'],
  ])('is refused with 400 where it cannot be stored, which says where', async (body, where) => {
    const answer = await api('POST', '/api/users', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
    expect(answer.body.details).toContain(where);
  });

  test('may be deep, and have every other character', async () => {
    const name = 'Zoë 😀 \u0001 \uffff 山田';
    expect(await api('POST', '/api/users', { name, customData: nested(90) })).toMatchObject({
      status: 200,
      body: { name },
    });
  });
});
