// A process that owns an embedded database, for the tests to kill. It says `ready`, or why it is not.
import { createLog } from '../log.ts';
import { EmbeddedPostgresError, startEmbeddedPostgres } from './embedded.ts';

const began = performance.now();
try {
  const postgres = await startEmbeddedPostgres({
    dataDirectory: process.argv[2] ?? '',
    log: createLog('silent'),
    durable: process.argv[3] !== 'volatile',
  });
  process.on('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
  void postgres.lost.then(({ message }) => {
    process.stdout.write(`lost: ${message}\n`);
    process.exit(1);
  });
  process.stdout.write(
    `ready ${JSON.stringify({ connection: postgres.connection, ms: Math.round(performance.now() - began) })}\n`,
  );
} catch (error) {
  if (!(error instanceof EmbeddedPostgresError)) throw error;
  process.stdout.write(`refused: ${error.message}\n`);
  process.exit(1);
}
