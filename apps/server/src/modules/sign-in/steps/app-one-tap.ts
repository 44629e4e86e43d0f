import type { Scope } from '../../../kernel/scope.ts';
import type { Engine, Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import { auditRefusal } from './provider-answers.ts';
import type { socialSteps } from './social.ts';

/**
 * The application has shown Google One Tap on a page of its own, and sent the answer along with its request.
 * Anybody can write such a request, with a credential of their own: nobody is signed in before they have agreed.
 */
export function appOneTapSteps(
  { core, rules, change, toPage }: Engine,
  { signInByOneTap }: Pick<ReturnType<typeof socialSteps>, 'signInByOneTap'>,
) {
  /** Whether the flow is still where it began, with a credential in its request. */
  const isBrought = ({ interaction, context, version }: Flow): boolean =>
    version === 0 &&
    interaction.params.google_one_tap_credential !== undefined &&
    (context.state === 'sign-in' || context.state === 'register');

  const broughtTo = async (flow: Flow): Promise<{ connectorId: string; credential: string }> => {
    const { google_one_tap_credential: credential } = flow.interaction.params;
    const { socialTargets } = await rules(flow);
    const offered = await core.connectors.listSocial(flow.interaction.tenantId);
    const connector = offered.find(({ oneTap, target }) => oneTap && socialTargets.includes(target));
    if (!isBrought(flow) || !credential || !connector) throw fail('session.not_found');
    return { connectorId: connector.id, credential };
  };

  /** On with the page that the request would have begun with. */
  const decline = (flow: Flow) =>
    ({ type: flow.context.state === 'register' ? 'chose-register' : 'chose-sign-in', afresh: true }) as const;

  return {
    isOneTapBrought: isBrought,

    /** Whose account it is, without spending the credential; one that is good for nothing is put aside. */
    async accountOfOneTap(scope: Scope, flow: Flow): Promise<string | undefined> {
      const brought = await broughtTo(flow).catch(() => undefined);
      try {
        if (brought) {
          const { id, email, name } = await core.connectors.readOneTap(scope, brought.connectorId, brought);
          return email ?? name ?? id;
        }
      } catch (error) {
        const connectorId = brought?.connectorId ?? '';
        await auditRefusal(scope, flow, { connectorId, verification: 'Social' }, error);
      }
      await change(scope, flow, decline(flow));
      return undefined;
    },

    acceptOneTap: async (scope: Scope, flow: Flow): Promise<Step> => signInByOneTap(scope, flow, await broughtTo(flow)),

    declineOneTap: (scope: Scope, flow: Flow): Promise<Step> => toPage(scope, flow, decline(flow)),
  };
}
