import { fillPhrase } from '@latchkey/phrases/sign-in';
import type { SocialButton } from '@latchkey/server/contract';
import { usePage } from '../page-context.ts';
import { linkUrl } from '../urls.ts';
import { Link } from './link.tsx';
import { Picture } from './picture.tsx';

/** The line between the form and the social buttons. */
export function Divider() {
  return (
    <div class="lk-divider">
      <span>{usePage().phrases.social.or}</span>
    </div>
  );
}

interface ProviderLink {
  connectorId: string;
  name: string;
  logo: string;
  logoDark?: string | undefined;
  href: string;
  /** Part of a class name of its own. */
  cssName: string;
}

/** One link for each provider that somebody may go on with. */
export function ProviderLinks({ links }: { links: readonly ProviderLink[] }) {
  const { phrases } = usePage();
  const usable = links.filter((link) => linkUrl(link.href));
  if (usable.length === 0) return null;
  return (
    <ul class="lk-social">
      {usable.map((link) => (
        <li key={link.connectorId}>
          <Link class={`lk-button lk-button-secondary lk-social-button lk-social-${link.cssName}`} href={link.href}>
            <span class="lk-social-logo">
              <Picture light={link.logo} dark={link.logoDark} alt="" width={20} height={20} />
            </span>
            <span class="lk-social-label">{fillPhrase(phrases.social.continueWith, { name: link.name })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The social connectors, in the operator's order. */
export const SocialButtons = ({ buttons }: { buttons: readonly SocialButton[] }) => (
  <ProviderLinks links={buttons.map((button) => ({ ...button, cssName: cssName(button.target) }))} />
);

/** A connector's target as part of a class name. */
function cssName(target: string): string {
  return target.toLowerCase().replace(/[^a-z\d_-]+/g, '-');
}
