import { createPrivateKey } from 'node:crypto';
import { ConnectorError } from '@latchkey/connector-kit';

/** A private key in PEM, opened by its passphrase where it has one. */
export function unlockKey(pem: string, passphrase: string | undefined): string {
  try {
    return createPrivateKey({ key: pem, passphrase }).export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch (error) {
    throw new ConnectorError('invalid_config', 'The private key or its passphrase is wrong.', { cause: error });
  }
}
