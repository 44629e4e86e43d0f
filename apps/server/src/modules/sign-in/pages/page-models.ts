import type { Scope } from '../../../kernel/scope.ts';
import type { PublicCaptchaConfig } from '../../captcha-provider/captcha-provider.contract.ts';
import type { SocialConnectorSummary } from '../../connectors/index.ts';
import { effectivePolicy } from '../../credentials/index.ts';
import type { PasskeyAuthenticationOptions } from '../../factors/webauthn.contract.ts';
import type { SignInSettings } from '../../sign-in-experience/sign-in-experience.contract.ts';
import type {
  FormError,
  OneTapPrompt,
  PageFrame,
  PageModel,
  PasswordRules,
  SocialButton,
} from '../sign-in.contract.ts';
import type { SignInDependencies } from '../sign-in.dependencies.ts';
import type { Flow } from '../sign-in.flows.ts';
import { signInPaths } from '../sign-in.paths.ts';
import type { Rules } from '../sign-in.rules.ts';
import type { Framed } from './page-frame.ts';

/** What a page shows beside its state: why the form was refused, and what was typed (never the password). */
export interface Typed {
  errors: FormError[];
  /** Of the answer, where the form was refused. */
  status?: number;
  /** By the name of the field. */
  values: Readonly<Record<string, string>>;
}

/** Where the models come from, beside the flow. */
export type PageSources = Pick<
  SignInDependencies,
  'connectors' | 'enterpriseSso' | 'users' | 'organizations' | 'messages' | 'profileFields'
> & {
  /** The captcha that the tenant has switched on. */
  captchaOf(tenantId: string): Promise<PublicCaptchaConfig | undefined>;
};

export function passwordRules(settings: SignInSettings): PasswordRules {
  const { length, characterTypes, rejects } = effectivePolicy(settings.passwordPolicy);
  return {
    minLength: length.min,
    maxLength: length.max,
    minCharacterTypes: characterTypes.min,
    rejectsRepetitionAndSequence: rejects.repetitionAndSequence,
    rejectsUserInfo: rejects.userInfo,
    rejectsPwned: rejects.pwned,
    rejectsWords: rejects.words.length > 0,
  };
}

/** A connector's name in the page's language. */
export function nameOf(connector: SocialConnectorSummary, language: string): string {
  const { name } = connector;
  return name[language] ?? name[language.split('-')[0] ?? ''] ?? name.en ?? connector.target;
}

function button(connector: SocialConnectorSummary, frame: PageFrame): SocialButton {
  const query = frame.appId ? `?app_id=${encodeURIComponent(frame.appId)}` : '';
  return {
    target: connector.target,
    connectorId: connector.id,
    name: nameOf(connector, frame.language),
    logo: connector.logo,
    logoDark: connector.logoDark ?? undefined,
    href: `${frame.basePath}/social/${encodeURIComponent(connector.id)}${query}`,
  };
}

/** The buttons of these targets, in the operator's order; a native app's connector has no place in a browser. */
async function socialButtons(
  deps: PageSources,
  tenantId: string,
  targets: readonly string[],
  frame: PageFrame,
): Promise<SocialButton[]> {
  const connectors = (await deps.connectors.listSocial(tenantId)).filter(({ platform }) => platform !== 'Native');
  return targets
    .map((target) => connectors.find((connector) => connector.target === target))
    .filter((connector) => connector !== undefined)
    .map((connector) => button(connector, frame));
}

/** One page asks for everything, unless it depends on the identifier what follows. */
export const asksPasswordAtOnce = ({ methods }: Rules): boolean =>
  methods.every(({ password, verificationCode }) => password && !verificationCode);

export async function signInPage(
  deps: PageSources,
  { frame, applicationName }: Framed,
  rules: Rules,
  options: {
    tenantId: string;
    loginHint?: string | undefined;
    wasReset?: boolean | undefined;
    passkey?: PasskeyAuthenticationOptions | undefined;
    oneTap?: OneTapPrompt | undefined;
    typed: Typed;
  },
): Promise<PageModel> {
  return {
    page: 'sign-in',
    frame,
    applicationName,
    identifiers: rules.canSignIn ? rules.methods.map(({ identifier }) => identifier) : [],
    asksPassword: asksPasswordAtOnce(rules),
    canResetPassword: rules.recoveryIdentifiers.length > 0,
    ...(options.wasReset && { notice: 'password-changed' as const }),
    ...(options.passkey && {
      passkey: {
        options: JSON.stringify(options.passkey),
        button: rules.settings.passkeySignIn.showPasskeyButton === true,
        autofill: rules.settings.passkeySignIn.allowAutofill === true,
      },
    }),
    captcha: await deps.captchaOf(options.tenantId),
    oneTap: options.oneTap,
    identifier: options.typed.values.identifier ?? options.loginHint,
    social: await socialButtons(deps, options.tenantId, rules.socialTargets, frame),
    hasSingleSignOn: rules.settings.singleSignOnEnabled && (await deps.enterpriseSso.list(options.tenantId)).length > 0,
    canRegister: rules.canRegister,
    agreement: rules.agreement.signIn,
    errors: options.typed.errors,
  };
}

export async function registerPage(
  deps: PageSources,
  { frame, applicationName }: Framed,
  rules: Rules,
  options: {
    tenantId: string;
    isFirstAdministrator: boolean;
    loginHint?: string | undefined;
    oneTap?: OneTapPrompt | undefined;
    typed: Typed;
  },
): Promise<PageModel> {
  return {
    page: 'register',
    frame,
    applicationName: options.isFirstAdministrator ? undefined : applicationName,
    isFirstAdministrator: options.isFirstAdministrator,
    identifiers: rules.canRegisterWithUsername
      ? ['username']
      : rules.signUpIdentifiers.filter((identifier) => identifier !== 'username'),
    username: options.typed.values.username ?? options.loginHint,
    identifier: options.typed.values.identifier ?? options.loginHint,
    captcha: await deps.captchaOf(options.tenantId),
    oneTap: options.oneTap,
    passwordRules: passwordRules(rules.settings),
    social: await socialButtons(deps, options.tenantId, rules.socialTargets, frame),
    canSignIn: rules.canSignIn && !options.isFirstAdministrator,
    agreement: rules.agreement.register,
    errors: options.typed.errors,
  };
}

export async function profilePage(
  deps: PageSources,
  { frame }: Framed,
  rules: Rules,
  { interaction, context }: Flow,
  typed: Typed,
): Promise<PageModel> {
  const { social, sso } = context.profile;
  const { missing = [] } = context;
  const { tenantId } = interaction;
  const name = await sourceName(deps, tenantId, context.profile, frame.language);
  return {
    page: 'profile',
    frame,
    missing: missing.filter((kind) => kind !== 'extraProfile'),
    fields: missing.includes('extraProfile')
      ? await deps.profileFields.fields(tenantId, rules.settings.signUpProfileFields)
      : [],
    values: { ...usernameHint((social ?? sso)?.userInfo.rawData), ...typed.values },
    passwordRules: passwordRules(rules.settings),
    connectorName: name,
    agreement: agreementToComplete(rules, context),
    errors: typed.errors,
  };
}

/** What the provider is called that somebody has come from. */
async function sourceName(
  deps: PageSources,
  tenantId: string,
  { social, sso }: Pick<Flow['context']['profile'], 'social' | 'sso'>,
  language: string,
): Promise<string | undefined> {
  const connector = social && (await deps.connectors.findSocial(tenantId, social.connectorId));
  if (connector) return nameOf(connector, language);
  return sso && (await deps.enterpriseSso.find(tenantId, sso.connectorId))?.displayName;
}

/** Asks for the address, or lets somebody choose whose address several providers have. */
export async function singleSignOnPage(
  deps: PageSources,
  { frame }: Framed,
  { interaction, context }: Flow,
  typed: Typed,
): Promise<PageModel> {
  const { identifier } = context;
  const connectors = identifier ? await deps.enterpriseSso.listForEmail(interaction.tenantId, identifier.value) : [];
  const query = frame.appId ? `?app_id=${encodeURIComponent(frame.appId)}` : '';
  return {
    page: 'single-sign-on',
    frame,
    identifier: typed.values.identifier ?? identifier?.value ?? interaction.params.login_hint,
    choices: connectors.map(({ id, displayName, logo, darkLogo }) => ({
      connectorId: id,
      name: displayName,
      logo,
      logoDark: darkLogo,
      href: `${frame.basePath}${signInPaths.singleSignOn}/${encodeURIComponent(id)}${query}`,
    })),
    errors: typed.errors,
  };
}

/** Whoever has an account, or has accepted the terms on an earlier page, has agreed already. */
export const agreementToComplete = (
  rules: Rules,
  { userId, hasAgreed }: Flow['context'],
): Rules['agreement']['register'] => (userId === undefined && !hasAgreed ? rules.agreement.register : 'implied');

/** The name somebody goes by at the provider, if it can be a username here. */
function usernameHint(rawData: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  const name = rawData?.preferred_username ?? rawData?.nickname;
  return typeof name === 'string' && /^[A-Za-z_]\w*$/.test(name) ? { username: name } : {};
}

/** Undefined when the account it is about is gone. */
export async function linkAccountPage(
  deps: PageSources,
  { frame }: Framed,
  scope: Scope,
  { interaction, context }: Flow,
  typed: Typed,
): Promise<PageModel | undefined> {
  const { social, sso } = context.profile;
  const account = context.relatedUserId && (await deps.users.find(scope, context.relatedUserId));
  const name = await sourceName(deps, interaction.tenantId, { social, sso }, frame.language);
  if (!account || !name) return undefined;
  // The very provider that has just named somebody else cannot name the owner too.
  const others = Object.keys(account.identities).filter((target) => target !== social?.target);
  return {
    page: 'link-account',
    frame,
    connectorName: name,
    address: account.primaryEmail ?? (account.primaryPhone ? `+${account.primaryPhone}` : ''),
    hasPassword: account.hasPassword,
    canUseCode:
      Boolean(account.primaryEmail ?? account.primaryPhone) &&
      (await deps.messages.canSend(interaction.tenantId, account.primaryEmail ? 'Email' : 'Sms')),
    social: await socialButtons(deps, interaction.tenantId, others, frame),
    errors: typed.errors,
  };
}

/** Undefined when the link or its account is gone. */
export async function setPasswordPage(
  deps: PageSources,
  { frame }: Framed,
  scope: Scope,
  rules: Rules,
  { interaction, context, link }: Flow,
  typed: Typed,
): Promise<PageModel | undefined> {
  const account = context.userId ? await deps.users.find(scope, context.userId) : undefined;
  if (!account || link?.kind !== 'recover') return undefined;
  return {
    page: 'set-password',
    frame,
    token: interaction.params.setup_token ?? '',
    username: account.username ?? account.primaryEmail ?? account.name ?? account.id,
    passwordRules: passwordRules(rules.settings),
    errors: typed.errors,
  };
}
