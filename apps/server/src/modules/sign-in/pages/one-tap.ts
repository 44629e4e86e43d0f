import type { OneTapPrompt } from '../sign-in.contract.ts';
import type { SignInDependencies } from '../sign-in.dependencies.ts';

/** What the script of a provider is to be told on a page, if one of the tenant's may offer a sign-in there. */
export async function oneTapPrompt(
  { connectors }: Pick<SignInDependencies, 'connectors'>,
  tenantId: string,
  targets: readonly string[],
  nonce: string,
): Promise<OneTapPrompt | undefined> {
  const offered = await connectors.listSocial(tenantId);
  const found = offered.find(({ oneTap, target }) => oneTap && targets.includes(target));
  if (!found?.oneTap) return undefined;
  const { clientId, autoSelect, closeOnTapOutside, itpSupport } = found.oneTap;
  return {
    connectorId: found.id,
    client_id: clientId,
    nonce,
    auto_select: autoSelect,
    cancel_on_tap_outside: closeOnTapOutside,
    itp_support: itpSupport,
  };
}

/** True where pages of a sign-in may show it: the script keeps one document, whose policy is that of the first page. */
export async function hasOneTap(
  { connectors, experience }: Pick<SignInDependencies, 'connectors' | 'experience'>,
  tenantId: string,
): Promise<boolean> {
  const { socialSignInConnectorTargets: targets } = await experience.settings(tenantId);
  return (await connectors.listSocial(tenantId)).some(({ oneTap, target }) => oneTap && targets.includes(target));
}
