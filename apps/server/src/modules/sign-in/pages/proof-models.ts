import type { Scope } from '../../../kernel/scope.ts';
import type { CodePurpose, Identifier } from '../flow-context.ts';
import type { PageModel } from '../sign-in.contract.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import { codeRecordOf } from '../steps/code.ts';
import type { Framed } from './page-frame.ts';
import { agreementToComplete, type PageSources, passwordRules, type Typed } from './page-models.ts';

/** Models of the pages on which somebody proves an address or a password, or gets back into an account. */

/** Seconds before another code may be asked for: most messages have arrived by then. */
export const RESEND_AFTER = 30;

const PURPOSE = {
  SignIn: 'sign-in',
  Register: 'register',
  ForgotPassword: 'forgot-password',
  BindNewIdentifier: 'profile',
} as const satisfies Record<CodePurpose, string>;

/** As people write it: phone numbers are kept without their plus. */
export const written = ({ type, value }: Identifier): string => (type === 'phone' ? `+${value}` : value);

const methodOf = ({ methods }: Rules, type: Identifier['type']) =>
  methods.find(({ identifier }) => identifier === type);

/** Undefined when no identifier was given. */
export function enterPasswordPage({ frame }: Framed, rules: Rules, { context }: Flow, typed: Typed) {
  const { identifier } = context;
  if (!identifier) return undefined;
  return {
    page: 'enter-password',
    frame,
    identifier: written(identifier),
    alternatives: methodOf(rules, identifier.type)?.verificationCode ? ['code'] : [],
    canResetPassword: rules.recoveryIdentifiers.length > 0,
    errors: typed.errors,
  } satisfies PageModel;
}

export function enterCodePage({ frame }: Framed, rules: Rules, flow: Flow, typed: Typed) {
  const { identifier, purpose } = codeRecordOf(flow);
  const isLinking = flow.context.relatedUserId !== undefined;
  const canUsePassword = purpose === 'SignIn' && !isLinking && methodOf(rules, identifier.type)?.password === true;
  return {
    page: 'enter-code',
    frame,
    channel: identifier.type,
    purpose: isLinking ? 'link-account' : PURPOSE[purpose],
    recipient: written(identifier),
    resendAfter: typed.errors.length > 0 ? 0 : RESEND_AFTER,
    alternatives: canUsePassword ? ['password'] : [],
    errors: typed.errors,
  } satisfies PageModel;
}

export function offerRegisterPage({ frame }: Framed, rules: Rules, flow: Flow, typed: Typed) {
  const address = written(codeRecordOf(flow).identifier);
  const { errors } = typed;
  const agreement = agreementToComplete(rules, flow.context);
  return { page: 'offer-register', frame, address, agreement, errors } satisfies PageModel;
}

export function offerSignInPage({ frame }: Framed, flow: Flow, { errors }: Typed) {
  return { page: 'offer-sign-in', frame, address: written(codeRecordOf(flow).identifier), errors } satisfies PageModel;
}

export async function forgotPasswordPage(
  deps: PageSources,
  { frame }: Framed,
  rules: Rules,
  { interaction, context }: Flow,
  typed: Typed,
): Promise<PageModel> {
  const { identifier, passwordExpired } = context;
  const known = identifier && identifier.type !== 'username' ? written(identifier) : undefined;
  return {
    page: 'forgot-password',
    frame,
    identifiers: rules.recoveryIdentifiers,
    identifier: typed.values.identifier ?? known ?? interaction.params.login_hint,
    isExpired: passwordExpired === true,
    captcha: await deps.captchaOf(interaction.tenantId),
    errors: typed.errors,
  };
}

/** Undefined when the account is gone. */
export async function resetPasswordPage(
  deps: PageSources,
  { frame }: Framed,
  scope: Scope,
  rules: Rules,
  { context }: Flow,
  typed: Typed,
): Promise<PageModel | undefined> {
  const account = context.userId ? await deps.users.find(scope, context.userId) : undefined;
  if (!account) return undefined;
  const { primaryPhone } = account;
  return {
    page: 'reset-password',
    frame,
    account: account.primaryEmail ?? (primaryPhone && `+${primaryPhone}`) ?? account.username ?? account.id,
    passwordRules: passwordRules(rules.settings),
    errors: typed.errors,
  };
}
