import { readFieldValues } from '../../custom-profile-fields/index.ts';
import type { PendingProfile } from '../flow-context.ts';
import type { SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';

/** What somebody has answered to the tenant's own questions; even no answer counts as having been asked. */
export async function readExtraProfile(
  deps: Pick<SignInDependencies, 'profileFields'>,
  { interaction }: Flow,
  { settings }: Rules,
  given: Record<string, unknown>,
): Promise<PendingProfile> {
  const fields = await deps.profileFields.fields(interaction.tenantId, settings.signUpProfileFields);
  const { values, issues } = readFieldValues(fields, given);
  if (issues.length > 0) throw fail('custom_profile_fields.invalid_value', { data: { issues } });
  return values;
}
