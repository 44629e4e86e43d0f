import { parentPort, workerData } from 'node:worker_threads';
import {
  type CustomizeVariantOptions,
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSSyncVariant,
  Scope,
} from 'quickjs-emscripten-core';
import type {
  DoneMessage,
  FailureReason,
  FetchedMessage,
  Outcome,
  RunMessage,
  ScriptPlace,
  ThreadData,
} from './sandbox.messages.ts';
import { prelude } from './sandbox.prelude.ts';

const MAX_STACK_BYTES = 256 * 1024;
const MAX_RESULT_LENGTH = 64 * 1024;
const MAX_CONSOLE_LINES = 100;
const MAX_CONSOLE_LINE = 2000;

if (!parentPort) throw new Error('this file runs in a worker thread');
const port = parentPort;

const { memoryBytes, requests, requestLength } = workerData as ThreadData;
const PAGE_BYTES = 65_536;

// The types of the platform leave it out where there is no browser.
declare const WebAssembly: { Memory: new (size: { initial: number; maximum: number }) => object };

// The package's types describe its CommonJS form.
const imported: unknown = await import('@jitl/quickjs-wasmfile-release-sync');
const { default: release } = imported as { default: QuickJSSyncVariant };

// The engine's own limit overlooks large blocks; memory that cannot grow is the wall.
const wasmMemory = new WebAssembly.Memory({ initial: 256, maximum: Math.floor(memoryBytes / PAGE_BYTES) });
const variant = newVariant(release, { wasmMemory } as CustomizeVariantOptions) as QuickJSSyncVariant;

// Compiled once; each run has a runtime and a context of its own, so that nothing of one is there in the next.
const engine = await newQuickJSWASMModuleFromVariant(variant);

class Failure extends Error {
  readonly reason: FailureReason;
  /** What went wrong; the message has more where the engine could not be tidied up behind it. */
  readonly words: string;
  readonly place: ScriptPlace | undefined;
  constructor(reason: FailureReason, words: string, place?: ScriptPlace) {
    super(words);
    this.reason = reason;
    this.words = words;
    this.place = place;
  }
  get leavesEngineWhole(): boolean {
    return this.message === this.words;
  }
}

let fetched: ((message: FetchedMessage) => void) | undefined;
port.on('message', (message: RunMessage | FetchedMessage) => {
  if (message.type === 'fetched') fetched?.(message);
  else void run(message);
});

async function run(job: RunMessage): Promise<void> {
  const console: string[] = [];
  let outcome: Outcome;
  let healthy = true;
  const deadline = Date.now() + job.timeoutMs;
  try {
    outcome = await execute(job, deadline, console);
  } catch (error) {
    if (Date.now() > deadline) {
      // An interrupted script may end in any error: what counts is that its time was over.
      outcome = { kind: 'failed', reason: 'timeout', message: TOO_LONG };
      healthy = error instanceof Failure && error.leavesEngineWhole;
    } else if (error instanceof Failure) {
      outcome = { kind: 'failed', reason: error.reason, message: error.words, place: error.place };
      healthy = error.leavesEngineWhole;
    } else {
      // The engine itself broke, out of memory as a rule: this thread is not used again.
      healthy = false;
      outcome = { kind: 'failed', reason: 'memory', message: 'the script needed more than it may have' };
    }
  }
  fetched = undefined;
  port.postMessage({ type: 'done', outcome, console, healthy } satisfies DoneMessage);
}

function execute(job: RunMessage, deadline: number, lines: string[]): Promise<Outcome> {
  return Scope.withScopeAsync(async (scope) => {
    const runtime = scope.manage(engine.newRuntime());
    runtime.setMemoryLimit(memoryBytes);
    runtime.setMaxStackSize(MAX_STACK_BYTES);
    runtime.setInterruptHandler(() => Date.now() > deadline);
    const context = scope.manage(runtime.newContext());
    const session = { runtime, context, deadline, settle: [] as FetchedMessage[], outstanding: 0, made: 0 };
    const host = scope.manage(startHost(session, lines));

    const script = context.evalCode(job.script, 'script.js');
    scope.manage(handleOf(context, script));
    const entry = scope.manage(
      handleOf(context, context.evalCode(`typeof ${job.entry} === 'function' ? ${job.entry} : undefined`)),
    );
    if (context.typeof(entry) !== 'function') {
      throw new Failure('entry', `the script declares no function ${job.entry}`);
    }
    const argument = scope.manage(context.newString(job.argument));
    const start = scope.manage(context.getProp(host, 'start'));
    const promise = scope.manage(handleOf(context, context.callFunction(start, context.undefined, entry, argument)));
    const [end] = await Promise.allSettled([settled(session, host, promise)]);
    // Whatever the script went on to do: who was denied stays denied.
    const denial = denialOf(context, host);
    if (denial) return { kind: 'denied', message: denial.message };
    if (end.status === 'rejected') throw end.reason;
    return { kind: 'value', value: parseResult(end.value) };
  });
}

interface Session {
  runtime: QuickJSRuntime;
  context: QuickJSContext;
  deadline: number;
  /** Answers that the script has not been told yet. */
  settle: FetchedMessage[];
  outstanding: number;
  /** Requests so far. */
  made: number;
}

/** Runs the prelude; answers the object by which the host speaks to the script. */
function startHost(session: Session, lines: string[]): QuickJSHandle {
  const { context } = session;
  return Scope.withScope((scope) => {
    const log = scope.manage(
      context.newFunction('log', (line) => {
        if (lines.length < MAX_CONSOLE_LINES) lines.push(context.getString(line).slice(0, MAX_CONSOLE_LINE));
      }),
    );
    const fetch = scope.manage(
      context.newFunction('fetch', (number, request) => {
        const problem = problemOf(session, context.getString(request));
        const asked = context.getNumber(number);
        session.outstanding += 1;
        if (problem) session.settle.push({ type: 'fetched', number: asked, answer: { problem } });
        else port.postMessage({ type: 'fetch', number: asked, request: context.getString(request) });
      }),
    );
    const make = scope.manage(handleOf(context, context.evalCode(prelude, 'prelude.js')));
    return handleOf(context, context.callFunction(make, context.undefined, log, fetch));
  });
}

/** Refused here already: the server does not have to read what a script could ask without end. */
function problemOf(session: Session, request: string): string | undefined {
  session.made += 1;
  if (session.made > requests) return `a script may make ${requests} requests`;
  return request.length > requestLength ? 'the body is too large' : undefined;
}

/** Runs the script's jobs and hands it the answers to its requests, until its promise is settled. */
async function settled(session: Session, host: QuickJSHandle, promise: QuickJSHandle): Promise<string> {
  const { runtime, context } = session;
  for (;;) {
    const jobs = runtime.executePendingJobs();
    if (jobs.error) {
      const { error } = jobs;
      throw error.consume((handle) => failureOf(error.context ?? context, handle));
    }
    const state = context.getPromiseState(promise);
    if (state.type === 'fulfilled') return state.value.consume((value) => context.getString(value));
    if (state.type === 'rejected') throw state.error.consume((handle) => failureOf(context, handle));
    if (session.outstanding === 0) throw new Failure('runtime', 'the script waits for what never comes');
    tell(session, host, await nextAnswer(session));
  }
}

function nextAnswer(session: Session): Promise<FetchedMessage> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Failure('timeout', 'the script took too long')),
      Math.max(0, session.deadline - Date.now()),
    );
    const take = (message: FetchedMessage) => {
      clearTimeout(timer);
      fetched = (later) => session.settle.push(later);
      resolve(message);
    };
    const waiting = session.settle.shift();
    if (waiting) take(waiting);
    else fetched = take;
  });
}

function tell(session: Session, host: QuickJSHandle, { number, answer }: FetchedMessage): void {
  const { context } = session;
  session.outstanding -= 1;
  Scope.withScope((scope) => {
    const settle = scope.manage(context.getProp(host, 'settle'));
    const values = [
      scope.manage(context.newNumber(number)),
      'response' in answer ? scope.manage(context.newString(answer.response)) : context.undefined,
      'problem' in answer ? scope.manage(context.newString(answer.problem)) : context.undefined,
    ];
    scope.manage(handleOf(context, context.callFunction(settle, context.undefined, ...values)));
  });
}

type Result = ReturnType<QuickJSContext['evalCode']>;

function handleOf(context: QuickJSContext, result: Result): QuickJSHandle {
  if (!result.error) return result.value;
  throw result.error.consume((handle) => failureOf(context, handle));
}

const TOO_LONG = 'the script took too long';
const REASONS: Record<string, FailureReason> = { SyntaxError: 'syntax', TypeError: 'type' };

/** What the script threw, in words; the engine's own two limits by their names. */
function failureOf(context: QuickJSContext, handle: QuickJSHandle): Failure {
  const thrown: unknown = context.dump(handle);
  // Where nothing was left for an error object either.
  if (thrown === null) return new Failure('memory', 'the script needed too much memory');
  if (typeof thrown !== 'object') return new Failure('runtime', String(thrown));
  const { name, message, stack } = thrown as Partial<Record<'name' | 'message' | 'stack', unknown>>;
  if (name === 'InternalError' && message === 'interrupted') return new Failure('timeout', TOO_LONG);
  if (name === 'InternalError' && message === 'out of memory') {
    return new Failure('memory', 'the script needed too much memory');
  }
  const [where, line, column] = /script\.js:(\d+)(?::(\d+))?/.exec(String(stack ?? '')) ?? [];
  const words = `${String(name ?? 'Error')}: ${String(message ?? '')}${where ? ` (${where})` : ''}`;
  const place = line ? { line: Number(line), ...(column && { column: Number(column) }) } : undefined;
  return new Failure(REASONS[String(name)] ?? 'runtime', words.slice(0, MAX_CONSOLE_LINE), place);
}

function denialOf(context: QuickJSContext, host: QuickJSHandle): { message?: string } | undefined {
  return Scope.withScope((scope) => {
    const denial = scope.manage(context.getProp(host, 'denial'));
    const result = context.callFunction(denial, context.undefined);
    if (result.error) {
      result.error.dispose();
      return undefined;
    }
    const text: unknown = result.value.consume((value) => context.dump(value));
    return typeof text === 'string' ? (JSON.parse(text) as { message?: string }) : undefined;
  });
}

function parseResult(text: string): unknown {
  if (text.length > MAX_RESULT_LENGTH) throw new Failure('result', 'the script returned too much');
  return (JSON.parse(text) as { value?: unknown }).value;
}
