import type { PublicCaptchaConfig } from '../../captcha-provider/captcha-provider.contract.ts';

/** What a page may load, where its forms may lead and who may frame it. */
export interface PolicyOptions {
  nonce: string;
  /** Public URL of the tenant. */
  endpoint: string;
  /** Where the authorization request will send the browser in the end. */
  redirectUri?: string | undefined;
  /** The one origin that may frame the page; nobody without it. */
  frameAncestor?: string | undefined;
  /** The tenant's captcha, whose provider's script and frame may be loaded. */
  captcha?: PublicCaptchaConfig | undefined;
  /** Google's script may offer its accounts. */
  oneTap?: boolean | undefined;
}

/** https://developers.google.com/identity/gsi/web/guides/get-google-api-clientid#content_security_policy */
const ONE_TAP_ORIGIN = 'https://accounts.google.com/gsi/';

const isPlainHttp = (url: string): boolean => url.startsWith('http:');

/**
 * Chromium applies form-action to every redirect that follows a form: after the password come the protocol, the app's
 * redirect URI and whatever the app redirects to in turn, which nobody here can list.
 * So the schemes that the chain can have are named: https, the scheme of the app's own URI (an app on a phone has one
 * of its own), and http only where the app itself is still on http.
 * What it keeps out is a form that would post to `javascript:`, `data:` or in clear text.
 */
function formTargets(redirectUri: string | undefined): string {
  const scheme = redirectUri && URL.canParse(redirectUri) ? new URL(redirectUri).protocol : 'https:';
  const safe = /^[a-z][a-z\d+.-]*:$/.test(scheme) && !['javascript:', 'data:', 'blob:'].includes(scheme);
  return [...new Set(["'self'", 'https:', ...(safe ? [scheme] : [])])].join(' ');
}

/** Origins of a captcha provider's script, frame and requests; the proof of work needs a worker of our own instead. */
function captchaOrigins(captcha: PublicCaptchaConfig | undefined): string[] {
  if (captcha?.type === 'Turnstile') return ['https://challenges.cloudflare.com'];
  if (captcha?.type !== 'RecaptchaEnterprise') return [];
  const domain = captcha.domain ?? 'www.google.com';
  return [`https://${domain}`, `https://${domain.replace('www.', 'recaptcha.')}`];
}

/** The Content-Security-Policy of a hosted page: style and script by nonce, pictures from the operator's hosts. */
export function contentSecurityPolicy(options: PolicyOptions): string {
  const { nonce, endpoint, redirectUri, frameAncestor, captcha, oneTap } = options;
  const provider = [...captchaOrigins(captcha), ...(oneTap ? [ONE_TAP_ORIGIN] : [])];
  return [
    "default-src 'none'",
    // A provider's script loads others, which only it can name.
    `script-src 'nonce-${nonce}'${provider.length > 0 ? " 'strict-dynamic'" : ''}`,
    `style-src 'nonce-${nonce}'${oneTap ? ` ${ONE_TAP_ORIGIN}style` : ''}`,
    `img-src 'self' https: data:${isPlainHttp(endpoint) ? ' http:' : ''}`,
    'font-src https: data:',
    ["connect-src 'self'", ...provider].join(' '),
    ...(provider.length > 0 ? [['frame-src', ...provider].join(' ')] : []),
    ...(captcha?.type === 'ProofOfWork' ? ["worker-src 'self'"] : []),
    `form-action ${formTargets(redirectUri)}`,
    `frame-ancestors ${frameAncestor ?? "'none'"}`,
    "base-uri 'none'",
  ].join('; ');
}
