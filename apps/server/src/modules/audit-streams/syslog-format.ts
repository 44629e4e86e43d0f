import type { Log } from '../audit-logs/log.contract.ts';

/** RFC 5424 §6.2.1: log audit. */
const FACILITY = 13;
const INFORMATIONAL = 6;
const WARNING = 4;
const APP_NAME = 'latchkey';
const NIL = '-';

/** RFC 5424 §6: at most so many visible ASCII characters, or the nil value. */
const visible = (text: string, limit: number): string => text.replace(/[^\x21-\x7e]/g, '').slice(0, limit) || NIL;

/**
 * A message of RFC 5424 in a frame with octet counting (RFC 6587 §3.4.1, RFC 5425 §4.3).
 * The text is JSON on one line, so that nothing in an entry can begin another message or a line of its own.
 */
export function syslogFrame(log: Log, hostname: string): string {
  const priority = FACILITY * 8 + (log.payload.result === 'Error' ? WARNING : INFORMATIONAL);
  const time = new Date(log.createdAt).toISOString();
  const header = `<${priority}>1 ${time} ${visible(hostname, 255)} ${APP_NAME} ${NIL} ${visible(log.key, 32)} ${NIL}`;
  const message = `${header} ${JSON.stringify(log)}`;
  return `${Buffer.byteLength(message)} ${message}`;
}
