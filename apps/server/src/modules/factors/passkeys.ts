import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { fail } from './factors.errors.ts';
import type { PasskeyRow } from './factors.store.ts';
import {
  type PasskeyAuthenticationOptions,
  type PasskeyRegistrationOptions,
  passkeyAuthenticationOptions,
  passkeyRegistrationOptions,
} from './webauthn.contract.ts';

/** Where passkeys of a tenant hold: the domain they are bound to, and the origins whose pages may use them. */
export interface RelyingParty {
  id: string;
  name: string;
  origins: string[];
}

/** A credential that was just made, before it belongs to an account. */
export interface NewPasskey {
  credentialId: string;
  /** Base64url. */
  publicKey: string;
  signCount: number;
  transports: string[];
  rpId: string;
  agent: string | null;
  /** What its owner calls it. */
  name?: string;
}

/** Loaded with the first passkey: the library and what it stands on are a large part of a server at rest. */
const webauthn = () => import('@simplewebauthn/server');

/** ES256 and RS256 (COSE), which every authenticator has one of. */
const ALGORITHMS = [-7, -257];
const TIMEOUT_MS = 60_000;

/** The domain is the endpoint's: it is configuration, never the Host header of a request. */
export function relyingPartyOf(endpoint: string, relatedOrigins: readonly string[]): RelyingParty {
  const { hostname, origin } = new URL(endpoint);
  return {
    id: hostname,
    name: hostname,
    origins: [origin, ...relatedOrigins.map((related) => new URL(related).origin)],
  };
}

const descriptorOf = ({ credentialId, transports }: Pick<PasskeyRow, 'credentialId' | 'transports'>) => ({
  id: credentialId,
  transports,
});

/** The user handle is the account's id, so that a discoverable key names its account (WebAuthn §5.4.3). */
export const userHandleOf = (userId: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(userId));

/** How a browser is asked for a new key. Keys that the user has are named, so that none is made twice on one device. */
export async function passkeyRegistration(
  relyingParty: RelyingParty,
  user: { id: string; name: string; displayName: string },
  existing: readonly PasskeyRow[],
): Promise<PasskeyRegistrationOptions> {
  const { generateRegistrationOptions } = await webauthn();
  const options = await generateRegistrationOptions({
    rpID: relyingParty.id,
    rpName: relyingParty.name,
    userID: userHandleOf(user.id),
    userName: user.name,
    userDisplayName: user.displayName,
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: existing.map(descriptorOf),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
  return passkeyRegistrationOptions.parse(options);
}

/** Checks what a browser answered (WebAuthn §7.1): challenge, origin, domain, user verified, algorithm. */
export async function verifyNewPasskey(
  relyingParty: RelyingParty,
  input: { response: RegistrationResponseJSON; challenge: string; agent: string | null },
): Promise<NewPasskey> {
  const { response, challenge, agent } = input;
  const { verifyRegistrationResponse } = await webauthn();
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: relyingParty.origins,
    expectedRPID: relyingParty.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(refuse);
  if (!verified.verified) throw fail('session.mfa.webauthn_verification_failed');
  const { credential } = verified.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    signCount: credential.counter,
    transports: credential.transports ?? [],
    rpId: relyingParty.id,
    agent,
  };
}

/** How a browser is asked to use a key: one of `allowed`, or any that it has for this domain. */
export async function passkeyAuthentication(
  relyingParty: RelyingParty,
  allowed: readonly Pick<PasskeyRow, 'credentialId' | 'transports'>[],
): Promise<PasskeyAuthenticationOptions> {
  const { generateAuthenticationOptions } = await webauthn();
  const options = await generateAuthenticationOptions({
    rpID: relyingParty.id,
    timeout: TIMEOUT_MS,
    userVerification: 'required',
    ...(allowed.length > 0 && { allowCredentials: allowed.map(descriptorOf) }),
  });
  return passkeyAuthenticationOptions.parse(options);
}

/** Checks what a browser answered with a key that is known (WebAuthn §7.2); gives the key's new count. */
export async function verifyPasskeyUse(
  relyingParty: RelyingParty,
  passkey: PasskeyRow,
  input: { response: AuthenticationResponseJSON; challenge: string },
): Promise<number> {
  const { response, challenge } = input;
  const { userHandle } = response.response;
  // §7.2 step 6: the account that the authenticator means is the account that the key belongs to.
  if (userHandle && Buffer.from(userHandle, 'base64url').toString() !== (passkey.userHandle ?? passkey.userId))
    throw refused();
  const { verifyAuthenticationResponse } = await webauthn();
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: relyingParty.origins,
    expectedRPID: relyingParty.id,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: Uint8Array.from(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.signCount,
    },
  }).catch(refuse);
  if (!verified.verified) throw refused();
  return verified.authenticationInfo.newCounter;
}

const refused = (cause?: unknown) => fail('session.mfa.webauthn_verification_failed', { cause });

/** Whatever the library has against an answer is for the log; the client learns that it does not count. */
function refuse(cause: unknown): never {
  throw refused(cause);
}
