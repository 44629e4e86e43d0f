import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_found': 404,
  'custom_profile_fields.name_exists': 422,
  'custom_profile_fields.name_required': 400,
  'custom_profile_fields.invalid_name': 400,
  'custom_profile_fields.name_conflict_sign_in_identifier': 400,
  'custom_profile_fields.name_conflict_built_in_prop': 400,
  'custom_profile_fields.name_conflict_custom_data': 400,
  'custom_profile_fields.invalid_min_max_input': 400,
  'custom_profile_fields.invalid_options': 400,
  'custom_profile_fields.invalid_regex_format': 400,
  'custom_profile_fields.invalid_address_parts': 400,
  'custom_profile_fields.invalid_fullname_parts': 400,
  'custom_profile_fields.invalid_sub_component_type': 400,
  'custom_profile_fields.conflicted_sie_order': 400,
  'custom_profile_fields.entity_not_exists_with_names': 400,
});
