import { createHmac, randomInt } from 'node:crypto';
import type { TemplateType } from '@latchkey/connector-kit';
import { audit } from '../../kernel/audit.ts';
import { standardId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { deriveKey, equalSecrets } from '../../kernel/secrets.ts';
import * as store from './codes.store.ts';
import type { MessageSubject, MessageVariables } from './message-subject.ts';
import { fail } from './messages.errors.ts';
import { normalRecipient, type Recipient } from './recipients.ts';
import type { Sending } from './sending.service.ts';

/** How long codes live and how many tries they allow, where the tenant has not said. */
const LIFETIME_SECONDS = 600;
const MAX_ATTEMPTS = 10;
const DIGITS = 6;

export interface CodePolicy {
  expirationDuration?: number | undefined;
  maxRetryAttempts?: number | undefined;
}

export interface CodeRequest {
  recipient: Recipient;
  /** How the account that has the address writes it: mail servers may tell capital letters from small ones. */
  spelling?: string | undefined;
  /** What the code is for: it is good for nothing else. Also chooses the text of the message. */
  purpose: TemplateType;
  /** The sign-in that the code belongs to; codes of one are unknown in all others. */
  flowId?: string;
  /** False does the same work, takes the time it would take and tells the caller the same, but sends nothing. */
  deliver: boolean;
  /** Languages of the recipient, best first. */
  locales?: readonly string[];
  /** What the code is about, by ids: its message may tell of it. */
  subject?: MessageSubject;
  /** What else the message may tell: objects such as `application`. */
  context?: MessageVariables;
}

export interface CodeProof {
  recipient: Recipient;
  purpose: TemplateType;
  flowId?: string;
  /** The code that `send` answered; without it, the one that was sent last. */
  id?: string;
  code: string;
}

export interface Codes {
  /** Sends a code in place of the one before. Never inside a transaction: a provider may take its time. */
  send(scope: Scope, request: CodeRequest): Promise<{ id: string; expiresAt: Date }>;
  /** Spends a code, or throws `verification_code.*`. Each call counts as one try. */
  verify(scope: Scope, proof: CodeProof): Promise<void>;
}

/** What people type for six digits: spaces and dashes between them, full-width digits. */
const normalCode = (typed: string): string => typed.normalize('NFKC').replace(/[\s-]/g, '');

/** One-time codes that prove an address or a number. */
export function createCodes(deps: {
  masterKey: Buffer;
  sending: Sending;
  codePolicy(tenantId: string): Promise<CodePolicy>;
}): Codes {
  const key = deriveKey(deps.masterKey, 'verification-codes');
  const digest = (tenantId: string, id: string, code: string): string =>
    createHmac('sha256', key).update(`${tenantId}:${id}:${code}`).digest('base64url');

  return {
    async send(scope, { recipient: given, spelling, purpose, flowId = '', deliver, locales, subject, context }) {
      const recipient = normalRecipient(given);
      await deps.sending.admit(scope, recipient, 'VerificationCode');
      const { expirationDuration = LIFETIME_SECONDS, maxRetryAttempts = MAX_ATTEMPTS } = await deps.codePolicy(
        scope.tenantId,
      );
      const id = standardId();
      const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
      const expiresAt = new Date(scope.now.getTime() + expirationDuration * 1000);
      await transaction(scope, async (tx) => {
        await store.putCode(tx.db, {
          tenantId: tx.tenantId,
          id,
          recipientType: recipient.type,
          recipient: recipient.value,
          purpose,
          flowId,
          codeDigest: digest(tx.tenantId, id, code),
          attempts: 0,
          maxAttempts: maxRetryAttempts,
          expiresAt,
          createdAt: tx.now,
        });
        await audit(tx, {
          key: 'VerificationCode.Created',
          target: { type: 'VerificationCode', id },
          details: { recipient: recipient.value, purpose, delivered: deliver },
        });
      });
      const message = {
        recipient: { ...recipient, value: spelling ?? given.value.trim() },
        type: purpose,
        locales,
        subject,
        context,
      };
      if (deliver) await deps.sending.deliver(scope, { ...message, code });
      else await deps.sending.pretend(scope, message);
      return { id, expiresAt };
    },

    async verify(scope, { recipient: given, purpose, flowId = '', id, code }) {
      const recipient = normalRecipient(given);
      const which = id ? { id } : { recipientType: recipient.type, recipient: recipient.value };
      const row = await store.countAttempt(scope.db, scope.tenantId, { purpose, flowId, ...which });
      if (!row) throw fail('verification_code.not_found');
      if (row.recipientType !== recipient.type || row.recipient !== recipient.value) {
        throw fail(`verification_code.${recipient.type}_mismatch`);
      }
      if (row.expiresAt <= scope.now) throw fail('verification_code.expired');
      if (row.attempts > row.maxAttempts) throw fail('verification_code.exceed_max_try');
      if (!equalSecrets(row.codeDigest, digest(scope.tenantId, row.id, normalCode(code)))) {
        throw fail('verification_code.code_mismatch');
      }
      if (!(await store.spendCode(scope.db, row))) throw fail('verification_code.not_found');
    },
  };
}
