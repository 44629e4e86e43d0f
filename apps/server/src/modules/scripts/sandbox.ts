import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Egress, EgressError } from '../../kernel/egress.ts';
import type { DoneMessage, FetchedMessage, FetchMessage, Outcome, RunMessage, ThreadData } from './sandbox.messages.ts';

export type { FailureReason, Outcome } from './sandbox.messages.ts';

/** What a script may take. */
export interface SandboxLimits {
  /** Threads, so scripts at a time. */
  threads: number;
  /** Scripts that wait for a thread; one more is refused. */
  waiting: number;
  /** Of those, one tenant's. */
  waitingOfTenant: number;
  /** Whole run, waiting for other servers included. */
  timeoutMs: number;
  /** All that the engine may hold, of one script at a time. */
  memoryBytes: number;
  requests: number;
  requestBytes: number;
  responseBytes: number;
}

export const DEFAULT_LIMITS: SandboxLimits = {
  threads: 2,
  waiting: 200,
  waitingOfTenant: 50,
  timeoutMs: 5000,
  memoryBytes: 64 * 1024 * 1024,
  requests: 10,
  requestBytes: 64 * 1024,
  responseBytes: 256 * 1024,
};

/** How long after its time a thread that does not answer is stopped. */
const GRACE_MS = 500;
/** What a new thread may take before it runs its first script, on a busy machine. */
const START_MS = 5000;
/** An unused thread gives its memory back. */
const IDLE_MS = 60_000;
const THREAD_HEAP_MB = 128;
/** What JSON makes of one character at most, and room for a request's address and headers. */
const LONGEST_ESCAPE = 6;
const HEAD_LENGTH = 16_384;
/** Beside this file, built or not. */
const threadFile = new URL(`./sandbox.worker${path.extname(import.meta.filename)}`, import.meta.url);

export interface ScriptRun {
  tenantId: string;
  script: string;
  entry: string;
  argument: Record<string, unknown>;
}

export interface ScriptResult {
  outcome: Outcome;
  console: string[];
}

/** Runs scripts of tenants, each in a context of its own without any object of the server. */
export interface Sandbox {
  run(request: ScriptRun): Promise<ScriptResult>;
}

interface Job extends ScriptRun {
  done(result: ScriptResult): void;
}

/**
 * Scripts run in QuickJS compiled to WebAssembly, in threads beside the server's: an endless loop costs a thread for
 * its time and never the event loop. Their only way out is `fetch`, by the egress function and its limits.
 */
export function createSandbox(egress: Egress, limits: SandboxLimits = DEFAULT_LIMITS): Sandbox {
  const waiting: Job[] = [];
  const lanes = Array.from({ length: limits.threads }, () => createLane(egress, limits));

  /** The next one of a tenant that has no thread yet comes first, so that no tenant holds up the others. */
  const takeNext = (): Job | undefined => {
    const running = new Set(lanes.map((lane) => lane.tenantId));
    const fair = waiting.findIndex((job) => !running.has(job.tenantId));
    return waiting.splice(Math.max(0, fair), 1)[0];
  };

  const dispatch = (): void => {
    for (const lane of lanes) {
      if (lane.tenantId !== undefined) continue;
      const job = takeNext();
      if (!job) return;
      void lane.run(job).then((result) => {
        job.done(result);
        dispatch();
      });
    }
  };

  return {
    run: (request) =>
      new Promise((done) => {
        const own = waiting.filter(({ tenantId }) => tenantId === request.tenantId).length;
        if (waiting.length >= limits.waiting || own >= limits.waitingOfTenant) {
          const message = 'too many scripts are waiting';
          done({ outcome: { kind: 'failed', reason: 'busy', message }, console: [] });
          return;
        }
        waiting.push({ ...request, done });
        dispatch();
      }),
  };
}

interface Lane {
  /** Whose script runs; undefined while there is none. */
  readonly tenantId: string | undefined;
  run(request: ScriptRun): Promise<ScriptResult>;
}

/** One thread: started when it is needed, replaced when it does not answer or its engine broke. */
function createLane(egress: Egress, limits: SandboxLimits): Lane {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let tenantId: string | undefined;

  const stop = (): void => {
    void worker?.terminate();
    worker = undefined;
  };

  const start = (): Worker => {
    clearTimeout(idle);
    if (worker) return worker;
    const started = new Worker(threadFile, {
      // The thread is given nothing of the server's.
      env: {},
      workerData: {
        memoryBytes: limits.memoryBytes,
        requests: limits.requests,
        requestLength: LONGEST_ESCAPE * limits.requestBytes + HEAD_LENGTH,
      } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB },
    });
    started.unref();
    // Without a listener, a thread that breaks while it has nothing to do would end the process.
    started.on('error', () => {
      if (worker === started) worker = undefined;
    });
    worker = started;
    return started;
  };

  const finish = (healthy: boolean): void => {
    tenantId = undefined;
    if (!healthy) stop();
    idle = setTimeout(stop, IDLE_MS).unref();
  };

  const exchange = (request: ScriptRun): Promise<ScriptResult & { healthy: boolean }> =>
    new Promise((resolve) => {
      const patience = limits.timeoutMs + GRACE_MS + (worker ? 0 : START_MS);
      const thread = start();
      const deadline = Date.now() + limits.timeoutMs;
      const fetchFor = createFetch(egress, limits, deadline);
      let isOver = false;
      const end = (result: ScriptResult & { healthy: boolean }) => {
        isOver = true;
        clearTimeout(timer);
        thread.off('message', hear);
        thread.off('error', broke);
        resolve(result);
      };
      const fail = (reason: 'timeout' | 'memory', message: string) =>
        end({ outcome: { kind: 'failed', reason, message }, console: [], healthy: false });
      const broke = () => fail('memory', 'the script needed more than it may have');
      const hear = (message: FetchMessage | DoneMessage) => {
        if (message.type === 'done') return end(message);
        void fetchFor(message.request).then((answer) => {
          // The thread may run another script by now, which has requests of the same numbers.
          if (isOver) return;
          thread.postMessage({ type: 'fetched', number: message.number, answer } satisfies FetchedMessage);
        });
      };
      const timer = setTimeout(() => fail('timeout', 'the script took too long'), patience);
      thread.on('message', hear);
      thread.on('error', broke);
      thread.postMessage({
        type: 'run',
        script: request.script,
        entry: request.entry,
        argument: JSON.stringify(request.argument),
        timeoutMs: limits.timeoutMs,
      } satisfies RunMessage);
    });

  return {
    get tenantId() {
      return tenantId;
    },
    async run(request) {
      tenantId = request.tenantId;
      const { outcome, console, healthy } = await exchange(request);
      // A thread whose engine has grown keeps that memory: it is given back with the thread.
      finish(healthy && !(outcome.kind === 'failed' && outcome.reason === 'memory'));
      return { outcome, console };
    },
  };
}

interface ScriptRequest {
  url: string;
  method?: unknown;
  headers?: unknown;
  body?: unknown;
}

/** `fetch` of one run: a bounded number of requests, each bounded in size and by the run's time. */
function createFetch(egress: Egress, limits: SandboxLimits, deadline: number) {
  let made = 0;
  return async (text: string): Promise<FetchedMessage['answer']> => {
    made += 1;
    if (made > limits.requests) return { problem: `a script may make ${limits.requests} requests` };
    const { url, method, headers, body } = JSON.parse(text) as ScriptRequest;
    const content = body === undefined ? undefined : String(body);
    if (content !== undefined && content.length > limits.requestBytes) return { problem: 'the body is too large' };
    try {
      const response = await egress(url, {
        method: typeof method === 'string' ? method : 'GET',
        headers: headersOf(headers),
        ...(content !== undefined && { body: content }),
        timeoutMs: Math.max(1, deadline - Date.now()),
        maxBytes: limits.responseBytes,
      });
      const answer = {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      };
      return { response: JSON.stringify(answer) };
    } catch (error) {
      return { problem: error instanceof EgressError ? error.message : 'the request could not be made' };
    }
  };
}

const headersOf = (headers: unknown): Record<string, string> =>
  typeof headers === 'object' && headers !== null
    ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    : {};
