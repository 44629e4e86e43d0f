import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createProxyServer } from 'http-proxy-3';
import { type EgressAgent, EgressError } from '../../kernel/egress.ts';
import { type OriginRequest, prepareAnswer, prepareHeaders } from './origin-headers.ts';

/** How long an app may take until it is connected, and until it begins to answer. */
const CONNECT_MS = 10_000;
const ANSWER_MS = 120_000;

/** Why the app did not answer. */
export type Failure = 'address_not_allowed' | 'unreachable' | 'timeout';

function failureOf(error: unknown): Failure {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof EgressError && at.reason === 'address_not_allowed') return 'address_not_allowed';
  }
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNECT_TIMEOUT' || code === 'ETIMEDOUT' ? 'timeout' : 'unreachable';
}

export type Forwarding = ReturnType<typeof createForwarding>;

/** Passes requests on to the app behind, both ways in streams. */
export function createForwarding(agentFor: EgressAgent) {
  const proxy = createProxyServer({ changeOrigin: true, connectTimeout: CONNECT_MS });
  // Each request has a callback of its own for its errors.
  proxy.on('error', () => undefined);
  const waiting = new WeakMap<ServerResponse, (answer: IncomingMessage) => void>();
  proxy.on('proxyRes', (answer, _request, response) => waiting.get(response as ServerResponse)?.(answer));
  const upgrading = new WeakMap<IncomingMessage, OriginRequest>();
  // Heard before the library hears of it, which then writes the headers as they are.
  proxy.on('proxyReqWs', (toApp, request) => {
    const asked = upgrading.get(request);
    if (asked) toApp.on('response', (answer) => prepareAnswer(answer, asked));
  });

  const targetOf = ({ application }: OriginRequest) => {
    const target = new URL(application.settings.origin);
    return { target, agent: agentFor(target) };
  };

  return {
    /** `failed` answers in the app's place, if nothing of its answer is on the way yet. */
    forward(
      request: IncomingMessage,
      response: ServerResponse,
      asked: OriginRequest,
      failed: (failure: Failure, error: unknown) => void,
    ): void {
      let isOver = false;
      const giveUp = (failure: Failure, error: unknown) => {
        if (isOver) return;
        isOver = true;
        clearTimeout(timer);
        if (response.headersSent) response.destroy();
        else failed(failure, error);
      };
      const timer = setTimeout(() => giveUp('timeout', new Error('the app does not answer')), ANSWER_MS);
      response.once('close', () => clearTimeout(timer));
      waiting.set(response, (answer) => {
        clearTimeout(timer);
        prepareAnswer(answer, asked);
        // An answer that breaks off must not look like a whole one.
        answer.once('close', () => {
          if (!answer.complete) response.destroy();
        });
      });
      try {
        prepareHeaders(request, asked);
        proxy.web(request, response, targetOf(asked), (error) => giveUp(failureOf(error), error));
      } catch (error) {
        giveUp(failureOf(error), error);
      }
    },

    /** The same for a connection that turns into a web socket. */
    upgrade(
      request: IncomingMessage,
      socket: Duplex,
      head: Buffer,
      asked: OriginRequest,
      failed: (failure: Failure, error: unknown) => void,
    ): void {
      try {
        prepareHeaders(request, asked, 'websocket');
        upgrading.set(request, asked);
        proxy.ws(request, socket as never, head, targetOf(asked), (error) => failed(failureOf(error), error));
      } catch (error) {
        failed(failureOf(error), error);
      }
    },
  };
}
