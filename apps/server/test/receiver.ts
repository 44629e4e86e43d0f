import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

export interface ReceivedRequest {
  url: string;
  headers: IncomingHttpHeaders;
  /** The exact bytes, as signatures cover them. */
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into payloads of every event.
  body: any;
}

/** What the receiver answers to a request; null keeps it waiting for ever. */
export type Answer = (
  request: ReceivedRequest,
) => { status: number; headers?: Record<string, string>; body?: string } | null;

export interface TestReceiver {
  url: string;
  requests: ReceivedRequest[];
  /** How it answers from now on. */
  answer: Answer;
  /** Breaks the connections of requests that wait. */
  hangUp(): void;
}

/** A receiver of webhooks and the like on loopback that keeps what it is sent; closed when the test file ends. */
export async function createReceiver(): Promise<TestReceiver> {
  const receiver: TestReceiver = {
    url: '',
    requests: [],
    answer: () => ({ status: 204 }),
    hangUp: () => server.closeAllConnections(),
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const received = {
      url: request.url ?? '',
      headers: request.headers,
      text,
      body: /[/+]json/.test(request.headers['content-type'] ?? '') ? JSON.parse(text) : undefined,
    };
    receiver.requests.push(received);
    const answer = receiver.answer(received);
    if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  receiver.url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return receiver;
}
