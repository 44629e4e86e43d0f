import { type Egress, EgressError } from '../../kernel/egress.ts';
import { secretValue } from '../../kernel/ids.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import { signatureHeaders } from './signatures.ts';
import type { WebhookConfig } from './webhooks.contract.ts';
import type { WebhookRow } from './webhooks.store.ts';

/** Whole exchange with a receiver (features 11.1). */
const TIMEOUT_MS = 10_000;

/** How one request went. `error` is in our words: what the receiver answered stays with the receiver. */
export interface Outcome {
  result: 'Success' | 'Error';
  status: number | null;
  error: string | null;
  durationMs: number;
}

export interface ReceiverDependencies {
  egress: Egress;
  secretBox: SecretBox;
}

type Owner = Pick<WebhookRow, 'tenantId' | 'id'>;

const keyPurpose = ({ tenantId, id }: Owner) => `webhook-signing-key:${tenantId}:${id}`;
const headersPurpose = ({ tenantId, id }: Owner) => `webhook-headers:${tenantId}:${id}`;

/** The headers of a request: the receiver's own ones, and those that prove that it is ours. */
export const requestHeaders = (
  own: WebhookConfig['headers'],
  keys: [string, string?],
  message: { id: string; body: string; sentAt: Date },
): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'Latchkey',
  ...lowerCased(own),
  ...signatureHeaders(message, keys),
});

/** What is sealed of a webhook, and how a request to its receiver is made. */
export function createReceivers({ egress, secretBox }: ReceiverDependencies) {
  const openHeaders = (row: WebhookRow): Record<string, string> | undefined =>
    row.headersSealed === null ? undefined : JSON.parse(secretBox.open(row.headersSealed, headersPurpose(row)));

  const sealHeaders = (owner: Owner, headers: Record<string, string> | undefined): string | null =>
    headers && Object.keys(headers).length > 0 ? secretBox.seal(JSON.stringify(headers), headersPurpose(owner)) : null;

  const openKey = (row: WebhookRow): string => secretBox.open(row.signingKeySealed, keyPurpose(row));

  /** The current key, and the one before it while both count. */
  const openKeys = (row: WebhookRow, now: Date): [string, string?] => {
    const { previousSigningKeySealed: previous, previousSigningKeyUntil: until } = row;
    if (!previous || !until || until <= now) return [openKey(row)];
    return [openKey(row), secretBox.open(previous, keyPurpose(row))];
  };

  return {
    openHeaders,
    sealHeaders,
    openKey,
    openKeys,
    newSealedKey: (owner: Owner): string => secretBox.seal(secretValue(), keyPurpose(owner)),

    /** Columns of a webhook that an earlier master key sealed, sealed anew. */
    resealed(row: WebhookRow): Partial<WebhookRow> {
      const anew = (sealed: string | null, purpose: string) =>
        sealed !== null && secretBox.isStale(sealed) ? secretBox.seal(secretBox.open(sealed, purpose), purpose) : null;
      const signingKeySealed = anew(row.signingKeySealed, keyPurpose(row));
      const previousSigningKeySealed = anew(row.previousSigningKeySealed, keyPurpose(row));
      const headersSealed = anew(row.headersSealed, headersPurpose(row));
      return {
        ...(signingKeySealed && { signingKeySealed }),
        ...(previousSigningKeySealed && { previousSigningKeySealed }),
        ...(headersSealed && { headersSealed }),
      };
    },

    /** Makes one signed request. A refusal, a redirect and silence are failures alike; nothing is thrown. */
    async send(
      target: Pick<WebhookConfig, 'url' | 'headers'>,
      keys: [string, string?],
      message: { id: string; body: string; sentAt: Date },
    ): Promise<Outcome> {
      const started = performance.now();
      const outcome = (result: Outcome['result'], status: number | null, error: string | null): Outcome => ({
        result,
        status,
        error,
        durationMs: Math.round(performance.now() - started),
      });
      try {
        const response = await egress(target.url, {
          method: 'POST',
          timeoutMs: TIMEOUT_MS,
          headers: requestHeaders(target.headers, keys, message),
          body: message.body,
        });
        if (response.ok) return outcome('Success', response.status, null);
        return outcome('Error', response.status, `the receiver answered ${response.status}`);
      } catch (error) {
        return outcome('Error', null, error instanceof EgressError ? error.message : 'the request could not be made');
      }
    },
  };
}

/** One spelling a header, so that a receiver's own one replaces ours instead of standing beside it. */
const lowerCased = (headers: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

export type Receivers = ReturnType<typeof createReceivers>;
