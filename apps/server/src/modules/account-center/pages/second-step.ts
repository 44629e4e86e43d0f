import { getMyConfig, listMyFactors, updateMyConfig } from '../../account/account.contract.ts';
import type { PageDependencies } from '../account-center.dependencies.ts';
import { accountPaths } from '../account-center.paths.ts';
import type { SecondStepChoice } from '../account-pages.contract.ts';
import type { AccountRoutes, RouteContext } from '../routes.ts';
import type { Visit } from '../visits.ts';

/** Why the second step is not the owner's to choose, if it is not. */
async function fixedBy(deps: PageDependencies, { scope, session }: Visit): Promise<SecondStepChoice['fixed']> {
  const { mfa, adaptiveMfa } = await deps.experience.settings(scope.tenantId);
  if (mfa.policy === 'Mandatory') return 'required';
  if (mfa.organizationRequiredMfaPolicy === 'Mandatory') {
    const memberships = await deps.organizations.membershipsOf(scope, { userId: session.userId });
    if (memberships.some(({ isMfaRequired }) => isMfaRequired)) return 'required';
  }
  return adaptiveMfa.enabled ? 'unusual' : undefined;
}

/** What the owner has chosen, and may choose; undefined where there is nothing that could be asked for. */
export async function secondStepChoice(deps: PageDependencies, visit: Visit): Promise<SecondStepChoice | undefined> {
  if (!visit.may('mfa', 'read')) return undefined;
  const [{ mfa }, bound, config] = await Promise.all([
    deps.experience.settings(visit.scope.tenantId),
    visit.call(listMyFactors, {}),
    visit.call(getMyConfig, {}),
  ]);
  const { enabled, skipMfaOnSignIn } = config.mfa;
  const provable = bound.filter(({ type }) => type !== 'BackupCode' && mfa.factors.includes(type));
  // An address is a second step only for who has chosen so.
  const counts = provable.some(({ type }) => type === 'Totp' || type === 'WebAuthn' || enabled === true);
  if (!counts) return undefined;
  const fixed = await fixedBy(deps, visit);
  return {
    isAsked: fixed !== undefined || !(skipMfaOnSignIn || enabled === false),
    ...(fixed && { fixed }),
    editable: visit.may('mfa', 'edit'),
  };
}

/** The owner asks for the second step at sign-in, or for none, where the tenant leaves the choice. */
export function mountSecondStep(routes: AccountRoutes, { deps }: RouteContext): void {
  for (const [what, path, isWanted] of [
    ['second-step-on', accountPaths.secondStepOn, true],
    ['second-step-off', accountPaths.secondStepOff, false],
  ] as const) {
    const canChoose = async (visit: Visit) => {
      const choice = await secondStepChoice(deps, visit);
      return choice?.editable === true && !choice.fixed && choice.isAsked !== isWanted;
    };
    routes.confirm({
      path,
      section: 'security',
      what,
      cancel: accountPaths.security,
      describe: async (visit) => ((await canChoose(visit)) ? {} : undefined),
      async act(visit) {
        if (!(await canChoose(visit))) return { to: accountPaths.security };
        const { mfa } = await visit.call(getMyConfig, {});
        const change = { skipMfaOnSignIn: !isWanted, ...(isWanted && mfa.enabled === false && { enabled: true }) };
        await visit.call(updateMyConfig, { body: { mfa: change } });
        return { to: accountPaths.security, done: what };
      },
    });
  }
}
