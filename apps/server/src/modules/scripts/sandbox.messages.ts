import type { z } from 'zod';
import type { failureReason } from './scripts.contract.ts';

/** What is said between the server and the thread that runs scripts. */

/** What a thread is started with. */
export interface ThreadData {
  memoryBytes: number;
  /** Requests of one script that the server hears of, and characters of one. */
  requests: number;
  requestLength: number;
}

export interface RunMessage {
  type: 'run';
  script: string;
  /** Name of the function that the script declares. */
  entry: string;
  /** Its argument as JSON. */
  argument: string;
  timeoutMs: number;
}

/** A request that the script makes; answered by a `FetchedMessage` of the same number. */
export interface FetchMessage {
  type: 'fetch';
  number: number;
  /** `{ url, method, headers, body }` as JSON. */
  request: string;
}

export interface FetchedMessage {
  type: 'fetched';
  number: number;
  /** `{ status, headers, body }` as JSON, or why there is none. */
  answer: { response: string } | { problem: string };
}

export type FailureReason = z.infer<typeof failureReason>;

/** Where in the script something went wrong, counted from 1. */
export interface ScriptPlace {
  line: number;
  column?: number | undefined;
}

export type Outcome =
  /** `value` is undefined when the function returned nothing. */
  | { kind: 'value'; value: unknown }
  /** The script called `api.denyAccess()`. */
  | { kind: 'denied'; message: string | undefined }
  | { kind: 'failed'; reason: FailureReason; message: string; place?: ScriptPlace | undefined };

export interface DoneMessage {
  type: 'done';
  outcome: Outcome;
  /** What the script wrote to its console. */
  console: string[];
  /** False when the engine must not be used again. */
  healthy: boolean;
}
