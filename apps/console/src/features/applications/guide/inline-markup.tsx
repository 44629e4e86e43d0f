import { Anchor, Code } from '@mantine/core';
import { TextLink } from '../../../components/link.tsx';

const inline = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** Draws the few inline marks that a guide's text may use: `code`, **strong** and [links](url). */
export function InlineMarkup({ text }: { text: string }) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(inline)) {
    const [whole, code, strong, label, href] = match;
    if (match.index > end) parts.push(text.slice(end, match.index));
    end = match.index + whole.length;
    if (code !== undefined) parts.push(<Code key={match.index}>{code}</Code>);
    else if (strong !== undefined) parts.push(<strong key={match.index}>{strong}</strong>);
    else parts.push(<GuideLink key={match.index} href={href ?? ''} label={label ?? ''} />);
  }
  parts.push(text.slice(end));
  return <>{parts}</>;
}

const consoleBase = '/console';

/** A link of a guide: pages of the Console open in place, other sites beside it, so that the reader's place is kept. */
export function GuideLink({ href, label }: { href: string; label: string }) {
  if (href.startsWith(`${consoleBase}/`)) {
    return (
      <TextLink to={href.slice(consoleBase.length)} inherit underline="always">
        {label}
      </TextLink>
    );
  }
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" inherit underline="always">
      {label}
    </Anchor>
  );
}
