import { acceptedLanguages } from '../../kernel/http.ts';
import type { Scope } from '../../kernel/scope.ts';
import { equalSecrets } from '../../kernel/secrets.ts';
import { ADMIN_TENANT, type TenantAddress } from '../../kernel/tenancy.ts';
import { type InteractionDetails, readInteractions } from '../oidc/index.ts';
import type { OperatorLink } from '../tenants/index.ts';
import { advance, type Fact, type FlowContext, startContext } from './flow-context.ts';
import type { Account, SignInDependencies } from './sign-in.dependencies.ts';
import type { FactName, State } from './sign-in.flow.ts';
import * as store from './sign-in.store.ts';

/** A sign-in in progress: the request it answers, and how far it has come. */
export interface Flow {
  readonly interaction: InteractionDetails;
  readonly context: FlowContext;
  /** 0 while nothing is stored. */
  readonly version: number;
  /** The edges of the table that led here from what is stored. */
  readonly gone: readonly Edge[];
  /** The operators' one-time link that came with the request to the admin tenant, while it can be used. */
  readonly link: OperatorLink | undefined;
  /** Languages of whoever signs in, best first; empty where nobody has asked by a browser. */
  readonly languages: readonly string[];
}

/** An edge of the table: in this state, this fact. */
interface Edge {
  state: State;
  fact: FactName;
}

/** The flow as it will be once these facts are kept. */
export function ahead(flow: Flow, facts: readonly Fact[]): Flow {
  let { context } = flow;
  const gone = [...flow.gone];
  for (const fact of facts) {
    gone.push({ state: context.state, fact: fact.type });
    context = advance(context, fact);
  }
  return { ...flow, context, gone };
}

/** Another request of the same flow was quicker: read it again. */
export class FlowConflict extends Error {
  override readonly name = 'FlowConflict';
}

/** Where a request keeps which flow it belongs to. */
export interface FlowCookie {
  address: TenantAddress;
  cookieHeader: string | undefined;
  acceptLanguage: string | undefined;
}

export type Flows = ReturnType<typeof createFlows>;

const REGISTER_SCREENS = new Set(['register', 'identifier:register']);

/** The state in which an authorization request enters the table (features 1.8). */
function firstContext(
  interaction: InteractionDetails,
  link: OperatorLink | undefined,
  sessionUser: Account | undefined,
) {
  const { first_screen: screen, interaction_mode: mode, one_time_token: token, login_hint: email } = interaction.params;
  if (interaction.prompt === 'consent') return startContext('consent');
  if (link) return startContext(link.kind === 'setup' ? 'register' : 'set-password');
  const isRecovery = screen === 'reset_password';
  if (token && email) {
    const isSomebodyElse = sessionUser && sessionUser.primaryEmail?.toLowerCase() !== email.toLowerCase();
    return startContext(isSomebodyElse ? 'switch-account' : 'one-time-token', isRecovery ? 'ForgotPassword' : 'SignIn');
  }
  if (isRecovery) return startContext('forgot-password');
  return startContext(REGISTER_SCREENS.has(screen ?? (mode === 'signUp' ? 'register' : '')) ? 'register' : 'sign-in');
}

/** What the application asks for comes before what the browser would like (features 8.5). */
const languagesOf = ({ params }: InteractionDetails, acceptLanguage?: string): string[] => [
  ...(params.ui_locales?.split(' ').filter(Boolean) ?? []),
  ...acceptedLanguages(acceptLanguage),
];

/** Finds and keeps sign-ins in progress. */
export function createFlows(deps: Pick<SignInDependencies, 'interactions' | 'tenants' | 'users' | 'metrics'>) {
  const { interactions, tenants, users, metrics } = deps;

  const interactionsOf = ({ address, cookieHeader }: FlowCookie): Record<string, string> =>
    readInteractions(cookieHeader, interactions.cookieName(address));

  const load = async (scope: Scope, id: string, acceptLanguage?: string): Promise<Flow | undefined> => {
    const [interaction, rows] = await Promise.all([
      interactions.find(scope.tenantId, id),
      store.findFlows(scope.db, scope.tenantId, [id], scope.now),
    ]);
    if (!interaction) return undefined;
    const token = scope.tenantId === ADMIN_TENANT ? interaction.params.setup_token : undefined;
    const link = token ? await tenants.links.find(scope, token) : undefined;
    const languages = languagesOf(interaction, acceptLanguage);
    const [row] = rows;
    if (row) return { interaction, context: row.context, version: row.version, gone: [], link, languages };
    const { sessionUserId } = interaction;
    const context = firstContext(interaction, link, sessionUserId ? await users.find(scope, sessionUserId) : undefined);
    const userId = context.state === 'set-password' ? link?.userId : undefined;
    return { interaction, context: userId ? { ...context, userId } : context, version: 0, gone: [], link, languages };
  };

  return {
    load,

    /** The flow of this browser; with several under way, the one of the application named. */
    async find(scope: Scope, cookie: FlowCookie, appId: string | undefined): Promise<Flow | undefined> {
      const known = interactionsOf(cookie);
      const ids = Object.values(known);
      const named = appId !== undefined && Object.hasOwn(known, appId) ? known[appId] : undefined;
      const id = appId === undefined && ids.length === 1 ? ids[0] : named;
      return id === undefined ? undefined : load(scope, id, cookie.acceptLanguage);
    },

    /** The flow that sent this browser to the provider with this `state`, compared in constant time. */
    async findByState(
      scope: Scope,
      cookie: FlowCookie,
      answer: { connectorId: string; state: string },
    ): Promise<Flow | undefined> {
      const ids = Object.values(interactionsOf(cookie));
      if (ids.length === 0) return undefined;
      const rows = await store.findFlows(scope.db, scope.tenantId, ids, scope.now);
      const row = rows.find(({ context: { state, provider } }) => {
        const expected = provider?.session?.state;
        if (state !== 'social' || provider?.connectorId !== answer.connectorId || !expected) return false;
        return equalSecrets(expected, answer.state);
      });
      return row && load(scope, row.id, cookie.acceptLanguage);
    },

    /**
     * Writes the next version, which these facts lead to. In a transaction it decides races: whoever comes second
     * fails with `FlowConflict`, and all that it did is undone.
     */
    async save(scope: Scope, flow: Flow, ...facts: Fact[]): Promise<Flow> {
      const { context, gone } = ahead(flow, facts);
      const version = flow.version + 1;
      const row = {
        tenantId: scope.tenantId,
        id: flow.interaction.id,
        context,
        version,
        expiresAt: new Date(flow.interaction.expiresAt),
      };
      const saved = version === 1 ? await store.insertFlow(scope.db, row) : await store.updateFlow(scope.db, row);
      if (!saved) throw new FlowConflict(`flow ${row.id} has moved on`);
      const count = () => {
        for (const edge of gone) metrics.signInSteps.inc({ ...edge });
      };
      if (scope.inTransaction) scope.afterCommit.push(count);
      else count();
      return { ...flow, context, version, gone: [] };
    },
  };
}
