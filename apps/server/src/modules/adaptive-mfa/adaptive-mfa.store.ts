import { and, eq, lt } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { signInCountries, signInPlaces } from './adaptive-mfa.table.ts';

export type CountryRow = typeof signInCountries.$inferSelect;
export type PlaceRow = typeof signInPlaces.$inferSelect;

export const findCountries = (db: Database, tenantId: string, userId: string): Promise<CountryRow[]> =>
  db
    .select()
    .from(signInCountries)
    .where(and(eq(signInCountries.tenantId, tenantId), eq(signInCountries.userId, userId)));

export async function upsertCountry(db: Database, row: CountryRow): Promise<void> {
  await db
    .insert(signInCountries)
    .values(row)
    .onConflictDoUpdate({
      target: [signInCountries.tenantId, signInCountries.userId, signInCountries.country],
      set: { lastSeenAt: row.lastSeenAt },
    });
}

export async function findPlace(db: Database, tenantId: string, userId: string): Promise<PlaceRow | undefined> {
  const rows = await db
    .select()
    .from(signInPlaces)
    .where(and(eq(signInPlaces.tenantId, tenantId), eq(signInPlaces.userId, userId)));
  return rows[0];
}

export async function upsertPlace(db: Database, row: PlaceRow): Promise<void> {
  const { latitude, longitude, seenAt } = row;
  await db
    .insert(signInPlaces)
    .values(row)
    .onConflictDoUpdate({
      target: [signInPlaces.tenantId, signInPlaces.userId],
      set: { latitude, longitude, seenAt },
    });
}

/** Removes what no rule looks back to any more, of every tenant. */
export async function deleteSeenBefore(db: Database, before: Date): Promise<void> {
  await db.delete(signInCountries).where(lt(signInCountries.lastSeenAt, before));
  await db.delete(signInPlaces).where(lt(signInPlaces.seenAt, before));
}
