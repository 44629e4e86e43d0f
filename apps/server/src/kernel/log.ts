import { pino } from 'pino';

export type Log = pino.Logger;

/** Paths whose values never reach a log line, whatever object is logged. */
const SECRET_PATHS = [
  'password',
  'clientSecret',
  'client_secret',
  'token',
  'access_token',
  'refresh_token',
  'id_token',
  'code',
  'secret',
  'headers.authorization',
  'headers.cookie',
  'req.headers.authorization',
  'req.headers.cookie',
].flatMap((path) => [path, `*.${path}`]);

/** One JSON line an event on standard error, so that standard output stays for what the operator reads. */
export function createLog(level: string, destination: pino.DestinationStream = pino.destination(2)): Log {
  return pino({ level, base: null, redact: { paths: SECRET_PATHS, censor: '[secret]' } }, destination);
}
