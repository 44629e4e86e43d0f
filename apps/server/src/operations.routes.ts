import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Caches } from './kernel/cache.ts';
import type { DatabasePool } from './kernel/database.ts';
import type { Metrics } from './kernel/metrics.ts';

/** What the operator's tools ask: is the process alive, can it serve, and how is it doing. */
export function mountOperations(
  app: FastifyInstance,
  deps: { database: DatabasePool; caches: Caches; metrics: Metrics },
): void {
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (request, reply) => {
    try {
      await deps.database.forSystem('readiness probe').execute(sql`select 1`);
      return { status: 'ok' };
    } catch (error) {
      request.log.warn({ error: (error as Error).message }, 'not ready: the database cannot be reached');
      return reply.code(503).header('retry-after', '2').send({ status: 'database_unreachable' });
    }
  });
  app.get('/metrics', async (_request, reply) => {
    reply.type(deps.metrics.registry.contentType);
    return deps.metrics.registry.metrics();
  });
}
