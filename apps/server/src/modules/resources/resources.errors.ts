import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
  'resource.resource_identifier_in_use': 422,
  'resource.cannot_delete_management_api': 400,
  'resource.cannot_modify_management_api': 400,
  'scope.name_exists': 422,
  'scope.name_with_space': 400,
});
