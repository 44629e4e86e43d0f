import { usePage } from '../page-context.ts';
import { linkUrl } from '../urls.ts';
import { Link } from './link.tsx';
import { RichPhrase } from './rich-phrase.tsx';

interface PolicyUrls {
  termsOfUseUrl?: string | undefined;
  privacyPolicyUrl?: string | undefined;
}

/** Whether there is any policy to read. */
export function hasPolicies({ termsOfUseUrl, privacyPolicyUrl }: PolicyUrls): boolean {
  return Boolean(linkUrl(termsOfUseUrl) || linkUrl(privacyPolicyUrl));
}

/** Links to the terms and the privacy policy, as one piece of a sentence. */
export function Policies({ termsOfUseUrl, privacyPolicyUrl }: PolicyUrls) {
  const { agreement } = usePage().phrases;
  const terms = linkUrl(termsOfUseUrl) && (
    <Link href={termsOfUseUrl} newTab>
      {agreement.terms}
    </Link>
  );
  const privacy = linkUrl(privacyPolicyUrl) && (
    <Link href={privacyPolicyUrl} newTab>
      {agreement.privacy}
    </Link>
  );
  if (terms && privacy) return <RichPhrase phrase={agreement.both} values={{ terms, privacy }} />;
  return terms || privacy || null;
}
