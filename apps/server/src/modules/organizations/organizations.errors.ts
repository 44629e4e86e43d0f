import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
  'entity.not_found': 404,
  'entity.unique_integrity_violation': 422,
  'entity.relation_foreign_key_not_found': 422,
  'entity.db_constraint_violated': 422,
  'organization.require_membership': 422,
  'organization.role_names_not_found': 422,
  'organization.slug_in_use': 422,
  'organization_invitation.invitee_is_member': 422,
  'organization_invitation.not_pending': 422,
  'organization_invitation.address_mismatch': 422,
  'organization_invitation.link_not_valid': 404,
  'guard.invalid_input': 400,
  'scope.name_with_space': 400,
  'role.management_api_scopes_not_assignable_to_user_role': 422,
  'user.invalid_role_type': 422,
  'application.invalid_role_type': 422,
});

export const missing = (name: string, id: string) => fail('entity.not_exists_with_id', { data: { name, id } });

/** Refuses ids that nothing in the tenant has. */
export function refuseUnknown(ids: readonly string[], known: readonly { id: string }[]): void {
  const strangers = ids.filter((id) => !known.some((one) => one.id === id));
  if (strangers.length > 0) throw fail('entity.relation_foreign_key_not_found', { data: { ids: strangers } });
}
