import type { ConnectorSession } from '@latchkey/connector-kit';
import { audit } from '../../../kernel/audit.ts';
import { RequestError } from '../../../kernel/errors.ts';
import { type Scope, transaction } from '../../../kernel/scope.ts';
import type { Engine, Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import { type Flow, FlowConflict } from '../sign-in.flows.ts';

/** What a connector has found out: who it is there, and what that leads to. */
interface Proved {
  identityId: string;
  enter(taken: Flow): Promise<Step>;
}

interface About {
  connectorId: string;
  verification: 'Social' | 'EnterpriseSso';
}

const entryOf = (flow: Flow, { connectorId, verification }: About) => ({
  key: `Interaction.${flow.context.event}.Verification.${verification}.Submit`,
  details: { applicationId: flow.interaction.application.id, connectorId },
});

/** Notes in the trail that an answer was not taken, and why. */
export function auditRefusal(scope: Scope, flow: Flow, about: About, error: unknown): Promise<void> {
  const { key, details } = entryOf(flow, about);
  const code = error instanceof RequestError ? error.code : 'unknown';
  return audit(scope, { key, result: 'Error', details: { ...details, error: code } });
}

/** Takes a provider's answer out of the flow, once, has it proved, and notes in the trail what came of it. */
export const answerTaker =
  ({ flows }: Pick<Engine, 'flows'>) =>
  async (
    scope: Scope,
    flow: Flow,
    about: About,
    prove: (session: ConnectorSession) => Promise<Proved>,
  ): Promise<Step> => {
    const { session } = flow.context.provider ?? {};
    if (!session) throw fail('session.connector_session_not_found');
    // Not retried: of two requests with the same answer one takes it.
    const taken = await flows.save(scope, flow, { type: 'provider-answered' });
    const { key, details } = entryOf(flow, about);
    try {
      const { identityId, enter } = await prove(session);
      await audit(scope, { key, details: { ...details, identityId } });
      return await enter(taken);
    } catch (error) {
      await transaction(scope, async (tx) => {
        await auditRefusal(tx, flow, about, error);
        await flows.save(tx, taken, { type: 'provider-refused' }).catch(ignoreConflict);
      });
      throw error;
    }
  };

function ignoreConflict(error: unknown): void {
  // Somebody has moved the flow on meanwhile, which is what this was about to do.
  if (!(error instanceof FlowConflict)) throw error;
}
