import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createTestApp } from '../test/harness.ts';

const direct = await createTestApp();
const proxied = await createTestApp({ ENDPOINT: 'https://id.example.com', TRUST_PROXY_HEADER: 'true' });
const distrustful = await createTestApp({ ENDPOINT: 'https://id.example.com' });
const wildcard = await createTestApp({ ENDPOINT: 'https://*.example.com', TRUST_PROXY_HEADER: 'true' });

interface Page {
  status: number;
  html: string;
  policy: string;
}

/** A page as a browser asks for it, with headers that `fetch` would not send. */
const open = (app: typeof direct, headers: Record<string, string>, path = '/sign-in'): Promise<Page> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(app.origin);
    request({ host: 'localhost', port, path, headers: { accept: 'text/html', ...headers } }, (response) => {
      let html = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        html += chunk;
      });
      const policy = response.headers['content-security-policy'];
      response.on('end', () => resolve({ status: response.statusCode ?? 0, html, policy: String(policy) }));
    })
      .on('error', reject)
      .end();
  });

const byProxy = { 'x-forwarded-host': 'id.example.com', 'x-forwarded-proto': 'https' };

describe('the configured address', () => {
  it('is answered as always', async () => {
    expect((await open(direct, { host: new URL(direct.origin).host.toUpperCase() })).status).not.toBe(421);
    expect((await open(proxied, byProxy)).status).not.toBe(421);
    expect((await open(proxied, { ...byProxy, 'x-forwarded-host': 'id.example.com:443' })).status).not.toBe(421);
    expect((await open(wildcard, { ...byProxy, 'x-forwarded-host': 'default.example.com' })).status).not.toBe(421);
  });
});

describe('another address gets 421 and a page', () => {
  it('that says what arrived and what was expected, with the lines for three proxies', async () => {
    const { status, html } = await open(proxied, { ...byProxy, 'x-forwarded-host': 'login.example.com' });
    expect(status).toBe(421);
    expect(html).toContain('<code>https://login.example.com</code>');
    expect(html).toContain('href="https://id.example.com"');
    expect(html).toContain('ENDPOINT=https://login.example.com TRUST_PROXY_HEADER=true npm start');
    expect(html).toContain(`proxy_pass http://127.0.0.1:${proxied.world.config.port};`);
    expect(html).toContain('login.example.com {');
    expect(html).toContain('rule: Host(`login.example.com`)');
  });

  it('that says when headers of the proxy are not believed', async () => {
    const { status, html } = await open(distrustful, { ...byProxy, host: 'id.example.com' });
    expect(status).toBe(421);
    expect(html).toContain('TRUST_PROXY_HEADER is off');
    expect(html).toContain('ENDPOINT=https://id.example.com TRUST_PROXY_HEADER=true npm start');
  });

  it('that sends somebody on their own machine to the right name', async () => {
    const { port } = new URL(direct.origin);
    const { status, html } = await open(direct, { host: `127.0.0.1:${port}` });
    expect(status).toBe(421);
    expect(html).toContain(`href="${direct.origin}"`);
    expect(html).not.toContain('nginx');
  });

  it('in Japanese for a Japanese browser', async () => {
    const { html } = await open(direct, { host: 'other.example', 'accept-language': 'ja,en;q=0.5' });
    expect(html).toContain('<html lang="ja">');
    expect(html).toContain('アドレスではありません');
  });

  it.each(['"><script>alert(1)</script>', "x' onload='y", '&lt;b>'])(
    'that never takes %j for anything but text',
    async (host) => {
      const { status, html, policy } = await open(proxied, { ...byProxy, 'x-forwarded-host': host });
      expect(status).toBe(421);
      expect(html).not.toContain('<script');
      expect(html.replace(/<[^>]*>/g, '')).not.toContain(host);
      expect(html).not.toMatch(/<[^>]*onload/);
      expect(policy).toContain("default-src 'none'");
    },
  );
});

describe('who is not a browser', () => {
  it.each(['/health', '/health/live', '/metrics'])('%s answers by any name', async (path) => {
    expect((await open(proxied, { host: '10.0.0.7:3001' }, path)).status).toBe(200);
  });

  it('calls the API by any name', async () => {
    const answer = await open(proxied, { host: 'latchkey:3001', accept: 'application/json' }, '/api/status');
    expect(answer.status).toBe(204);
  });
});
