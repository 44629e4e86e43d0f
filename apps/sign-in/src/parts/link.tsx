import type { ComponentChildren } from 'preact';
import { usePage } from '../page-context.ts';
import { linkUrl } from '../urls.ts';

interface LinkProps {
  href: string | undefined;
  class?: string;
  newTab?: boolean;
  children: ComponentChildren;
}

/** A link, or only its text when the address is not one to send a person to. */
export function Link({ href, class: className, newTab, children }: LinkProps) {
  const { phrases } = usePage();
  const safe = linkUrl(href);
  if (!safe) return <span>{children}</span>;
  if (!newTab) {
    return (
      <a class={className} href={safe}>
        {children}
      </a>
    );
  }
  return (
    <a class={className} href={safe} target="_blank" rel="noopener noreferrer">
      {children}
      <span class="lk-visually-hidden"> {phrases.agreement.opensInNewTab}</span>
    </a>
  );
}
