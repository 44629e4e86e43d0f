import { Resolver } from 'node:dns/promises';
import type { Connector } from '@latchkey/connector-kit';
import type pg from 'pg';
import type { Config } from './config.ts';
import { type Caches, createCaches } from './kernel/cache.ts';
import { createDatabasePool, type DatabasePool } from './kernel/database.ts';
import {
  createEgress,
  createEgressAgents,
  createEgressConnect,
  type Egress,
  type EgressAgent,
  type EgressConnect,
} from './kernel/egress.ts';
import { openEvents } from './kernel/events.ts';
import type { Log } from './kernel/log.ts';
import { countSignIn, createMetrics, type Metrics } from './kernel/metrics.ts';
import { migrate } from './kernel/migrate.ts';
import { createPasswordHasher, type PasswordHasher } from './kernel/password.ts';
import { type FindPlace, openPlaces } from './kernel/places.ts';
import { createSecretBox, type SecretBox } from './kernel/secrets.ts';
import type { Addressing } from './kernel/tenancy.ts';
import { loadOwnConnectors } from './modules/connectors/index.ts';
import type { ResolveTxt } from './modules/domains/index.ts';

/** What every module stands on: opened once a process, by the server and by the command line alike. */
export interface World {
  config: Config;
  addressing: Addressing;
  log: Log;
  database: DatabasePool;
  caches: Caches;
  secretBox: SecretBox;
  /** The current master key; other keys are derived from it. */
  masterKey: Buffer;
  egress: Egress;
  egressConnect: EgressConnect;
  egressAgent: EgressAgent;
  /** Reads TXT records, by which tenants prove their domains. */
  resolveTxt: ResolveTxt;
  /** Messages without a connector are kept for the Console to show, instead of being refused. */
  developmentInbox: boolean;
  metrics: Metrics;
  hasher: PasswordHasher;
  /** Where an address is, by the operator's own file. */
  findPlace: FindPlace;
  /** Connectors of the operator's own, beside the built-in ones. */
  ownConnectors: readonly Connector[];
  now: () => Date;
  close(): Promise<void>;
}

/** Hashes at work at once: one a core, because each fills a core; how many may wait before 503 is answered. */
const HASH_CONCURRENCY = 2;
const HASH_QUEUE = 200;

/** An answer that takes longer is no answer; the next look follows soon. */
const DNS_PATIENCE = { timeout: 3000, tries: 2 };

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A trial on one's own machine: nobody else can reach the install, so loopback is no boundary (decision 0004). */
const isTrial = (endpoint: string): boolean => LOOPBACK_HOSTS.has(new URL(endpoint.replace('*.', '')).hostname);

/** Opens the database (migrating it), the caches and everything else that has no opinion about features. */
export async function openWorld(options: {
  config: Config;
  masterKeys: readonly Buffer[];
  connection: pg.PoolConfig;
  log: Log;
  now?: () => Date;
}): Promise<World> {
  const { config, connection, log, masterKeys } = options;
  const masterKey = masterKeys[0];
  if (!masterKey) throw new Error('a master key is required');
  const database = createDatabasePool({ connection, size: config.databasePoolSize, log });
  await migrate(database.pool, log);
  const trial = isTrial(config.endpoint);
  const egressPolicy = { allowed: config.egressAllowedHosts, allowLoopback: trial };
  const caches = await createCaches({ connection: connection as pg.ClientConfig, log });
  const developmentInbox = config.developmentInbox ?? trial;
  const metrics = createMetrics();
  openEvents({ database, caches, developmentInbox, count: (event) => countSignIn(metrics, event) });
  return {
    config,
    addressing: {
      endpoint: config.endpoint,
      adminEndpoint: config.adminEndpoint,
      trustProxy: config.trustProxyHeader,
    },
    log,
    database,
    caches,
    secretBox: createSecretBox(masterKeys),
    masterKey,
    egress: createEgress(egressPolicy),
    egressConnect: createEgressConnect(egressPolicy),
    egressAgent: createEgressAgents(egressPolicy),
    resolveTxt: (name) => new Resolver(DNS_PATIENCE).resolveTxt(name),
    developmentInbox,
    metrics,
    hasher: createPasswordHasher({ concurrency: HASH_CONCURRENCY, queue: HASH_QUEUE }),
    findPlace: await openPlaces(config.geoipDatabase),
    ownConnectors: await loadOwnConnectors(config.connectorsDir, log),
    now: options.now ?? (() => new Date()),
    async close() {
      await caches.close();
      await database.close();
    },
  };
}
