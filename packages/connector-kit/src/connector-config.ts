import type { z } from 'zod';
import { ConnectorError } from './connector-error.ts';

/** Checks a configuration and fills in its defaults; a wrong one is a `ConnectorError` that names the members. */
export function parseConfig<Schema extends z.ZodObject>(schema: Schema, config: unknown): z.output<Schema> {
  const parsed = schema.safeParse(config);
  if (parsed.success) return parsed.data;
  const members = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || '(all)'))].join(', ');
  throw new ConnectorError('invalid_config', `The connector's configuration is wrong: ${members}.`, {
    data: { members },
    cause: parsed.error,
  });
}
