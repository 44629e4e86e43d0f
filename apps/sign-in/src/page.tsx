import type { PageModel, PageName, PageOf } from '@latchkey/server/contract';
import type { ComponentType } from 'preact';
import { ConsentPage } from './pages/consent.tsx';
import { DeviceConfirmPage, DeviceDonePage, DevicePage } from './pages/device.tsx';
import { EnterCodePage } from './pages/enter-code.tsx';
import { EnterPasswordPage } from './pages/enter-password.tsx';
import { InvitationEndedPage, InvitationPage } from './pages/invitation.tsx';
import { LinkAccountPage } from './pages/link-account.tsx';
import { LinkEndedPage, OneTimeTokenPage, SwitchAccountPage } from './pages/mailed-link.tsx';
import {
  BindAddressPage,
  BindBackupCodesPage,
  BindPasskeyPage,
  BindTotpPage,
  MfaSetupPage,
} from './pages/mfa-setup.tsx';
import { MfaVerifyPage } from './pages/mfa-verify.tsx';
import { ErrorPage, NoticePage } from './pages/notices.tsx';
import { OfferRegisterPage, OfferSignInPage } from './pages/offers.tsx';
import { OneTapPage } from './pages/one-tap.tsx';
import { ProfilePage } from './pages/profile.tsx';
import { ForgotPasswordPage, ResetPasswordPage } from './pages/recovery.tsx';
import { RegisterPage } from './pages/register.tsx';
import { SetPasswordPage } from './pages/set-password.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { HandOverPage, SignedOutPage, SignOutPage } from './pages/sign-out.tsx';
import { SingleSignOnPage } from './pages/single-sign-on.tsx';

const pages: { [Name in PageName]: ComponentType<{ page: PageOf<Name> }> } = {
  'sign-in': SignInPage,
  'enter-password': EnterPasswordPage,
  'enter-code': EnterCodePage,
  register: RegisterPage,
  'offer-register': OfferRegisterPage,
  'offer-sign-in': OfferSignInPage,
  'forgot-password': ForgotPasswordPage,
  'reset-password': ResetPasswordPage,
  'set-password': SetPasswordPage,
  profile: ProfilePage,
  'link-account': LinkAccountPage,
  'single-sign-on': SingleSignOnPage,
  'one-time-token': OneTimeTokenPage,
  'switch-account': SwitchAccountPage,
  'link-ended': LinkEndedPage,
  'one-tap': OneTapPage,
  'mfa-verify': MfaVerifyPage,
  'mfa-setup': MfaSetupPage,
  'bind-totp': BindTotpPage,
  'bind-passkey': BindPasskeyPage,
  'bind-backup-codes': BindBackupCodesPage,
  'bind-address': BindAddressPage,
  consent: ConsentPage,
  device: DevicePage,
  'device-confirm': DeviceConfirmPage,
  'device-done': DeviceDonePage,
  'sign-out': SignOutPage,
  'hand-over': HandOverPage,
  'signed-out': SignedOutPage,
  'mfa-recovery': NoticePage,
  invitation: InvitationPage,
  'invitation-ended': InvitationEndedPage,
  error: ErrorPage,
  'session-lost': NoticePage,
  suspended: NoticePage,
  'not-found': NoticePage,
};

/** The page that a model is for. */
export function Page({ page }: { page: PageModel }) {
  const Component = pages[page.page] as ComponentType<{ page: PageModel }>;
  return <Component page={page} />;
}
