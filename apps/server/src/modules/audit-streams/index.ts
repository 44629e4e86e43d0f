import type { Job } from '../../kernel/jobs.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import { auditStreamsRoutes } from './audit-streams.routes.ts';
import { createAuditStreamsService } from './audit-streams.service.ts';
import { createDestinations, type DestinationDependencies } from './destinations.ts';
import { createStreamer, type StreamerDependencies } from './streamer.ts';

export type AuditStreamsDependencies = DestinationDependencies & Omit<StreamerDependencies, 'destinations'>;

export interface AuditStreamsApi {
  /** Seals anew the tokens that an earlier master key sealed; answers how many. */
  reseal(scope: Scope): Promise<number>;
}

/** Streams: the trail, sent to receivers of the tenant's own as it is written. */
export function createAuditStreamsModule(deps: AuditStreamsDependencies): {
  routes: Routes;
  api: AuditStreamsApi;
  jobs: Job[];
} {
  const destinations = createDestinations(deps);
  const service = createAuditStreamsService({ destinations });
  return {
    routes: auditStreamsRoutes(service),
    api: { reseal: service.reseal },
    jobs: [{ name: 'stream-audit-logs', schedule: '* * * * *', run: createStreamer({ ...deps, destinations }) }],
  };
}
