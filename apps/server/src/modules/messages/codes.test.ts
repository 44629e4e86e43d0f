import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { auditLogs } from '../../kernel/audit.ts';
import { verificationCodes } from './messages.table.ts';

const app = await createTestApp();
const { api } = app;
const { codes } = app.modules.messages;

let people = 0;
/** Nobody has been sent anything yet. */
const newEmail = () => `person${++people}@example.com`;
const email = (value: string) => ({ type: 'email', value }) as const;

async function inboxOf(recipient: string) {
  return (await api('GET', `/api/development-inbox?recipient=${encodeURIComponent(recipient)}`)).body;
}
const lastCode = async (recipient: string): Promise<string> => (await inboxOf(recipient))[0].code;
const wrong = (code: string) => (code === '123456' ? '654321' : '123456');
const post = (path: string, body: object) => api('POST', `/api/verification-codes${path}`, body);
const refused = (code: string) => ({ status: 400, body: { code: `verification_code.${code}` } });
const rows = () => app.world.database.forTenant('default').select().from(verificationCodes);

describe('POST /api/verification-codes', () => {
  test('204, and the code lands in the development inbox in the caller’s language', async () => {
    const address = newEmail();
    const answer = await api('POST', '/api/verification-codes', { email: address }, { 'accept-language': 'ja' });
    expect(answer.status).toBe(204);
    const [message] = await inboxOf(address);
    expect(message).toMatchObject({
      channel: 'Email',
      templateType: 'Generic',
      locale: 'ja',
      code: expect.stringMatching(/^\d{6}$/),
    });
    expect(message.subject).toBe('確認コードのお知らせ');
    expect(message.content).toContain(message.code);
  });

  test('204 to a phone', async () => {
    expect((await post('', { phone: '819012345678' })).status).toBe(204);
    expect((await inboxOf('819012345678'))[0]).toMatchObject({ channel: 'Sms', contentType: 'text/plain' });
  });

  test('the code is kept as a keyed hash alone, and the audit trail does not have it', async () => {
    const address = newEmail();
    await post('', { email: address });
    const code = await lastCode(address);
    const [row] = (await rows()).filter(({ recipient }) => recipient === address);
    expect(JSON.stringify(row)).not.toContain(code);
    const trail = await app.world.database
      .forTenant('default')
      .select()
      .from(auditLogs)
      .where(eq(auditLogs.targetId, row?.id ?? ''));
    expect(trail).toHaveLength(1);
    expect(JSON.stringify(trail[0]?.payload)).not.toContain(code);
  });

  test.each([{}, { email: 'none' }, { email: 'a@b.cc\r\nBcc: c@d.ee' }, { phone: '+81 90' }])(
    '400 for %o',
    async (body) => {
      expect(await post('', body)).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
    },
  );

  test('429 for the eleventh in ten minutes, however the address is written; then it goes on', async () => {
    const address = newEmail();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => post('', { email: at % 2 ? address : address.toUpperCase() })),
    );
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(10);
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(10);
    expect(limited[0]?.body.code).toBe('request.message_rate_limited');
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    app.advance(601_000);
    expect((await post('', { email: address })).status).toBe(204);
  });
});

describe('POST /api/verification-codes/verify', () => {
  async function sent() {
    const address = newEmail();
    await post('', { email: address });
    return { address, code: await lastCode(address) };
  }

  test('204 once, however it is typed; 400 the second time', async () => {
    const { address, code } = await sent();
    const typed = `${code.slice(0, 3)}-${code.slice(3)} `;
    expect((await post('/verify', { email: address.toUpperCase(), verificationCode: typed })).status).toBe(204);
    expect(await post('/verify', { email: address, verificationCode: code })).toMatchObject(refused('not_found'));
  });

  test('400 for a wrong code, an expired one, one that was replaced, and a recipient without one', async () => {
    const { address, code } = await sent();
    expect(await post('/verify', { email: address, verificationCode: wrong(code) })).toMatchObject(
      refused('code_mismatch'),
    );
    await post('', { email: address });
    const next = await lastCode(address);
    if (next !== code)
      expect(await post('/verify', { email: address, verificationCode: code })).toMatchObject(refused('code_mismatch'));
    app.advance(600_000);
    expect(await post('/verify', { email: address, verificationCode: next })).toMatchObject(refused('expired'));
    expect(await post('/verify', { email: newEmail(), verificationCode: next })).toMatchObject(refused('not_found'));
  });

  test('the tenant’s policy decides how long a code lives and how many tries it allows', async () => {
    await api('PATCH', '/api/sign-in-exp', { verificationCodePolicy: { expirationDuration: 60, maxRetryAttempts: 1 } });
    try {
      const first = await sent();
      await post('/verify', { email: first.address, verificationCode: wrong(first.code) });
      expect(await post('/verify', { email: first.address, verificationCode: first.code })).toMatchObject(
        refused('exceed_max_try'),
      );
      const second = await sent();
      app.advance(60_000);
      expect(await post('/verify', { email: second.address, verificationCode: second.code })).toMatchObject(
        refused('expired'),
      );
    } finally {
      await api('PATCH', '/api/sign-in-exp', { verificationCodePolicy: {} });
    }
  });
});

describe('codes of a sign-in', () => {
  const send = (value: string, more: object = {}) =>
    codes.send(app.scope(), { recipient: email(value), purpose: 'SignIn', flowId: 'flow1', deliver: true, ...more });
  const verify = (value: string, code: string, more: object = {}) =>
    codes.verify(app.scope(), { recipient: email(value), purpose: 'SignIn', flowId: 'flow1', code, ...more });

  test('are good in their flow and for their purpose alone', async () => {
    const address = newEmail();
    const { id } = await send(address);
    const code = await lastCode(address);
    for (const other of [{ flowId: 'flow2' }, { purpose: 'Register' }, { flowId: 'flow2', id }, { id: 'unknown' }]) {
      await expect(verify(address, code, other)).rejects.toMatchObject({ code: 'verification_code.not_found' });
    }
    await expect(verify(newEmail(), code, { id })).rejects.toMatchObject({ code: 'verification_code.email_mismatch' });
    await expect(verify(address, code, { id })).resolves.toBeUndefined();
  });

  test('that are not delivered do the same work: a row, a count, an answer, and no message', async () => {
    const address = newEmail();
    expect(await send(address, { deliver: false })).toEqual({ id: expect.any(String), expiresAt: expect.any(Date) });
    expect(await inboxOf(address)).toEqual([]);
    await expect(verify(address, 'nobody knows')).rejects.toMatchObject({ code: 'verification_code.code_mismatch' });
    for (let at = 1; at < 10; at++) await send(address, { deliver: false });
    await expect(send(address, { deliver: false })).rejects.toMatchObject({ code: 'request.message_rate_limited' });
  });

  test('are not sent inside a transaction', async () => {
    await expect(
      codes.send(
        { ...app.scope(), inTransaction: true },
        { recipient: email(newEmail()), purpose: 'SignIn', deliver: true },
      ),
    ).rejects.toThrow(/transaction/);
  });

  test('go when they have expired', async () => {
    await send(newEmail());
    app.advance(601_000);
    await app.runJob('delete-old-messages');
    expect(await rows()).toEqual([]);
  });
});
