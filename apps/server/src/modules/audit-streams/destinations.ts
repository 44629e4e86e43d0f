import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Egress, type EgressConnect, EgressError } from '../../kernel/egress.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import type { Log } from '../audit-logs/log.contract.ts';
import type { HttpDestination, SyslogDestination } from './audit-streams.contract.ts';
import type { StreamRow } from './audit-streams.store.ts';
import { syslogFrame } from './syslog-format.ts';

const CONNECT_MS = 10_000;
const TIMEOUT_MS = 30_000;

export interface DestinationDependencies {
  egress: Egress;
  egressConnect: EgressConnect;
  secretBox: SecretBox;
  /** Name that the tenant's entries come from. */
  hostnameOf(tenantId: string): string;
}

/** A receiver that did not take what it was sent; the message is for administrators, in our words. */
export class DestinationError extends Error {
  override readonly name = 'DestinationError';
}

type Owner = Pick<StreamRow, 'tenantId' | 'type'>;
const tokenPurpose = ({ tenantId, type }: Owner) => `audit-stream-token:${tenantId}:${type}`;

/** Where streams lead: how entries are sent, and what is sealed. */
export function createDestinations(deps: DestinationDependencies) {
  const { secretBox } = deps;
  const openToken = (row: StreamRow): string | undefined =>
    row.tokenSealed === null ? undefined : secretBox.open(row.tokenSealed, tokenPurpose(row));

  const sendByHttp = async (row: StreamRow, logs: readonly Log[]): Promise<void> => {
    const token = openToken(row);
    const { status, ok } = await deps.egress((row.destination as HttpDestination).url, {
      method: 'POST',
      timeoutMs: TIMEOUT_MS,
      headers: {
        'content-type': 'application/x-ndjson',
        'user-agent': 'Latchkey',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: logs.map((log) => `${JSON.stringify(log)}\n`).join(''),
    });
    if (!ok) throw new DestinationError(`the receiver answered ${status}`);
  };

  const sendBySyslog = async (row: StreamRow, logs: readonly Log[]): Promise<void> => {
    const destination = row.destination as SyslogDestination;
    const hostname = deps.hostnameOf(row.tenantId);
    const text = logs.map((log) => syslogFrame(log, hostname)).join('');
    const socket = await deps.egressConnect({ ...destination, timeoutMs: CONNECT_MS });
    try {
      await handOver(destination.tls ? await secured(socket, destination) : socket, text);
    } finally {
      socket.destroy();
    }
  };

  return {
    sealToken: (owner: Owner, token: string): string => secretBox.seal(token, tokenPurpose(owner)),

    /** The token sealed anew, when an earlier master key sealed it. */
    resealed(row: StreamRow): string | undefined {
      if (row.tokenSealed === null || !secretBox.isStale(row.tokenSealed)) return undefined;
      return secretBox.seal(secretBox.open(row.tokenSealed, tokenPurpose(row)), tokenPurpose(row));
    },

    /** Sends a batch; answers why the receiver did not take it, or null when it did. */
    async send(row: StreamRow, logs: readonly Log[]): Promise<string | null> {
      try {
        await (row.type === 'http' ? sendByHttp(row, logs) : sendBySyslog(row, logs));
        return null;
      } catch (error) {
        if (error instanceof DestinationError || error instanceof EgressError) return error.message;
        throw error;
      }
    },
  };
}

export type Destinations = ReturnType<typeof createDestinations>;

/** The connection inside TLS, once the receiver has shown a certificate that holds. */
async function secured(socket: Socket, { host, certificate }: SyslogDestination): Promise<Socket> {
  const secure = connectTls({
    socket,
    host,
    ...(!isIP(host) && { servername: host }),
    ...(certificate !== null && { ca: certificate }),
  });
  try {
    await once(secure, 'secureConnect', { signal: AbortSignal.timeout(CONNECT_MS) });
    return secure;
  } catch (error) {
    const { code = 'no TLS' } = error as NodeJS.ErrnoException;
    throw new DestinationError(`the connection could not be secured (${code})`, { cause: error });
  }
}

/**
 * Writes everything and waits until the receiver has read to the end and closes its side: syslog has no receipts,
 * and what was only handed to the network may be lost with the receiver.
 */
function handOver(socket: Socket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (message: string) => reject(new DestinationError(message));
    socket.setTimeout(TIMEOUT_MS, () => refuse('the receiver did not read to the end in time'));
    socket.on('error', () => refuse('the receiver broke the connection'));
    socket.on('end', () => {
      if (!socket.writableFinished) refuse('the receiver closed the connection before the end');
    });
    socket.on('close', () => {
      if (socket.readableEnded) resolve();
      else refuse('the receiver broke the connection');
    });
    // Receivers say nothing of use, but their end is seen by reading.
    socket.resume();
    socket.end(text);
  });
}
