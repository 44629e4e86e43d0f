import { type Scope, transaction } from '../../../kernel/scope.ts';
import type { Identifier } from '../flow-context.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import type { Flow } from '../sign-in.flows.ts';

type Dependencies = Pick<SignInDependencies, 'users' | 'actions'>;
type UserPatch = NonNullable<Awaited<ReturnType<SignInDependencies['actions']['beforeSignInEnds']>>>;

/** Custom data and the profile are added to, everything else is replaced. */
const merged = (patch: UserPatch, account?: Account) => ({
  ...patch,
  ...(patch.customData && { customData: { ...account?.customData, ...patch.customData } }),
  ...(patch.profile && { profile: { ...account?.profile, ...patch.profile } }),
});

const COLUMNS = { username: 'username', email: 'primaryEmail', phone: 'primaryPhone' } as const;

/** Leaves out what a script sets to nothing. */
const present = <Value extends object>(value: Value) =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null)) as {
    [Name in keyof Value]: NonNullable<Value[Name]>;
  };

/**
 * Asks the tenant's script about a password that is not right here (features 3.4). When the script has checked it
 * elsewhere, the account is made or brought up to date, and has this password from now on.
 */
export async function migrateByScript(
  deps: Dependencies,
  scope: Scope,
  flow: Flow,
  { identifier, password }: { identifier: Identifier; password: string },
): Promise<Account | undefined> {
  if (flow.context.event !== 'SignIn') return undefined;
  const known = await deps.users.findByIdentifier(scope, identifier);
  const decision = await deps.actions.afterWrongPassword(scope, { identifier, userId: known?.id, password });
  // A script that would make an account that is there, or change one that is not, has decided about another state.
  if (!decision || (decision.action === 'createUser') !== (known === undefined)) return undefined;
  const patch = merged(decision.user ?? {}, known);
  return transaction(scope, async (tx) => {
    if (!known)
      return deps.users.create(tx, { ...present(patch), [COLUMNS[identifier.type]]: identifier.value, password });
    await deps.users.update(tx, known.id, patch);
    return deps.users.setPassword(tx, known.id, password);
  });
}

/** What the tenant's script changes of a user who is about to be signed in. */
export async function patchByScript(deps: Dependencies, scope: Scope, account: Account) {
  const patch = await deps.actions.beforeSignInEnds(scope, account.id);
  return patch && merged(patch, account);
}
