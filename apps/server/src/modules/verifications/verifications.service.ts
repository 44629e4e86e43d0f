import type { ConnectorSession, SocialUserInfo } from '@latchkey/connector-kit';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { audit } from '../../kernel/audit.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { ConnectorsApi } from '../connectors/index.ts';
import type { FactorsApi, NewPasskey } from '../factors/index.ts';
import type { MessagesApi } from '../messages/index.ts';
import type { SealedTokens } from '../secrets/index.ts';
import type { UserRecord } from '../users/index.ts';
import type { VerifiedIdentifier } from './verifications.contract.ts';
import { fail } from './verifications.errors.ts';
import * as store from './verifications.store.ts';

const LIFETIME_MS = 10 * 60_000;

/** `UserPermissionValidation`: it is you. `BindNewIdentifier`: the new address is yours. */
type CodePurpose = 'UserPermissionValidation' | 'BindMfa' | 'BindNewIdentifier';

/** An account at a provider whose owner has shown up. */
export interface ProvedIdentity {
  target: string;
  connectorId: string;
  userInfo: SocialUserInfo;
  /** What the provider gave along, closed, where the connector keeps it. */
  tokens?: SealedTokens;
}

/** What a record is about. */
export type VerificationData =
  | { type: 'Password' }
  | { type: 'Code'; identifier: VerifiedIdentifier; purpose: CodePurpose; codeId: string }
  | { type: 'Social'; connectorId: string; session: ConnectorSession; identity?: ProvedIdentity }
  | { type: 'WebAuthn'; challenge: string; passkey?: NewPasskey };

type DataOf<Type extends VerificationData['type']> = Extract<VerificationData, { type: Type }>;

export interface VerificationsDependencies {
  findUser(scope: Scope, id: string): Promise<UserRecord | undefined>;
  passwordMatches(scope: Scope, id: string, password: string): Promise<boolean>;
  codes: MessagesApi['codes'];
  canSend: MessagesApi['canSend'];
  connectors: Pick<ConnectorsApi, 'findSocial' | 'authorizationUri' | 'signIn'>;
  passkeys: Pick<FactorsApi['passkeys'], 'registrationOptions' | 'verifyNew'>;
  /** Counts tries of a password, and refuses beyond the tenant's limit. */
  attempts: {
    count(scope: Scope, userId: string): Promise<void>;
    forget(scope: Scope, userId: string): Promise<void>;
  };
  /** Refuses an address that the tenant does not let anybody have. */
  checkEmail(scope: Scope, email: string): Promise<void>;
}

export type VerificationsService = ReturnType<typeof createVerificationsService>;

export function createVerificationsService(deps: VerificationsDependencies) {
  const keyOf = (scope: Scope, userId: string, id: string) => ({ tenantId: scope.tenantId, userId, id });

  const create = async (scope: Scope, userId: string, data: VerificationData, verified = false) => {
    const id = standardId();
    const expiresAt = new Date(scope.now.getTime() + LIFETIME_MS);
    await store.insertRecord(scope.db, {
      ...keyOf(scope, userId, id),
      type: data.type,
      data,
      verified,
      expiresAt,
      createdAt: scope.now,
    });
    return { verificationRecordId: id, expiresAt: expiresAt.toISOString() };
  };

  const get = async <Type extends VerificationData['type']>(
    scope: Scope,
    userId: string,
    id: string,
    type: Type,
  ): Promise<DataOf<Type>> => {
    const row = await store.findRecord(scope.db, keyOf(scope, userId, id), scope.now);
    if (row?.data.type !== type) throw fail('verification_record.not_found');
    return row.data as DataOf<Type>;
  };

  const give = async (scope: Scope, userId: string, id: string, data: VerificationData) => {
    const changed = await store.verifyRecord(scope.db, keyOf(scope, userId, id), { data, now: scope.now });
    if (!changed) throw fail('verification_record.not_found');
    await audit(scope, {
      key: 'Verification.Given',
      target: { type: 'User', id: userId },
      details: { type: data.type },
    });
    return { verificationRecordId: id };
  };

  const getUser = async (scope: Scope, userId: string): Promise<UserRecord> => {
    const user = await deps.findUser(scope, userId);
    if (!user) throw fail('verification_record.permission_denied');
    return user;
  };

  return {
    async byPassword(scope: Scope, userId: string, password: string) {
      await deps.attempts.count(scope, userId);
      if (!(await deps.passwordMatches(scope, userId, password))) throw fail('session.invalid_credentials');
      await deps.attempts.forget(scope, userId);
      return create(scope, userId, { type: 'Password' }, true);
    },

    async sendCode(
      scope: Scope,
      userId: string,
      input: { identifier: VerifiedIdentifier; templateType?: 'UserPermissionValidation' | 'BindMfa' | undefined },
    ) {
      const { identifier } = input;
      const user = await getUser(scope, userId);
      const isOwn = ownAddress(user, identifier);
      if (!isOwn && identifier.type === 'email') await deps.checkEmail(scope, identifier.value);
      if (!(await deps.canSend(scope.tenantId, identifier.type === 'email' ? 'Email' : 'Sms')))
        throw fail('connector.not_found');
      const purpose = isOwn ? (input.templateType ?? 'UserPermissionValidation') : 'BindNewIdentifier';
      const sent = await deps.codes.send(scope, {
        recipient: identifier,
        spelling: isOwn && identifier.type === 'email' ? (user.primaryEmail ?? undefined) : undefined,
        purpose,
        flowId: userId,
        deliver: true,
        subject: { userId },
      });
      return create(scope, userId, { type: 'Code', identifier, purpose, codeId: sent.id });
    },

    async verifyCode(
      scope: Scope,
      userId: string,
      input: { identifier: VerifiedIdentifier; verificationId: string; code: string },
    ) {
      const data = await get(scope, userId, input.verificationId, 'Code');
      await deps.codes.verify(scope, {
        recipient: input.identifier,
        purpose: data.purpose,
        flowId: userId,
        id: data.codeId,
        code: input.code,
      });
      return give(scope, userId, input.verificationId, data);
    },

    async startSocial(
      scope: Scope,
      userId: string,
      {
        connectorId,
        ...request
      }: { connectorId: string; state: string; redirectUri: string; scope?: string | undefined },
    ) {
      const { uri, session } = await deps.connectors.authorizationUri(scope, connectorId, request);
      const begun = await create(scope, userId, { type: 'Social', connectorId, session });
      return { ...begun, authorizationUri: uri };
    },

    async verifySocial(
      scope: Scope,
      userId: string,
      input: { verificationRecordId: string; connectorData: Record<string, unknown> },
    ) {
      const data = await get(scope, userId, input.verificationRecordId, 'Social');
      const texts = Object.entries(input.connectorData).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      );
      const { session, connectorId } = data;
      const proved = await deps.connectors.signIn(scope, connectorId, {
        params: Object.fromEntries(texts),
        session,
      });
      const connector = await deps.connectors.findSocial(scope.tenantId, connectorId);
      if (!connector) throw fail('verification_record.not_found');
      const identity = { target: connector.target, connectorId, ...proved };
      return give(scope, userId, input.verificationRecordId, { ...data, identity });
    },

    async startPasskey(scope: Scope, userId: string) {
      const registrationOptions = await deps.passkeys.registrationOptions(scope, await getUser(scope, userId));
      const begun = await create(scope, userId, { type: 'WebAuthn', challenge: registrationOptions.challenge });
      return { ...begun, registrationOptions: { ...registrationOptions } };
    },

    async verifyPasskey(scope: Scope, userId: string, input: { verificationRecordId: string; payload: object }) {
      const data = await get(scope, userId, input.verificationRecordId, 'WebAuthn');
      const response = input.payload as RegistrationResponseJSON;
      const passkey = await deps.passkeys.verifyNew(scope, { response, challenge: data.challenge });
      return give(scope, userId, input.verificationRecordId, { ...data, passkey });
    },

    /**
     * Refuses who has not proved to be the owner a moment ago.
     * A record proves it as often as it is shown, until it is over; a code to a new address does not prove it.
     */
    async requireOwner(scope: Scope, userId: string, recordId: string | undefined): Promise<void> {
      const row = recordId ? await store.findRecord(scope.db, keyOf(scope, userId, recordId), scope.now) : undefined;
      if (!row?.verified) throw fail('verification_record.permission_denied');
      const { data } = row;
      if (data.type === 'Password') return;
      const proves = data.type === 'Code' && data.purpose === 'UserPermissionValidation';
      if (!proves || !ownAddress(await getUser(scope, userId), data.identifier)) {
        throw fail('verification_record.permission_denied');
      }
    },

    /** Takes the proof that a new address or number is the user's. */
    async takeIdentifier(scope: Scope, userId: string, recordId: string, wanted: VerifiedIdentifier): Promise<void> {
      const { data } = await take(scope, userId, recordId);
      const fits =
        data.type === 'Code' && data.purpose === 'BindNewIdentifier' && sameIdentifier(data.identifier, wanted);
      if (!fits) throw fail('verification_record.not_found');
    },

    async takeIdentity(scope: Scope, userId: string, recordId: string): Promise<ProvedIdentity> {
      const { data } = await take(scope, userId, recordId);
      if (data.type !== 'Social' || !data.identity) throw fail('verification_record.not_found');
      return data.identity;
    },

    async takePasskey(scope: Scope, userId: string, recordId: string): Promise<NewPasskey> {
      const { data } = await take(scope, userId, recordId);
      if (data.type !== 'WebAuthn' || !data.passkey) throw fail('verification_record.not_found');
      return data.passkey;
    },
  };

  async function take(scope: Scope, userId: string, recordId: string): Promise<store.RecordRow> {
    const row = await store.takeRecord(scope.db, keyOf(scope, userId, recordId), scope.now);
    if (!row) throw fail('verification_record.not_found');
    return row;
  }
}

const normal = ({ type, value }: VerifiedIdentifier): string =>
  type === 'email' ? value.toLowerCase() : value.replace(/\D/g, '');

const sameIdentifier = (one: VerifiedIdentifier, other: VerifiedIdentifier): boolean =>
  one.type === other.type && normal(one) === normal(other);

/** Whether it is the address or the number that the user has now. */
function ownAddress(user: UserRecord, identifier: VerifiedIdentifier): boolean {
  const value = identifier.type === 'email' ? user.primaryEmail : user.primaryPhone;
  return value !== null && sameIdentifier({ type: identifier.type, value }, identifier);
}
