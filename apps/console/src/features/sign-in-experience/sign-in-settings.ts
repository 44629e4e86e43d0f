import type { SignInExperience, UpdateSignInExperience } from '@latchkey/server/contract';
import { completeMethods } from './sign-up-rules.ts';

/** What the Console edits of the sign-in experience, flat and as text so that half-typed values have a place. */
export type EditedSettings = {
  primaryColor: string;
  isDarkModeEnabled: boolean;
  darkPrimaryColor: string;
  logoUrl: string;
  darkLogoUrl: string;
  favicon: string;
  darkFavicon: string;
  hideBranding: boolean;
  customCss: string;
  /** HTML of the tenant's own by the path of a page. */
  ownContent: SignInExperience['customContent'];
  /** Pages of the tenant's own in place of the built-in ones, and what these may load beside themselves. */
  ownPages: SignInExperience['customUiAssets'];
  scriptSources: string[];
  connectSources: string[];
  signInMode: SignInExperience['signInMode'];
  signUp: SignInExperience['signUp'];
  methods: SignInExperience['signIn']['methods'];
  forgotPasswordMethods: SignInExperience['forgotPasswordMethods'];
  socialTargets: string[];
  automaticLinking: boolean;
  /** Whether those who register with a social account have to give the sign-up identifier too. */
  askIdentifier: boolean;
  /** The questions of sign-up in their order; null asks for the whole catalogue. */
  signUpFields: SignInExperience['signUpProfileFields'];
  termsOfUseUrl: string;
  privacyPolicyUrl: string;
  agreeToTermsPolicy: SignInExperience['agreeToTermsPolicy'];
  autoDetectLanguage: boolean;
  fallbackLanguage: string;
  supportEmail: string;
  supportWebsiteUrl: string;
  unknownSessionRedirectUrl: string;
};

const imageFields = ['logoUrl', 'darkLogoUrl', 'favicon', 'darkFavicon'] as const;

export function toSettings(wire: SignInExperience): EditedSettings {
  return {
    primaryColor: wire.color.primaryColor,
    isDarkModeEnabled: wire.color.isDarkModeEnabled,
    darkPrimaryColor: wire.color.darkPrimaryColor,
    logoUrl: wire.branding.logoUrl ?? '',
    darkLogoUrl: wire.branding.darkLogoUrl ?? '',
    favicon: wire.branding.favicon ?? '',
    darkFavicon: wire.branding.darkFavicon ?? '',
    hideBranding: wire.hideLogtoBranding,
    customCss: wire.customCss ?? '',
    ownContent: wire.customContent,
    ownPages: wire.customUiAssets,
    scriptSources: wire.customUiCsp.scriptSrc ?? [],
    connectSources: wire.customUiCsp.connectSrc ?? [],
    signInMode: wire.signInMode,
    signUp: wire.signUp,
    methods: wire.signIn.methods,
    forgotPasswordMethods: wire.forgotPasswordMethods,
    socialTargets: wire.socialSignInConnectorTargets,
    automaticLinking: wire.socialSignIn.automaticAccountLinking === true,
    askIdentifier: wire.socialSignIn.skipRequiredIdentifiers !== true,
    signUpFields: wire.signUpProfileFields,
    termsOfUseUrl: wire.termsOfUseUrl ?? '',
    privacyPolicyUrl: wire.privacyPolicyUrl ?? '',
    agreeToTermsPolicy: wire.agreeToTermsPolicy,
    autoDetectLanguage: wire.languageInfo.autoDetect,
    fallbackLanguage: wire.languageInfo.fallbackLanguage,
    supportEmail: wire.supportEmail ?? '',
    supportWebsiteUrl: wire.supportWebsiteUrl ?? '',
    unknownSessionRedirectUrl: wire.unknownSessionRedirectUrl ?? '',
  };
}

function brandingOf(wire: SignInExperience, settings: EditedSettings): SignInExperience['branding'] {
  const branding = { ...wire.branding };
  for (const field of imageFields) {
    const url = settings[field].trim();
    if (url) branding[field] = url;
    else delete branding[field];
  }
  return branding;
}

/** Whether anybody can register. */
export const isOpen = ({ signInMode }: EditedSettings) => signInMode !== 'SignIn';

/** The ways to sign in, with those that sign-up demands while it is open. */
export const methodsOf = (settings: EditedSettings) =>
  isOpen(settings) ? completeMethods(settings.methods, settings.signUp) : settings.methods;

function socialSignInOf({ socialSignIn }: SignInExperience, { automaticLinking, askIdentifier }: EditedSettings) {
  const next = { ...socialSignIn };
  // A value that is absent on the wire means no, so a no is written only over a yes.
  if ((next.automaticAccountLinking === true) !== automaticLinking) next.automaticAccountLinking = automaticLinking;
  if ((next.skipRequiredIdentifiers === true) === askIdentifier) next.skipRequiredIdentifiers = !askIdentifier;
  return next;
}

function sourcesOf({ customUiCsp }: SignInExperience, { scriptSources, connectSources }: EditedSettings) {
  return {
    ...customUiCsp,
    ...((customUiCsp.scriptSrc || scriptSources.length > 0) && { scriptSrc: scriptSources }),
    ...((customUiCsp.connectSrc || connectSources.length > 0) && { connectSrc: connectSources }),
  };
}

/** The fields of the wire that differ from what is stored; empty when nothing was changed. */
export function toPatch(wire: SignInExperience, settings: EditedSettings): UpdateSignInExperience {
  const { primaryColor, isDarkModeEnabled, darkPrimaryColor } = settings;
  // What is stored already stays as it is until something of it is edited.
  const isUntouched =
    settings.methods === wire.signIn.methods &&
    settings.signUp === wire.signUp &&
    settings.signInMode === wire.signInMode;
  const signInMethods = isUntouched ? wire.signIn.methods : methodsOf(settings);
  const next: UpdateSignInExperience = {
    color: { ...wire.color, primaryColor, isDarkModeEnabled, darkPrimaryColor },
    branding: brandingOf(wire, settings),
    customCss: settings.customCss.trim() ? settings.customCss : null,
    customContent: settings.ownContent,
    customUiAssets: settings.ownPages,
    customUiCsp: sourcesOf(wire, settings),
    hideLogtoBranding: settings.hideBranding,
    signInMode: settings.signInMode,
    signUp: settings.signUp,
    signIn: { ...wire.signIn, methods: signInMethods },
    forgotPasswordMethods: settings.forgotPasswordMethods,
    socialSignInConnectorTargets: settings.socialTargets,
    socialSignIn: socialSignInOf(wire, settings),
    signUpProfileFields: settings.signUpFields,
    termsOfUseUrl: settings.termsOfUseUrl.trim() || null,
    privacyPolicyUrl: settings.privacyPolicyUrl.trim() || null,
    agreeToTermsPolicy: settings.agreeToTermsPolicy,
    languageInfo: {
      ...wire.languageInfo,
      autoDetect: settings.autoDetectLanguage,
      fallbackLanguage: settings.fallbackLanguage,
    },
    supportEmail: settings.supportEmail.trim() || null,
    supportWebsiteUrl: settings.supportWebsiteUrl.trim() || null,
    unknownSessionRedirectUrl: settings.unknownSessionRedirectUrl.trim() || null,
  };
  const changed = Object.entries(next).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(wire[key as keyof SignInExperience]),
  );
  return Object.fromEntries(changed);
}

export const settingsTabs = ['branding', 'sign-up-and-sign-in', 'collect-user-profile', 'content'] as const;
export type SettingsTab = (typeof settingsTabs)[number];
export type SettingsProblem = 'color' | 'url' | 'urlTooLong' | 'email';

/** The tab that holds each field that can be wrong, in the order of the page. */
const checkedFields = {
  primaryColor: 'branding',
  darkPrimaryColor: 'branding',
  logoUrl: 'branding',
  darkLogoUrl: 'branding',
  favicon: 'branding',
  darkFavicon: 'branding',
  termsOfUseUrl: 'content',
  privacyPolicyUrl: 'content',
  supportEmail: 'content',
  supportWebsiteUrl: 'content',
  unknownSessionRedirectUrl: 'content',
} as const satisfies Partial<Record<keyof EditedSettings, SettingsTab>>;

export type CheckedField = keyof typeof checkedFields;
export type SettingsProblems = Partial<Record<CheckedField, SettingsProblem>>;

const maxUrlLength = 2048;

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}

function problemOf(field: CheckedField, value: string): SettingsProblem | undefined {
  const text = value.trim();
  if (field === 'primaryColor' || field === 'darkPrimaryColor') {
    return /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(text) ? undefined : 'color';
  }
  if (text === '') return undefined;
  if (field === 'supportEmail') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'email';
  if (text.length > maxUrlLength) return 'urlTooLong';
  return isWebAddress(text) ? undefined : 'url';
}

/** What the browser can tell is wrong before the server is asked. */
export function findProblems(settings: EditedSettings): SettingsProblems {
  const problems: SettingsProblems = {};
  for (const field of Object.keys(checkedFields) as CheckedField[]) {
    const problem = problemOf(field, settings[field]);
    if (problem) problems[field] = problem;
  }
  return problems;
}

/** The tab to show so that the reader sees the first problem. */
export function tabOfFirstProblem(problems: SettingsProblems): SettingsTab | undefined {
  const first = (Object.keys(checkedFields) as CheckedField[]).find((field) => field in problems);
  return first && checkedFields[first];
}
