import { expect, test } from 'vitest';
import { createTestApp } from './harness.ts';

const app = await createTestApp();

test('serves the Console and the demo app with the addresses of this install', async () => {
  for (const path of ['/console', '/console/applications/x', '/demo-app']) {
    const answer = await fetch(app.origin + path);
    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(html).toContain(`"tenantEndpoint":"${app.origin}"`);
    expect(html).not.toContain('__LATCHKEY_CONFIG__');
  }
});

test('is alive, ready and measured', async () => {
  expect((await fetch(`${app.origin}/health`)).status).toBe(200);
  expect((await fetch(`${app.origin}/health/ready`)).status).toBe(200);
  expect(await (await fetch(`${app.origin}/metrics`)).text()).toContain('latchkey_http_request_seconds');
});

test('answers a path that there is not with the wire’s 404', async () => {
  const answer = await app.api('GET', '/api/nothing-here');
  expect(answer).toMatchObject({ status: 404, body: { code: 'entity.not_found' } });
});
