import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { type Agent as HttpAgent, Agent as PlainAgent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import type { RequestInit as UndiciRequestInit } from 'undici';

/**
 * The one way out: every HTTP request that Latchkey makes to somebody else goes through a function of this type.
 * It answers when the whole body has been read, within its bounds; a failure is an `EgressError`.
 */
export type Egress = (url: string | URL, init?: EgressInit) => Promise<Response>;

/** The same for protocols that are not HTTP: answers a TCP socket to an address that the policy allows, connected. */
export type EgressConnect = (target: { host: string; port: number; timeoutMs: number }) => Promise<Socket>;

/**
 * The same for requests that are passed on as they come in, in streams without an end: the connections to one origin.
 * An origin that is a forbidden address is refused at once; a name is judged by what it leads to, when it is connected.
 */
export type EgressAgent = (origin: URL) => HttpAgent;

export interface EgressInit {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Whole exchange, in milliseconds. */
  timeoutMs?: number;
  /** Largest body that is read. */
  maxBytes?: number;
}

/** Why a request was not made or not finished; the message names no internal address. */
export class EgressError extends Error {
  override readonly name = 'EgressError';
  readonly reason: 'address_not_allowed' | 'timeout' | 'too_large' | 'unreachable' | 'invalid_url';
  constructor(reason: EgressError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

export interface EgressPolicy {
  /** Hosts, `host:port`s or CIDR blocks that may be reached although they are private. */
  allowed: readonly string[];
  /** True while the install itself is only reachable on this machine: then loopback is no boundary. */
  allowLoopback: boolean;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_BYTES = 1_048_576;

/** The prefix of NAT64 that carries an IPv4 address in its last four bytes, and nowhere else (RFC 6052 §2.1). */
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');
/** IPv4-compatible addresses (RFC 4291 §2.5.5.1), which nobody has any more and some systems still route. */
const COMPATIBLE = ipaddr.parseCIDR('::/96');

/** The address an IPv6 form may carry inside it (mapped, NAT64, 6to4), so that it is judged by what it reaches. */
function innermost(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (!(address instanceof ipaddr.IPv6)) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const bytes = address.toByteArray();
  const isLoopback = address.range() === 'loopback';
  if (address.match(NAT64) || (address.match(COMPATIBLE) && !isLoopback)) return new ipaddr.IPv4(bytes.slice(12));
  if (address.range() === '6to4') return new ipaddr.IPv4(bytes.slice(2, 6));
  return address;
}

/** Decides for one resolved address. */
function addressAllowed(policy: EgressPolicy, host: string, port: string, text: string): boolean {
  const address = innermost(ipaddr.parse(text));
  const range = address.range();
  if (range === 'unicast') return true;
  if (policy.allowLoopback && range === 'loopback') return true;
  return policy.allowed.some((entry) => {
    if (entry.includes('/')) {
      const [network, bits] = ipaddr.parseCIDR(entry);
      return network.kind() === address.kind() && address.match(network, bits);
    }
    return entry === host || entry === `${host}:${port}`;
  });
}

/** A name resolver that refuses forbidden addresses: checked on the very addresses that are then connected to (no rebinding). */
function guardedLookup(policy: EgressPolicy, host: string, port: string): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      const permitted = addresses.filter(({ address }) => addressAllowed(policy, host, port, address));
      const first = permitted[0];
      if (!first) return callback(new EgressError('address_not_allowed', `${host} is a private address`), '', 0);
      if (options.all) return callback(null, permitted);
      return callback(null, first.address, first.family);
    });
  };
}

async function readBounded(body: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new EgressError('too_large', `the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function target(url: string | URL, policy: EgressPolicy): { url: URL; host: string; port: string } {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch (error) {
    throw new EgressError('invalid_url', 'not a URL', error);
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') {
    throw new EgressError('invalid_url', `${parsed.protocol} is not a web address`);
  }
  if (parsed.username || parsed.password) throw new EgressError('invalid_url', 'the URL carries credentials');
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  const port = parsed.port || (parsed.protocol === 'https:' ? '443' : '80');
  // A literal address never reaches the resolver, so it is judged here.
  if (isIP(host) && !addressAllowed(policy, host, port, host)) {
    throw new EgressError('address_not_allowed', `${host} is a private address`);
  }
  return { url: parsed, host, port };
}

/** What an operator mends elsewhere than at the receiver's network, by the codes of Node's errors. */
const CAUSES: readonly [codes: RegExp, words: (host: string) => string][] = [
  [/^ENOTFOUND$|^EAI_/, (host) => `the name ${host} was not found`],
  [/CERT|^UNABLE_TO_(?:GET_ISSUER|VERIFY)|^HOSTNAME_MISMATCH$/, (host) => `the certificate of ${host} is not trusted`],
  [/^EPROTO$|^ERR_SSL/, (host) => `${host} does not speak TLS as it should`],
];

/** Network errors in words that name no internal detail. */
function asEgressError(error: unknown, host: string, signal: AbortSignal): EgressError {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (at instanceof EgressError) return at;
  if (signal.aborted) return new EgressError('timeout', `${host} did not answer in time`, error);
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? String(at.code) : '';
    const cause = CAUSES.find(([codes]) => codes.test(code));
    if (cause) return new EgressError('unreachable', cause[1](host), error);
  }
  return new EgressError('unreachable', `${host} could not be reached`, error);
}

/**
 * Makes the egress function. Redirects are not followed: the callers' protocols (OAuth, OIDC, webhooks) have none,
 * and a redirect is the classic way around an address check.
 */
export function createEgress(policy: EgressPolicy): Egress {
  return async (input, init = {}) => {
    const { url, host, port } = target(input, policy);
    const { timeoutMs = DEFAULT_TIMEOUT_MS, maxBytes = DEFAULT_MAX_BYTES, ...request } = init;
    // Loaded with the first request: a server at rest makes none.
    const { Agent, fetch: undiciFetch } = await import('undici');
    const dispatcher = new Agent({ connect: { lookup: guardedLookup(policy, host, port) }, pipelining: 0 });
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await undiciFetch(url, {
        ...request,
        redirect: 'manual',
        signal,
        dispatcher,
      } as UndiciRequestInit);
      const body = await readBounded(response.body as AsyncIterable<Uint8Array> | null, maxBytes);
      return new Response(body.length > 0 ? new Uint8Array(body) : null, {
        status: response.status,
        headers: Object.fromEntries(response.headers),
      });
    } catch (error) {
      throw asEgressError(error, host, signal);
    } finally {
      void dispatcher.destroy();
    }
  };
}

/** Makes the way out for bare TCP, under the same policy: the very address that is judged is connected to. */
export function createEgressConnect(policy: EgressPolicy): EgressConnect {
  return async ({ host: given, port, timeoutMs }) => {
    const host = given.replace(/^\[|\]$/g, '');
    if (isIP(host) && !addressAllowed(policy, host, String(port), host)) {
      throw new EgressError('address_not_allowed', `${host} is a private address`);
    }
    const signal = AbortSignal.timeout(timeoutMs);
    const socket = connect({ host, port, lookup: guardedLookup(policy, host, String(port)) });
    try {
      await once(socket, 'connect', { signal });
      // A reset before its user listens would end the process; the user hears of it by the closed socket.
      socket.on('error', () => undefined);
      return socket;
    } catch (error) {
      socket.destroy();
      throw asEgressError(error, host, signal);
    }
  };
}

/** Origins whose connections are kept for the next request. */
const MAX_AGENTS = 500;

/** Makes the way out for requests that are passed on: each origin has connections of its own, which nobody else gets. */
export function createEgressAgents(policy: EgressPolicy): EgressAgent {
  const agents = new LRUCache<string, HttpAgent>({ max: MAX_AGENTS, dispose: (agent) => agent.destroy() });
  return (origin) => {
    const known = agents.get(origin.origin);
    if (known) return known;
    const { url, host, port } = target(origin, policy);
    const options = { keepAlive: true, lookup: guardedLookup(policy, host, port) };
    const agent = url.protocol === 'https:' ? new TlsAgent(options) : new PlainAgent(options);
    agents.set(url.origin, agent);
    return agent;
  };
}
