import type { IncomingHttpHeaders } from 'node:http';
import { type FindPlace, type Place, type SignalName, signalNames } from '../../kernel/places.ts';

/** What a request says of where it comes from (features 2.4). */
export interface Signals extends Place {
  /** 0 to 100: how sure the proxy is that a human sends it. */
  botScore?: number;
  /** A crawler that the proxy knows. */
  botVerified?: boolean;
}

/** The header of each signal, unless the operator maps them to those of another proxy. */
export const defaultSignalHeaders: Readonly<Record<SignalName, string>> = {
  country: 'x-logto-cf-country',
  city: 'x-logto-cf-city',
  latitude: 'x-logto-cf-latitude',
  longitude: 'x-logto-cf-longitude',
  botScore: 'x-logto-cf-bot-score',
  botVerified: 'x-logto-cf-bot-verified',
};

function numberIn(text: string | undefined, minimum: number, maximum: number): number | undefined {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return value >= minimum && value <= maximum ? value : undefined;
}

/** As proxies write them; what makes no sense is taken as not said. */
const READ: { [Name in SignalName]: (text: string) => Signals[Name] } = {
  country: (text) => (/^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : undefined),
  city: (text) => text.slice(0, 128) || undefined,
  latitude: (text) => numberIn(text, -90, 90),
  longitude: (text) => numberIn(text, -180, 180),
  botScore: (text) => numberIn(text, 0, 100),
  botVerified: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
};

/** Makes the reader of a request's signals: what a trusted proxy says, else what the operator's own file knows. */
export function createSignals(options: {
  /** Anybody can send headers: they count only from a proxy that overwrites them. */
  trustsProxy: boolean;
  headers: Readonly<Record<SignalName, string>>;
  findPlace: FindPlace;
}): (request: { headers: IncomingHttpHeaders; ip: string | null }) => Signals {
  return ({ headers, ip }) => {
    const said = options.trustsProxy
      ? signalNames.flatMap((name) => {
          const text = headers[options.headers[name]];
          const value = typeof text === 'string' ? READ[name](text.trim()) : undefined;
          return value === undefined ? [] : [[name, value] as const];
        })
      : [];
    return { ...(ip !== null && options.findPlace(ip)), ...Object.fromEntries(said) };
  };
}
