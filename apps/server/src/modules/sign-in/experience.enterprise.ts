import { standardId } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/scope.ts';
import { connectorsOfAddress } from './actions/identify-enterprise.ts';
import { findRecord, logStep, type RecordOf, textsOf } from './experience.verifications.ts';
import type { Engine } from './sign-in.engine.ts';
import { fail } from './sign-in.errors.ts';
import type { Flow } from './sign-in.flows.ts';

type SsoRecord = RecordOf<'EnterpriseSso'>;

/** Enterprise single sign-on as the Experience API drives it. */
export function experienceEnterprise({ core, change, rules }: Engine) {
  const getConnector = async (scope: Scope, flow: Flow, id: string) => {
    const { settings } = await rules(flow);
    const connector = settings.singleSignOnEnabled ? await core.enterpriseSso.find(scope.tenantId, id) : undefined;
    if (!connector) throw fail('entity.not_exists_with_id', { data: { name: 'SSO connector', id } });
    return connector;
  };
  const record = async (scope: Scope, flow: Flow, made: SsoRecord): Promise<string> => {
    await change(scope, flow, { type: 'recorded', record: made });
    return made.id;
  };

  return {
    async connectorIdsOf(scope: Scope, flow: Flow, email: string): Promise<string[]> {
      const found = await connectorsOfAddress(core, scope, await rules(flow), { type: 'email', value: email });
      return found.map(({ id }) => id);
    },

    async start(
      scope: Scope,
      flow: Flow,
      connectorId: string,
      request: { state: string; redirectUri: string },
    ): Promise<{ authorizationUri: string; verificationId: string }> {
      await getConnector(scope, flow, connectorId);
      const { uri, session } = await core.enterpriseSso.start(scope, connectorId, request);
      await logStep(scope, flow, 'Verification.EnterpriseSso.Create', { connectorId });
      const made: SsoRecord = { id: standardId(), type: 'EnterpriseSso', connectorId, verified: false, session };
      return { authorizationUri: uri, verificationId: await record(scope, flow, made) };
    },

    async finish(
      scope: Scope,
      flow: Flow,
      input: { connectorId: string; verificationId?: string | undefined; connectorData: Record<string, unknown> },
    ): Promise<string> {
      const { connectorId, verificationId } = input;
      await getConnector(scope, flow, connectorId);
      // Without a start an answer would be one that nobody has asked for.
      if (!verificationId) throw fail('session.verification_session_not_found');
      const found = findRecord(flow, verificationId);
      if (found.type !== 'EnterpriseSso' || found.connectorId !== connectorId || found.verified) {
        throw fail('session.verification_session_not_found');
      }
      const callback = { params: textsOf(input.connectorData), session: found.session };
      const identity = await core.enterpriseSso.finish(scope, connectorId, callback);
      const details = { connectorId, identityId: identity.userInfo.id };
      await logStep(scope, flow, 'Verification.EnterpriseSso.Submit', details);
      return record(scope, flow, { id: found.id, type: 'EnterpriseSso', connectorId, verified: true, identity });
    },
  };
}
