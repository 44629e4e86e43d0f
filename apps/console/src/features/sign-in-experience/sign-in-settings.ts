import type { SignInExperience, UpdateSignInExperience } from '@latchkey/server/contract';

/** What the Console edits of the sign-in experience, flat and as text so that half-typed values have a place. */
export type EditedSettings = {
  primaryColor: string;
  isDarkModeEnabled: boolean;
  darkPrimaryColor: string;
  logoUrl: string;
  darkLogoUrl: string;
  favicon: string;
  customCss: string;
  registration: boolean;
  /** `custom` stands for identifiers that were set through the API and have no choice here. */
  signUpIdentifier: 'username' | 'none' | 'custom';
  usernameSignIn: boolean;
  socialTargets: string[];
  automaticLinking: boolean;
  /** Whether those who register with a social account have to choose a username too. */
  askUsername: boolean;
  termsOfUseUrl: string;
  privacyPolicyUrl: string;
  agreeToTermsPolicy: SignInExperience['agreeToTermsPolicy'];
};

const imageFields = ['logoUrl', 'darkLogoUrl', 'favicon'] as const;

function signUpIdentifierOf({ identifiers }: SignInExperience['signUp']): EditedSettings['signUpIdentifier'] {
  if (identifiers.length === 0) return 'none';
  return identifiers.length === 1 && identifiers[0] === 'username' ? 'username' : 'custom';
}

export function toSettings(wire: SignInExperience): EditedSettings {
  return {
    primaryColor: wire.color.primaryColor,
    isDarkModeEnabled: wire.color.isDarkModeEnabled,
    darkPrimaryColor: wire.color.darkPrimaryColor,
    logoUrl: wire.branding.logoUrl ?? '',
    darkLogoUrl: wire.branding.darkLogoUrl ?? '',
    favicon: wire.branding.favicon ?? '',
    customCss: wire.customCss ?? '',
    registration: wire.signInMode !== 'SignIn',
    signUpIdentifier: signUpIdentifierOf(wire.signUp),
    usernameSignIn: wire.signIn.methods.some(({ identifier }) => identifier === 'username'),
    socialTargets: wire.socialSignInConnectorTargets,
    automaticLinking: wire.socialSignIn.automaticAccountLinking === true,
    askUsername: wire.socialSignIn.skipRequiredIdentifiers !== true,
    termsOfUseUrl: wire.termsOfUseUrl ?? '',
    privacyPolicyUrl: wire.privacyPolicyUrl ?? '',
    agreeToTermsPolicy: wire.agreeToTermsPolicy,
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

function signUpOf(wire: SignInExperience, { signUpIdentifier }: EditedSettings): SignInExperience['signUp'] {
  if (signUpIdentifier === signUpIdentifierOf(wire.signUp)) return wire.signUp;
  return signUpIdentifier === 'username'
    ? { identifiers: ['username'], password: true, verify: false }
    : { identifiers: [], password: false, verify: false };
}

/** Whether the username form is offered; a username that people register with must let them in again. */
export const offersUsername = ({ signUpIdentifier, usernameSignIn }: EditedSettings) =>
  signUpIdentifier === 'username' || usernameSignIn;

function signInOf({ signIn }: SignInExperience, settings: EditedSettings): SignInExperience['signIn'] {
  const others = signIn.methods.filter(({ identifier }) => identifier !== 'username');
  if (!offersUsername(settings)) return { ...signIn, methods: others };
  if (others.length < signIn.methods.length) return signIn;
  const username = {
    identifier: 'username',
    password: true,
    verificationCode: false,
    isPasswordPrimary: true,
  } as const;
  return { ...signIn, methods: [username, ...others] };
}

function signInModeOf({ signInMode }: SignInExperience, { registration }: EditedSettings) {
  if ((signInMode !== 'SignIn') === registration) return signInMode;
  return registration ? 'SignInAndRegister' : 'SignIn';
}

function socialSignInOf({ socialSignIn }: SignInExperience, { automaticLinking, askUsername }: EditedSettings) {
  const next = { ...socialSignIn };
  // A value that is absent on the wire means no, so a no is written only over a yes.
  if ((next.automaticAccountLinking === true) !== automaticLinking) next.automaticAccountLinking = automaticLinking;
  if ((next.skipRequiredIdentifiers === true) === askUsername) next.skipRequiredIdentifiers = !askUsername;
  return next;
}

/** The fields of the wire that differ from what is stored; empty when nothing was changed. */
export function toPatch(wire: SignInExperience, settings: EditedSettings): UpdateSignInExperience {
  const { primaryColor, isDarkModeEnabled, darkPrimaryColor } = settings;
  const next: UpdateSignInExperience = {
    color: { ...wire.color, primaryColor, isDarkModeEnabled, darkPrimaryColor },
    branding: brandingOf(wire, settings),
    customCss: settings.customCss.trim() ? settings.customCss : null,
    signInMode: signInModeOf(wire, settings),
    signUp: signUpOf(wire, settings),
    signIn: signInOf(wire, settings),
    socialSignInConnectorTargets: settings.socialTargets,
    socialSignIn: socialSignInOf(wire, settings),
    termsOfUseUrl: settings.termsOfUseUrl.trim() || null,
    privacyPolicyUrl: settings.privacyPolicyUrl.trim() || null,
    agreeToTermsPolicy: settings.agreeToTermsPolicy,
  };
  const changed = Object.entries(next).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(wire[key as keyof SignInExperience]),
  );
  return Object.fromEntries(changed);
}

export type SettingsTab = 'branding' | 'sign-up-and-sign-in';
export type SettingsProblem = 'color' | 'url' | 'urlTooLong';

/** The tab that holds each field that can be wrong, in the order of the page. */
const checkedFields = {
  primaryColor: 'branding',
  darkPrimaryColor: 'branding',
  logoUrl: 'branding',
  darkLogoUrl: 'branding',
  favicon: 'branding',
  termsOfUseUrl: 'sign-up-and-sign-in',
  privacyPolicyUrl: 'sign-up-and-sign-in',
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
