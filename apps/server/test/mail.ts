import { expect } from 'vitest';
import type { TestApp } from './harness.ts';

/** Messages that were sent to an address or a number, the newest first, as the development inbox has them. */
export async function messagesTo(
  app: Pick<TestApp, 'api'>,
  recipient: string,
): Promise<{ code?: string; templateType: string; locale: string }[]> {
  const { status, body } = await app.api('GET', `/api/development-inbox?recipient=${encodeURIComponent(recipient)}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

/** The code of the last message to an address or a number. */
export async function codeSentTo(app: Pick<TestApp, 'api'>, recipient: string): Promise<string> {
  const [last] = await messagesTo(app, recipient);
  expect(last?.code, `a code for ${recipient}`).toMatch(/^\d{6}$/);
  return last?.code ?? '';
}
