import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { hashSecret } from '../../kernel/secrets.ts';

/**
 * Writes the answer to a waiting authorization request, by one statement that reads nothing first.
 * It is added to what earlier prompts of the request have answered, as the engine does itself; an error stands alone.
 * Answers where the browser goes on, or undefined when the request is gone.
 */
export async function answerInteraction(
  db: Database,
  tenantId: string,
  id: string,
  result: Record<string, unknown>,
): Promise<string | undefined> {
  const earlier =
    'error' in result
      ? sql`'{}'::jsonb`
      : sql`coalesce(payload -> 'lastSubmission', '{}') || coalesce(payload -> 'result', '{}')`;
  const answered = await db.execute<{ return_to: string }>(sql`
    update oidc_models set payload = jsonb_set(payload, '{result}', ${earlier} || ${JSON.stringify(result)}::jsonb)
    where tenant_id = ${tenantId} and model = 'Interaction' and id = ${hashSecret(id)} and consumed_at is null
    returning payload ->> 'returnTo' as return_to`);
  return answered.rows[0]?.return_to;
}
