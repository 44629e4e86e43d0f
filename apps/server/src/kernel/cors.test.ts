import { expect, test } from 'vitest';
import { createTestApp } from '../../test/harness.ts';

const app = await createTestApp();
const adminApp = await createTestApp({ ADMIN_ENDPOINT: 'http://console.example.com' });

const preflight = (origin: string, from: string, path: string) =>
  fetch(origin + path, {
    method: 'OPTIONS',
    headers: {
      origin: from,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization',
    },
  });

test('a Console on an origin of its own may call the Management API', async () => {
  const answer = await preflight(adminApp.origin, 'http://console.example.com', '/api/applications');
  expect(answer.status).toBe(204);
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://console.example.com');
  expect(answer.headers.get('access-control-allow-headers')).toBe('authorization');
  const read = await fetch(`${adminApp.origin}/api/status`, { headers: { origin: 'http://console.example.com' } });
  expect(read.headers.get('access-control-expose-headers')).toBe('*');
});

// Threat class "CSRF / CORS": Casdoor CVE-2024-41657, where a prefix of an origin was enough.
test.each(['http://console.example.com.evil.example', 'http://evil.example', 'null'])(
  'the page of %s may not read the Management API',
  async (from) => {
    const answer = await preflight(adminApp.origin, from, '/api/applications');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('vary')).toContain('Origin');
  },
);

test('without an origin of its own, the Console needs no permission and nobody gets any', async () => {
  const answer = await preflight(app.origin, 'http://evil.example', '/api/applications');
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});
