import { secretValue } from '../../../kernel/ids.ts';
import { equalSecrets } from '../../../kernel/secrets.ts';
import { getMyAccount, linkMyIdentity, replaceMyIdentity, unlinkMyIdentity } from '../../account/account.contract.ts';
import { connectorName, LINKING_STATE } from '../../sign-in/index.ts';
import { startAccountSocial, verifyAccountSocial } from '../../verifications/verifications.contract.ts';
import { fail } from '../account-center.errors.ts';
import { accountPaths } from '../account-center.paths.ts';
import type { AccountBody } from '../account-pages.contract.ts';
import type { AccountRoutes, RouteContext, Task } from '../routes.ts';
import type { Visit } from '../visits.ts';

const ofOne = (what = '') => `${accountPaths.social}/:connectorId${what}`;
const DONE = { to: accountPaths.linked } as const;

type LinkedPage = Extract<AccountBody, { page: 'account-linked' }>;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Accounts at other providers: to sign in with, linked by going there and back. */
export function mountLinked(routes: AccountRoutes, { deps, sessions, screens }: RouteContext): void {
  /** What the tenant offers, and what is linked already, from the providers that are gone too. */
  const listLinked = async (visit: Visit): Promise<LinkedPage['accounts']> => {
    const { tenantId } = visit.scope;
    const { identities = {} } = await visit.call(getMyAccount, {});
    const language = await screens.languageOf(visit.request);
    const connectors = (await deps.connectors.listSocial(tenantId)).filter(({ platform }) => platform !== 'Native');
    return connectors.map((connector) => {
      const identity = identities[connector.target];
      const details = (identity?.details ?? {}) as Record<string, unknown>;
      return {
        connectorId: connector.id,
        name: connectorName(connector, language),
        logo: connector.logo,
        logoDark: connector.logoDark,
        ...(identity && { as: textOf(details.email) ?? textOf(details.name) ?? identity.userId }),
      };
    });
  };

  /** Accounts at the user's enterprises: they come with a sign-in there, and go when the enterprise goes. */
  const listEnterprise = async (visit: Visit): Promise<LinkedPage['enterprise']> => {
    const { ssoIdentities = [] } = await visit.call(getMyAccount, {});
    if (ssoIdentities.length === 0) return [];
    const connectors = await deps.enterpriseSso.list(visit.scope.tenantId);
    return ssoIdentities.flatMap(({ ssoConnectorId, identityId, detail }) => {
      const connector = connectors.find(({ id }) => id === ssoConnectorId);
      if (!connector) return [];
      const { id: connectorId, displayName: name, logo, darkLogo: logoDark } = connector;
      return [{ connectorId, name, logo, logoDark, as: textOf(detail.email) ?? textOf(detail.name) ?? identityId }];
    });
  };

  const getOne = async (visit: Visit) => {
    const found = (await listLinked(visit)).find(({ connectorId }) => connectorId === visit.params.connectorId);
    if (!found) throw fail('entity.not_found');
    return found;
  };

  const targetOf = async ({ scope, params }: Visit): Promise<string> => {
    const connector = await deps.connectors.findSocial(scope.tenantId, params.connectorId ?? '');
    if (!connector) throw fail('entity.not_found');
    return connector.target;
  };

  routes.page(accountPaths.linked, 'linked', async (visit) => ({
    page: 'account-linked',
    accounts: await listLinked(visit),
    enterprise: await listEnterprise(visit),
    editable: visit.may('social', 'edit'),
  }));

  /** Goes to the provider; what comes back is found by the state, in this browser alone. */
  const leave =
    (replace: boolean): Task['act'] =>
    async (visit) => {
      const { connectorId = '' } = visit.params;
      const state = `${LINKING_STATE}${secretValue()}`;
      const redirectUri = `${visit.request.tenant.endpoint}/callback/${encodeURIComponent(connectorId)}`;
      const { verificationRecordId: recordId, authorizationUri: url } = await visit.call(startAccountSocial, {
        body: { connectorId, state, redirectUri },
      });
      await sessions.keepTask(visit.scope, visit.session, { kind: 'social', connectorId, state, recordId, replace });
      return { url };
    };

  const task = (path: string, replace: boolean) =>
    routes.task({
      path,
      of: ofOne(),
      section: 'linked',
      show: async (visit) => {
        await visit.requireProof();
        return {
          page: 'account-social',
          path: visit.request.url.split('?')[0] ?? '',
          replace,
          account: await getOne(visit),
        };
      },
      act: leave(replace),
    });
  task(ofOne(), false);
  task(ofOne('/change'), true);

  routes.arrival(ofOne('/callback'), { of: ofOne(), section: 'linked' }, async (visit) => {
    const { task: begun } = visit.session;
    const { connectorId, state = '' } = { ...visit.params, ...visit.query } as Record<string, string>;
    const isOurs = begun?.kind === 'social' && begun.connectorId === connectorId && equalSecrets(begun.state, state);
    if (!isOurs) throw fail('session.not_found');
    await sessions.keepTask(visit.scope, visit.session, undefined);
    const { verificationRecordId: newIdentifierVerificationRecordId } = await visit.call(verifyAccountSocial, {
      body: { verificationRecordId: begun.recordId, connectorData: { ...visit.query } },
    });
    await visit.call(begun.replace ? replaceMyIdentity : linkMyIdentity, {
      body: { newIdentifierVerificationRecordId },
    });
    return { ...DONE, done: 'social' };
  });

  routes.confirm({
    path: ofOne('/remove'),
    section: 'linked',
    what: 'social-remove',
    cancel: accountPaths.linked,
    describe: async (visit) => {
      const { name, as } = await getOne(visit);
      return as === undefined ? undefined : { name };
    },
    async act(visit) {
      await visit.call(unlinkMyIdentity, { params: { target: await targetOf(visit) } });
      return { ...DONE, done: 'social-remove' };
    },
  });
}
