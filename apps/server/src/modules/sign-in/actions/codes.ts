import { audit } from '../../../kernel/audit.ts';
import { RequestError } from '../../../kernel/errors.ts';
import { standardId } from '../../../kernel/ids.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Address, CodePurpose, CodeRecord } from '../flow-context.ts';
import { isEmail } from '../identifiers.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import { countAttempt, forgetAttempts } from './attempts.ts';
import { checkAddress } from './new-credentials.ts';

type Dependencies = Pick<SignInDependencies, 'users' | 'messages'>;

const recordTypes = { email: 'EmailVerificationCode', phone: 'PhoneVerificationCode' } as const;

/**
 * Whether a code has anybody to go to (features 2.5). Where it has not, everything but the message itself happens,
 * so that the answer and its time are the same.
 */
function hasReader(rules: Rules, account: Account | undefined, { type }: Address, purpose: CodePurpose): boolean {
  switch (purpose) {
    case 'ForgotPassword':
      return account !== undefined;
    case 'SignIn':
      return account !== undefined || rules.signUpIdentifiers.includes(type);
    default:
      return true;
  }
}

/** Sends a code to an address and gives the record of it, which is proved by entering the code. */
export async function sendCode(
  deps: Dependencies,
  scope: Scope,
  flow: Flow,
  rules: Rules,
  input: { identifier: Address; purpose: CodePurpose },
): Promise<CodeRecord> {
  const { identifier, purpose } = input;
  if (identifier.type === 'email' && !isEmail(identifier.value)) throw fail('user.invalid_email');
  if (purpose === 'Register' || purpose === 'BindNewIdentifier') checkAddress(rules, identifier);
  const type = recordTypes[identifier.type];
  const { application, id: flowId } = flow.interaction;
  const account = await deps.users.findByIdentifier(scope, identifier);
  const { id: codeId } = await deps.messages.codes.send(scope, {
    recipient: identifier,
    // An account is opened by who reads its own mailbox, whatever was typed.
    spelling: identifier.type === 'email' ? (account?.primaryEmail ?? undefined) : undefined,
    purpose,
    flowId,
    deliver: hasReader(rules, account, identifier, purpose),
    locales: flow.languages,
    context: { application: { id: application.id, name: application.name } },
  });
  await audit(scope, {
    key: `Interaction.${flow.context.event}.Verification.${type}.Create`,
    details: { applicationId: application.id, identifier, purpose },
  });
  return { id: standardId(), type, identifier, purpose, codeId, verified: false };
}

/** Checks the code that the address's owner has read. Each try counts for the address, whatever comes of it. */
export async function verifyCode(
  deps: Dependencies,
  scope: Scope,
  flow: Flow,
  rules: Rules,
  input: { record: CodeRecord; code: string },
): Promise<CodeRecord> {
  const { record, code } = input;
  const { identifier, purpose, codeId } = record;
  const key = `Interaction.${flow.context.event}.Verification.${record.type}.Submit`;
  const details = { applicationId: flow.interaction.application.id, identifier };
  await countAttempt(scope, rules.settings.sentinelPolicy, identifier, 'VerificationCode');
  try {
    await deps.messages.codes.verify(scope, {
      recipient: identifier,
      purpose,
      flowId: flow.interaction.id,
      id: codeId,
      code,
    });
  } catch (error) {
    if (error instanceof RequestError) {
      await audit(scope, { key, result: 'Error', details: { ...details, error: error.code } });
    }
    throw error;
  }
  await forgetAttempts(scope, identifier, 'VerificationCode');
  await audit(scope, { key, details });
  return { ...record, verified: true };
}
