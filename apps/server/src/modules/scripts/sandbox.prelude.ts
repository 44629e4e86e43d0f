/**
 * The first code that runs in a fresh context, before the tenant's: it makes `console` and `fetch` of two host
 * functions, which the tenant's code never sees. An expression: a function of those two, which answers what the host
 * calls. Everything here belongs to the sandbox; a script that tampers with it deceives itself alone.
 */
export const prelude = `((hostLog, hostFetch) => {
  const { stringify, parse } = JSON;
  const waiting = new Map();
  let lastNumber = 0;
  let denial;

  const inWords = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return value.name + ': ' + value.message;
    try {
      return stringify(value) ?? String(value);
    } catch {
      return String(value);
    }
  };
  const logger = (level) => (...values) => hostLog(level + ': ' + values.map(inWords).join(' '));
  globalThis.console = Object.freeze({
    log: logger('log'),
    info: logger('info'),
    warn: logger('warn'),
    error: logger('error'),
    debug: logger('debug'),
  });

  const toResponse = ({ status, headers, body }) => ({
    status,
    ok: status >= 200 && status < 300,
    headers: { get: (name) => headers[String(name).toLowerCase()] ?? null },
    text: async () => body,
    json: async () => parse(body),
  });
  globalThis.fetch = (url, { method, headers, body } = {}) =>
    new Promise((resolve, reject) => {
      lastNumber += 1;
      waiting.set(lastNumber, { resolve, reject });
      hostFetch(lastNumber, stringify({ url: String(url), method, headers, body }));
    });

  const api = Object.freeze({
    denyAccess(message) {
      denial = { message: message === undefined ? undefined : String(message) };
      throw new Error('access denied');
    },
  });

  return {
    start: async (entry, argument) => stringify({ value: await entry({ ...parse(argument), api }) }),
    settle(number, response, problem) {
      const { resolve, reject } = waiting.get(number);
      waiting.delete(number);
      if (problem === undefined) resolve(toResponse(parse(response)));
      else reject(new Error(problem));
    },
    denial: () => stringify(denial),
  };
})`;
