import type { Scope } from '../../../kernel/scope.ts';
import type { PageModel, PageOf } from '../sign-in.contract.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import type { Framed } from './page-frame.ts';
import type { PageSources, Typed } from './page-models.ts';

/** Models of the pages that a link opens which was sent to an address. */

const addressOf = ({ interaction }: Flow): string => interaction.params.login_hint ?? '';

/** How the one who is signed in is called, or undefined when nobody is any more. */
async function signedInName(deps: PageSources, scope: Scope, { interaction }: Flow): Promise<string | undefined> {
  const { sessionUserId } = interaction;
  const account = sessionUserId ? await deps.users.find(scope, sessionUserId) : undefined;
  return account && (account.primaryEmail ?? account.username ?? account.name ?? account.id);
}

export function oneTimeTokenPage({ frame, applicationName }: Framed, flow: Flow, { errors }: Typed) {
  return { page: 'one-time-token', frame, applicationName, address: addressOf(flow), errors } satisfies PageModel;
}

/** Undefined when nobody is signed in any more. */
export async function switchAccountPage(
  deps: PageSources,
  { frame }: Framed,
  scope: Scope,
  flow: Flow,
  { errors }: Typed,
): Promise<PageModel | undefined> {
  const current = await signedInName(deps, scope, flow);
  return current === undefined
    ? undefined
    : { page: 'switch-account', frame, current, address: addressOf(flow), errors };
}

const ENDINGS: Readonly<Record<string, PageOf<'link-ended'>['why']>> = {
  'one_time_token.token_consumed': 'used',
  'one_time_token.token_expired': 'expired',
  'one_time_token.token_revoked': 'revoked',
  'one_time_token.email_mismatch': 'otherAddress',
  'one_time_token.interaction_event_mismatch': 'otherPurpose',
  'one_time_token.token_not_found': 'unknown',
};

/** What is wrong with a link that was refused so, or undefined when the refusal is not about the link. */
export const linkEnding = (code: string) => (Object.hasOwn(ENDINGS, code) ? ENDINGS[code] : undefined);

export async function linkEndedPage(
  deps: PageSources,
  { frame }: Framed,
  scope: Scope,
  { recoveryIdentifiers }: Rules,
  flow: Flow,
  { why, backHref }: Pick<PageOf<'link-ended'>, 'why' | 'backHref'>,
): Promise<PageModel> {
  const { state, event } = flow.context;
  return {
    page: 'link-ended',
    frame,
    why,
    address: addressOf(flow),
    current: state === 'switch-account' ? await signedInName(deps, scope, flow) : undefined,
    canResetPassword: event === 'ForgotPassword' && recoveryIdentifiers.length > 0,
    backHref,
  };
}
