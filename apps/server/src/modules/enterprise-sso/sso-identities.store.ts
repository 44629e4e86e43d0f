import { and, eq } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { userSsoIdentities } from './enterprise-sso.table.ts';

export type SsoIdentityRow = typeof userSsoIdentities.$inferSelect;

export interface SsoIdentityKey {
  ssoConnectorId: string;
  issuer: string;
  identityId: string;
}

export async function findIdentity(
  db: Database,
  tenantId: string,
  { ssoConnectorId, issuer, identityId }: SsoIdentityKey,
): Promise<SsoIdentityRow | undefined> {
  const rows = await db
    .select()
    .from(userSsoIdentities)
    .where(
      and(
        eq(userSsoIdentities.tenantId, tenantId),
        eq(userSsoIdentities.ssoConnectorId, ssoConnectorId),
        eq(userSsoIdentities.issuer, issuer),
        eq(userSsoIdentities.identityId, identityId),
      ),
    );
  return rows[0];
}

export const listIdentitiesOf = (db: Database, tenantId: string, userId: string): Promise<SsoIdentityRow[]> =>
  db
    .select()
    .from(userSsoIdentities)
    .where(and(eq(userSsoIdentities.tenantId, tenantId), eq(userSsoIdentities.userId, userId)))
    .orderBy(userSsoIdentities.createdAt, userSsoIdentities.id);

export async function insertIdentity(db: Database, row: SsoIdentityRow): Promise<void> {
  await db.insert(userSsoIdentities).values(row);
}

export async function updateDetail(
  db: Database,
  { tenantId, id }: Pick<SsoIdentityRow, 'tenantId' | 'id'>,
  change: Pick<SsoIdentityRow, 'detail' | 'updatedAt'>,
): Promise<void> {
  await db
    .update(userSsoIdentities)
    .set(change)
    .where(and(eq(userSsoIdentities.tenantId, tenantId), eq(userSsoIdentities.id, id)));
}
