import { doublePrecision, pgTable, primaryKey, timestamp, varchar } from 'drizzle-orm/pg-core';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Countries that a user has signed in from. */
export const signInCountries = pgTable(
  'sign_in_countries',
  {
    tenantId: varchar('tenant_id').notNull(),
    userId: varchar('user_id').notNull(),
    country: varchar('country').notNull(),
    lastSeenAt: time('last_seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.userId, table.country] })],
);

/** Where a user has signed in last. */
export const signInPlaces = pgTable(
  'sign_in_places',
  {
    tenantId: varchar('tenant_id').notNull(),
    userId: varchar('user_id').notNull(),
    latitude: doublePrecision('latitude').notNull(),
    longitude: doublePrecision('longitude').notNull(),
    seenAt: time('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.userId] })],
);
