import type { JsonObject } from '@latchkey/connector-kit';

/** A member of an answer that ought to be an object. */
export const objectOf = (value: unknown): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;

/** The first of a list that ought to hold objects: of one message there is one result, or one error that matters. */
export const firstOf = (value: unknown): JsonObject | undefined =>
  Array.isArray(value) ? objectOf(value[0]) : undefined;
