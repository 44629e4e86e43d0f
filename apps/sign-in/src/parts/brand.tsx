import { fillPhrase } from '@latchkey/phrases/sign-in';
import { usePage } from '../page-context.ts';
import { imageUrl } from '../urls.ts';
import { Mark } from './icons.tsx';
import { Picture } from './picture.tsx';

function Monogram({ name }: { name: string }) {
  // The first letter as a reader sees it, which may be several code points.
  const [first] = new Intl.Segmenter().segment(name.trim());
  return (
    <span class="lk-monogram" aria-hidden="true">
      {first?.segment.toLocaleUpperCase()}
    </span>
  );
}

/** Whose page this is: the logo, or the name, or Latchkey's own mark. */
export function Brand() {
  const { frame, phrases } = usePage();
  const { logoUrl, darkLogoUrl, displayName, hideLogtoBranding } = frame.branding;
  if (imageUrl(logoUrl) || imageUrl(darkLogoUrl)) {
    const alt = displayName ? fillPhrase(phrases.page.logoOf, { name: displayName }) : '';
    return (
      <div class="lk-brand">
        <Picture class="lk-logo" light={logoUrl} dark={darkLogoUrl} alt={alt} height={40} />
      </div>
    );
  }
  if (displayName?.trim()) {
    return (
      <div class="lk-brand">
        <Monogram name={displayName} />
        {/* A long name loses its end, not its beginning, whatever it is written in. */}
        <span class="lk-brand-name" dir="auto">
          {displayName}
        </span>
      </div>
    );
  }
  return hideLogtoBranding ? null : (
    <div class="lk-brand">
      <Mark size={40} />
      <span class="lk-brand-name">Latchkey</span>
    </div>
  );
}
