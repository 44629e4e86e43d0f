import { createHmac } from 'node:crypto';

/**
 * Headers that prove a request is ours. Two schemes over the same bytes:
 * the wire's `logto-signature-sha-256` (features 11.1), and Standard Webhooks, whose signature covers the message's id
 * and the time, so that a recorded request cannot be played again.
 * The first key is the current one; a second one still counts for receivers that have not changed yet.
 */
export function signatureHeaders(
  message: { id: string; body: string; sentAt: Date },
  keys: readonly [current: string, previous?: string],
): Record<string, string> {
  const timestamp = Math.floor(message.sentAt.getTime() / 1000);
  const [current, previous] = keys;
  const signed = `${message.id}.${timestamp}.${message.body}`;
  const both = previous === undefined ? [current] : [current, previous];
  return {
    'logto-signature-sha-256': logtoSignature(current, message.body),
    ...(previous !== undefined && { 'logto-signature-sha-256-previous': logtoSignature(previous, message.body) }),
    'webhook-id': message.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': both.map((key) => `v1,${standardSignature(key, signed)}`).join(' '),
  };
}

const logtoSignature = (key: string, body: string): string => createHmac('sha256', key).update(body).digest('hex');

/** Standard Webhooks keys are base64; a signing key's 32 letters and digits are exactly 24 bytes of it. */
const standardSignature = (key: string, signed: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64')).update(signed).digest('base64');
