import type { SignInExperience, SignInIdentifier } from '@latchkey/server/contract';

export type SignUp = SignInExperience['signUp'];
export type SignInMethod = SignInExperience['signIn']['methods'][number];

/** What a new account is named by; `custom` stands for a combination that was set through the API. */
export const signUpChoices = ['username', 'email', 'phone', 'emailOrPhone', 'none'] as const;
export type SignUpChoice = (typeof signUpChoices)[number] | 'custom';

const identifiersOf: Record<(typeof signUpChoices)[number], SignInIdentifier[]> = {
  username: ['username'],
  email: ['email'],
  phone: ['phone'],
  emailOrPhone: ['email', 'phone'],
  none: [],
};

const isSame = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((one) => others.includes(one));

export const signUpChoiceOf = ({ identifiers }: SignUp): SignUpChoice =>
  signUpChoices.find((choice) => isSame(identifiersOf[choice], identifiers)) ?? 'custom';

/** Another choice, with what has to go with it: a username needs a password, an address a proof. */
export function chooseSignUp(signUp: SignUp, choice: SignUpChoice): SignUp {
  if (choice === 'custom') return signUp;
  const identifiers = identifiersOf[choice];
  const secondary = signUp.secondaryIdentifiers?.filter(
    ({ identifier }) => !identifiers.some((primary) => primary === identifier) && choice !== 'none',
  );
  return {
    identifiers,
    password: choice === 'username' || (choice !== 'none' && signUp.password),
    verify: identifiers.some((identifier) => identifier !== 'username'),
    ...(secondary && secondary.length > 0 && { secondaryIdentifiers: secondary }),
  };
}

/** Identifiers that can be asked for beside those that name the account. */
export const secondaryChoices = ({ identifiers }: SignUp) =>
  (['username', 'email', 'phone'] as const).filter((identifier) => !identifiers.includes(identifier));

export function chooseSecondary({ secondaryIdentifiers: _, ...signUp }: SignUp, chosen: readonly string[]): SignUp {
  const secondaryIdentifiers = secondaryChoices(signUp)
    .filter((identifier) => chosen.includes(identifier))
    .map((identifier) => (identifier === 'username' ? { identifier } : { identifier, verify: true }));
  return secondaryIdentifiers.length > 0 ? { ...signUp, secondaryIdentifiers } : signUp;
}

/** What a sign-up identifier demands of its way to sign in: whoever registers must be able to come back. */
export const isDemanded = ({ identifiers, password }: SignUp, identifier: SignInIdentifier) => {
  const names = identifiers.includes(identifier);
  return {
    method: names,
    password: identifier === 'username' || (names && password),
    code: names && identifier !== 'username' && !password,
  };
};

const order: SignInIdentifier[] = ['username', 'email', 'phone'];

/** The ways to sign in, completed by what sign-up demands. */
export function completeMethods(methods: readonly SignInMethod[], signUp: SignUp): SignInMethod[] {
  const added = signUp.identifiers.filter((name) => !methods.some(({ identifier }) => identifier === name));
  const all = [...methods, ...added.map((identifier) => newMethod(identifier))];
  return all.map((method) => {
    const demanded = isDemanded(signUp, method.identifier);
    const password = method.password || demanded.password;
    const verificationCode = method.verificationCode || demanded.code;
    return {
      ...method,
      password,
      verificationCode,
      isPasswordPrimary: password && (method.isPasswordPrimary || !verificationCode),
    };
  });
}

const newMethod = (identifier: SignInIdentifier): SignInMethod => ({
  identifier,
  password: identifier === 'username',
  verificationCode: identifier !== 'username',
  isPasswordPrimary: identifier === 'username',
});

export function toggleMethod(methods: readonly SignInMethod[], identifier: SignInIdentifier, on: boolean) {
  const others = methods.filter((method) => method.identifier !== identifier);
  if (!on) return others;
  const place = (method: SignInMethod) => order.indexOf(method.identifier);
  return [...others, newMethod(identifier)].toSorted((one, other) => place(one) - place(other));
}

export function changeMethod(methods: readonly SignInMethod[], changed: SignInMethod): SignInMethod[] {
  return methods.map((method) => (method.identifier === changed.identifier ? changed : method));
}
