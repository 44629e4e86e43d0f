import { describeDevice } from '../../kernel/devices.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { Signals } from '../adaptive-mfa/index.ts';
import type { FlowContext, InteractionEvent, VerificationRecord } from './flow-context.ts';
import type { FactorRecord } from './mfa/pending-mfa.ts';

const isFactorRecord = (record: VerificationRecord): record is FactorRecord =>
  ['TOTP', 'WebAuthn', 'SignInPasskey', 'BackupCode', 'MfaEmailVerificationCode', 'MfaPhoneVerificationCode'].includes(
    record.type,
  );

/** A factor's record without what only the server may know. */
function factorRecordToWire(record: FactorRecord) {
  const { id, verified } = record;
  switch (record.type) {
    case 'MfaEmailVerificationCode':
    case 'MfaPhoneVerificationCode':
      return {
        id,
        type: record.type,
        identifier: record.identifier,
        templateType: 'MfaVerification' as const,
        verified,
      };
    case 'SignInPasskey':
      return { id, type: record.type, verified };
    default:
      return { id, type: record.type, userId: record.userId, verified };
  }
}

/** A record without what only the server may know. */
export function recordToWire(record: VerificationRecord) {
  if (isFactorRecord(record)) return factorRecordToWire(record);
  const { id } = record;
  switch (record.type) {
    case 'EmailVerificationCode':
    case 'PhoneVerificationCode': {
      const { type, identifier, purpose, verified } = record;
      return { id, type, identifier, templateType: purpose, verified };
    }
    case 'OneTimeToken':
      return { id, type: record.type, identifier: record.identifier, verified: true };
    case 'Password':
      return { id, type: record.type, identifier: record.identifier, verified: true };
    case 'NewPasswordIdentity':
      return { id, type: record.type, identifier: { type: 'username' as const, value: record.username } };
    case 'EnterpriseSso':
      return {
        id,
        type: record.type,
        connectorId: record.connectorId,
        ...(record.verified && { issuer: record.identity.issuer, enterpriseSsoUserInfo: record.identity.userInfo }),
      };
    case 'Social':
      return {
        id,
        type: record.type,
        connectorId: record.connectorId,
        ...(record.verified && { socialUserInfo: record.identity.userInfo }),
      };
  }
}

/** How somebody has signed in, as it is kept with the session and told to the tenant's scripts (features 1.9, 14). */
export interface Submission {
  interactionEvent: InteractionEvent;
  userId: string;
  verificationRecords: Record<string, unknown>[];
  /** Address, device and place; the wire has only texts here. */
  signInContext: Record<string, string>;
}

/** What was really given counts, not what was merely asked for. */
const isGiven = (record: VerificationRecord): boolean =>
  record.type === 'NewPasswordIdentity' ||
  record.type === 'Password' ||
  record.type === 'OneTimeToken' ||
  record.verified;

/** The name that sessions have for a kind of proof. */
const inSession = (record: ReturnType<typeof recordToWire>) =>
  record.type === 'TOTP' ? { ...record, type: 'Totp' } : record;

const asTexts = (signals: Signals): Record<string, string> =>
  Object.fromEntries(
    Object.entries(signals).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

/** What a sign-in that is about to be completed will be remembered by. */
export function submissionOf(
  scope: Scope,
  { event, records }: FlowContext,
  userId: string,
  signals: Signals,
): Submission {
  return {
    interactionEvent: event,
    userId,
    verificationRecords: records.filter(isGiven).map((record) => inSession(recordToWire(record))),
    signInContext: {
      ...(scope.ip !== null && { ip: scope.ip }),
      ...describeDevice(scope.userAgent),
      ...asTexts(signals),
    },
  };
}
