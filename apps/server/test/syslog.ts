import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll } from 'vitest';

export interface SyslogReceiver {
  port: number;
  /** Messages as they were framed, without the frames. */
  messages: string[];
  /** Ends it as a killed process ends: its connections break, and nobody listens. */
  kill(): Promise<void>;
  /** Listens again on the same port. */
  restart(): Promise<void>;
  /** Breaks each connection after so many bytes from now on; null reads to the end. */
  breakAfter: number | null;
}

/** Splits octet-counted frames (RFC 6587 §3.4.1); throws on anything else. */
export function readFrames(bytes: Buffer): string[] {
  const messages: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [, digits = ''] = /^([1-9]\d*) /.exec(bytes.toString('latin1', at, at + 12)) ?? [];
    const start = at + digits.length + 1;
    const end = start + Number(digits);
    if (!digits || end > bytes.length) throw new Error(`no frame at ${at}`);
    messages.push(bytes.toString('utf8', start, end));
    at = end;
  }
  return messages;
}

/** A syslog receiver on loopback, over TCP or, with a certificate, over TLS; closed when the test file ends. */
export async function createSyslogReceiver(tls?: { key: string; cert: string }): Promise<SyslogReceiver> {
  const sockets = new Set<Socket>();
  const serve = (socket: Socket) => {
    const chunks: Buffer[] = [];
    let size = 0;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (receiver.breakAfter !== null && size >= receiver.breakAfter) socket.resetAndDestroy();
    });
    socket.on('end', () => receiver.messages.push(...readFrames(Buffer.concat(chunks))));
  };
  const make = () => (tls ? createTlsServer(tls, serve) : createServer(serve));
  let server = make();
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const kill = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  const receiver: SyslogReceiver = {
    port: 0,
    messages: [],
    breakAfter: null,
    kill,
    async restart() {
      server = make();
      await listen(receiver.port);
    },
  };
  await listen(0);
  receiver.port = (server.address() as AddressInfo).port;
  afterAll(async () => {
    if (server.listening) await kill();
  });
  return receiver;
}
