interface Unknown {
  rpId: string;
  credentialId: string;
}

interface Known {
  rpId: string;
  userId: string;
  name: string;
  displayName: string;
  allAcceptedCredentialIds: string[];
}

/** WebAuthn §5.1.10; browsers have these methods since 2025, and some have not all of them. */
interface Signals {
  signalUnknownCredential?(passkey: Unknown): Promise<void>;
  signalAllAcceptedCredentials?(passkeys: Known): Promise<void>;
  signalCurrentUserDetails?(passkeys: Known): Promise<void>;
}

/** Tells the browser which passkeys are good and what they are called, so that it offers none that was deleted here. */
export async function signalPasskeys(unknown: string | undefined, known: string | undefined): Promise<void> {
  const signals: Signals = window.PublicKeyCredential ?? {};
  try {
    if (unknown) await signals.signalUnknownCredential?.(JSON.parse(unknown));
    for (const passkeys of known ? (JSON.parse(known) as Known[]) : []) {
      await signals.signalAllAcceptedCredentials?.(passkeys);
      await signals.signalCurrentUserDetails?.(passkeys);
    }
  } catch {
    // A courtesy to the user's list of passkeys: nothing depends on it.
    return;
  }
}
