import type { FactorType } from '../../factors/factors.contract.ts';
import type { NewPasskey } from '../../factors/index.ts';

/** What was proved, set up and decided about second factors in one sign-in; the account gets it when that is completed. */
export interface PendingMfa {
  /** The factor that was proved, and whose it is. */
  proved?: { factor: FactorType; userId: string };
  totp?: { secretSealed: string; step: number };
  passkeys?: NewPasskey[];
  backupCodesSealed?: string;
  /** The user has agreed to a second step. */
  enabled?: true;
  skipped?: true;
  suggestionSkipped?: true;
  passkeySkipped?: true;
  /** The user does not want to be asked again in this browser. */
  trustsDevice?: true;
}

/** A second factor that is being proved or set up. */
export type FactorRecord = TotpRecord | WebAuthnRecord | SignInPasskeyRecord | BackupCodeRecord | MfaCodeRecord;

/** `secretSealed`: a new secret, shown to be set up; without one, the account's own was proved. */
export interface TotpRecord {
  id: string;
  type: 'TOTP';
  verified: boolean;
  userId: string;
  secretSealed?: string;
  step?: number;
}

/** A challenge answers once: it goes when it was answered. `passkey`: the new key that was made. */
export interface WebAuthnRecord {
  id: string;
  type: 'WebAuthn';
  verified: boolean;
  userId: string;
  registrationChallenge?: string;
  authenticationChallenge?: string;
  passkey?: NewPasskey;
}

/** `identifier`: whose key must answer, where the user was named first. `userId`: whose key has answered. */
export interface SignInPasskeyRecord {
  id: string;
  type: 'SignInPasskey';
  verified: boolean;
  challenge?: string;
  identifier?: { type: 'username' | 'email' | 'phone'; value: string };
  userId?: string;
}

/** `codesSealed`: a new set, shown to be saved; without one, a code of the account was spent. */
export interface BackupCodeRecord {
  id: string;
  type: 'BackupCode';
  verified: boolean;
  userId: string;
  codesSealed?: string;
}

/** A code sent to the account's own address, as a second factor. */
export interface MfaCodeRecord {
  id: string;
  type: 'MfaEmailVerificationCode' | 'MfaPhoneVerificationCode';
  verified: boolean;
  identifier: { type: 'email' | 'phone'; value: string };
  /** The code's id in the messages module. */
  codeId: string;
}
