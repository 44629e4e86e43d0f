const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';
const length = 12;

/** The largest multiple of the alphabet's size below 256: bytes from there on would favour its first characters. */
const unbiasedBelow = 256 - (256 % alphabet.length);

/** Makes a connector id, which the redirect URI contains and which therefore exists before the connector does. */
export function createConnectorId(): string {
  let id = '';
  while (id.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < unbiasedBelow && id.length < length) id += alphabet[byte % alphabet.length];
    }
  }
  return id;
}

const storageKey = (factoryId: string) => `latchkey-new-connector-${factoryId}`;

/**
 * The id of the connector that is about to be created from this factory.
 * It is remembered until it is used: the redirect URI may already be registered when the page is reloaded.
 */
export function reserveConnectorId(factoryId: string, storage: Storage = localStorage): string {
  const reserved = storage.getItem(storageKey(factoryId));
  if (reserved && /^[0-9a-z]{12}$/.test(reserved)) return reserved;
  const id = createConnectorId();
  storage.setItem(storageKey(factoryId), id);
  return id;
}

/** Forgets the id once its connector exists. */
export function releaseConnectorId(factoryId: string, storage: Storage = localStorage): void {
  storage.removeItem(storageKey(factoryId));
}
