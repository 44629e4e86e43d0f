import type { Scope } from '../../../kernel/scope.ts';
import { maskAddress } from '../mfa/mask-address.ts';
import type { PageModel } from '../sign-in.contract.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { SignInService } from '../sign-in.service.ts';
import type { Framed } from './page-frame.ts';
import type { Typed } from './page-models.ts';
import { RESEND_AFTER } from './proof-models.ts';

/** Models of the pages on which second factors and passkeys are proved and set up. */

type Service = Pick<SignInService, 'factorToProve' | 'factorToBind'>;

export async function mfaVerifyPage(
  service: Service,
  { frame }: Framed,
  scope: Scope,
  flow: Flow,
  { errors }: Typed,
): Promise<PageModel | undefined> {
  const { factor, others, trustDays, options, recipient } = await service.factorToProve(scope, flow);
  if (!factor) return undefined;
  return {
    page: 'mfa-verify',
    frame,
    factor,
    others,
    ...(options && { options: JSON.stringify(options) }),
    ...(recipient && {
      // Whoever has the password alone learns no address by it.
      recipient: maskAddress(recipient),
      resendAfter: errors.length > 0 ? 0 : RESEND_AFTER,
    }),
    ...(trustDays !== undefined && { trustDays }),
    errors,
  };
}

/** Undefined when nothing is on offer any more. */
export function mfaSetupPage({ frame }: Framed, { context }: Flow, { errors }: Typed): PageModel | undefined {
  const { setup } = context;
  if (!setup || setup.reason === 'sign-in') return undefined;
  const { reason, factors, canSkip } = setup;
  return { page: 'mfa-setup', frame, reason, factors, canSkip, errors };
}

const CHOICE = { 'bind-totp': 'Totp', 'bind-passkey': 'WebAuthn' } as const;

export async function bindFactorPage(
  service: Service,
  { frame }: Framed,
  scope: Scope,
  flow: Flow,
  typed: Typed,
): Promise<PageModel> {
  const { state, setup } = flow.context;
  const shown = await service.factorToBind(scope, flow);
  const { errors } = typed;
  if (shown.kind === 'backup-codes') return { page: 'bind-backup-codes', frame, codes: shown.codes, errors };
  const current =
    shown.kind === 'address'
      ? ({ email: 'EmailVerificationCode', phone: 'PhoneVerificationCode' } as const)[shown.channel]
      : CHOICE[state as keyof typeof CHOICE];
  const others = setup?.factors.filter((factor) => factor !== current) ?? [];
  const common = { frame, others, canSkip: setup?.canSkip ?? false, errors };
  if (shown.kind === 'totp') {
    const { secret, secretQrCode: qrCode, uri } = shown;
    return { page: 'bind-totp', ...common, secret, qrCode, uri };
  }
  if (shown.kind === 'passkey') {
    const purpose = shown.forSignIn ? 'sign-in' : 'factor';
    return { page: 'bind-passkey', ...common, purpose, options: JSON.stringify(shown.options) };
  }
  return { page: 'bind-address', ...common, channel: shown.channel, identifier: typed.values.identifier };
}
