import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { EventName } from './events.contract.ts';

/** Prometheus figures of this process, served at /metrics. */
export interface Metrics {
  readonly registry: Registry;
  /** Seconds a request took, by method, route pattern and status class. */
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  /** Tokens issued, by grant type. */
  readonly tokens: Counter<'grant'>;
  /** Sign-ins and registrations that were finished, and proofs that were refused. */
  readonly signIns: Counter<'outcome'>;
  /** Steps on the way to signing in: in which state of the sign-in table which fact was kept. */
  readonly signInSteps: Counter<'state' | 'fact'>;
}

/** How often the event loop is looked at. Each look wakes an idle process: at every 10 ms they were most of what it used. */
export const EVENT_LOOP_TICK_MS = 20;

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_TICK_MS });
  return {
    registry,
    requests: new Histogram({
      name: 'latchkey_http_request_seconds',
      help: 'Time to answer a request, in seconds',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers: [registry],
    }),
    tokens: new Counter({
      name: 'latchkey_tokens_issued_total',
      help: 'Token responses sent, by grant type',
      labelNames: ['grant'],
      registers: [registry],
    }),
    signIns: new Counter({
      name: 'latchkey_sign_ins_total',
      help: 'Sign-ins and registrations finished, and proofs of identity refused, by outcome',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    signInSteps: new Counter({
      name: 'latchkey_sign_in_steps_total',
      help: 'Steps taken on the way to signing in, by the state they were taken in and what was found out',
      labelNames: ['state', 'fact'],
      registers: [registry],
    }),
  };
}

const SIGN_IN_OUTCOMES: Partial<Record<EventName, string>> = {
  PostSignIn: 'signed_in',
  PostRegister: 'registered',
  'User.SignIn.Failed': 'failed',
};

/** Counts an event that tells how a sign-in went. */
export function countSignIn(metrics: Metrics, event: EventName): void {
  const outcome = SIGN_IN_OUTCOMES[event];
  if (outcome) metrics.signIns.inc({ outcome });
}
