import type { ComponentChildren } from 'preact';
import { usePage } from '../page-context.ts';
import { linkUrl } from '../urls.ts';
import { Brand } from './brand.tsx';
import { Mark } from './icons.tsx';
import { Link } from './link.tsx';
import { RichPhrase } from './rich-phrase.tsx';

function Support() {
  const { frame, phrases } = usePage();
  const { email, websiteUrl } = frame.support ?? {};
  if (linkUrl(websiteUrl)) {
    return (
      <li>
        <Link href={websiteUrl} newTab>
          {phrases.page.support}
        </Link>
      </li>
    );
  }
  if (!email) return null;
  return (
    <li>
      <a href={`mailto:${encodeURIComponent(email)}`}>{phrases.page.support}</a>
    </li>
  );
}

/** What stands below every page. */
export function Footer({ policies }: { policies: boolean }) {
  const { frame, phrases } = usePage();
  const product = (
    <span class="lk-product" translate={false}>
      <Mark size={16} />
      Latchkey
    </span>
  );
  return (
    <footer class="lk-footer">
      <ul class="lk-footer-links">
        {policies && linkUrl(frame.termsOfUseUrl) && (
          <li>
            <Link href={frame.termsOfUseUrl} newTab>
              {phrases.page.terms}
            </Link>
          </li>
        )}
        {policies && linkUrl(frame.privacyPolicyUrl) && (
          <li>
            <Link href={frame.privacyPolicyUrl} newTab>
              {phrases.page.privacy}
            </Link>
          </li>
        )}
        <Support />
      </ul>
      {!frame.branding.hideLogtoBranding && (
        <p class="lk-powered-by">
          <RichPhrase phrase={phrases.page.poweredBy} values={{ product }} />
        </p>
      )}
    </footer>
  );
}

interface LayoutProps {
  title: string;
  /** A picture above the title. */
  picture?: ComponentChildren;
  /** A sentence or two below the title. */
  lead?: ComponentChildren;
  /** False on pages whose agreement sentence already links to the policies. */
  policiesInFooter?: boolean;
  children?: ComponentChildren;
}

/** What a tenant has written for the page (features 2.1). */
function OwnContent() {
  const { content } = usePage().frame;
  return content ? <aside class="lk-content" dangerouslySetInnerHTML={{ __html: content }} /> : null;
}

/** The one card every page is. */
export function Layout({ title, picture, lead, policiesInFooter = true, children }: LayoutProps) {
  return (
    <div class="lk-page" inert={usePage().frame.preview}>
      <main class="lk-card">
        <Brand />
        {picture}
        <h1 class="lk-title">{title}</h1>
        {lead && <div class="lk-lead">{lead}</div>}
        {children}
      </main>
      <OwnContent />
      <Footer policies={policiesInFooter} />
    </div>
  );
}
