import { Writable } from 'node:stream';
import { createLog, type Log } from '../src/kernel/log.ts';

/** A process log that says everything and keeps it, for tests of what it says. */
export function createLogSink(): { log: Log; text(): string } {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { log: createLog('trace', sink), text: () => Buffer.concat(chunks).toString() };
}
