import type { Scope } from '../../../kernel/scope.ts';
import { hostOfDocument } from '../../oidc/index.ts';
import type { PageModel } from '../sign-in.contract.ts';
import type { Flow } from '../sign-in.flows.ts';
import { describeScopes } from '../sign-in.store.ts';
import type { Framed } from './page-frame.ts';
import type { PageSources, Typed } from './page-models.ts';

/** The user's organizations, where the application asks to act for some; none is chosen beforehand but the only one. */
async function organizationsToChoose(deps: PageSources, scope: Scope, interaction: Flow['interaction']) {
  const { asksForOrganizations, sessionUserId } = interaction;
  if (!asksForOrganizations || !sessionUserId) return [];
  const memberships = await deps.organizations.membershipsOf(scope, { userId: sessionUserId });
  return memberships.map(({ organizationId: id, name }) => ({ id, name, isChosen: memberships.length === 1 }));
}

/** What a third-party application asks for. Undefined when the signed-in account is gone. */
export async function consentPage(
  deps: PageSources,
  { frame, override, applicationName }: Framed,
  scope: Scope,
  { interaction }: Flow,
  typed: Typed,
): Promise<PageModel | undefined> {
  const account = interaction.sessionUserId ? await deps.users.find(scope, interaction.sessionUserId) : undefined;
  if (!account) return undefined;
  const { redirect_uri: redirectUri } = interaction.params;
  const verifiedHost = hostOfDocument(interaction.application.id);
  const logo = override?.branding as { logoUrl?: string; darkLogoUrl?: string } | undefined;
  const resources = await describeScopes(scope.db, scope.tenantId, interaction.missingScopes.resources);
  return {
    page: 'consent',
    frame,
    application: {
      name: applicationName ?? interaction.application.name,
      logoUrl: logo?.logoUrl,
      darkLogoUrl: logo?.darkLogoUrl,
      termsOfUseUrl: override?.termsOfUseUrl ?? undefined,
      privacyPolicyUrl: override?.privacyPolicyUrl ?? undefined,
    },
    account: account.name ?? account.username ?? account.primaryEmail ?? account.id,
    verifiedHost,
    redirectHost: redirectUri && URL.canParse(redirectUri) ? new URL(redirectUri).host || undefined : undefined,
    userScopes: interaction.missingScopes.oidc,
    resources: resources.map(({ resource, scopes }) => ({
      name: resource.name,
      scopes: scopes.map(({ name, description }) => ({ name, description: description ?? undefined })),
    })),
    organizations: await organizationsToChoose(deps, scope, interaction),
    choice: verifiedHost ? 'one' : 'many',
    errors: typed.errors,
  };
}
