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

/** One link for each provider, in the operator's order. */
export function SocialButtons({ buttons }: { buttons: readonly SocialButton[] }) {
  const { phrases } = usePage();
  const usable = buttons.filter((button) => linkUrl(button.href));
  if (usable.length === 0) return null;
  return (
    <ul class="lk-social">
      {usable.map((button) => (
        <li key={button.connectorId}>
          <Link
            class={`lk-button lk-button-secondary lk-social-button lk-social-${cssName(button.target)}`}
            href={button.href}
          >
            <span class="lk-social-logo">
              <Picture light={button.logo} dark={button.logoDark} alt="" width={20} height={20} />
            </span>
            <span class="lk-social-label">{fillPhrase(phrases.social.continueWith, { name: button.name })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** A connector's target as part of a class name. */
function cssName(target: string): string {
  return target.toLowerCase().replace(/[^a-z\d_-]+/g, '-');
}
