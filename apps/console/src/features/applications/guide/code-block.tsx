import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CopyButton } from '../../../components/copy-button.tsx';
import type { CodeTab } from '../../../guides/guide.types.ts';
import { usePhrases } from '../../../i18n/language.tsx';
import classes from './code-block.module.css';

/** Code to copy: one file with its name, or several behind tabs. */
export function CodeBlock({ tabs }: { tabs: CodeTab[] }) {
  const { guide: t } = usePhrases().applications;
  const [first] = tabs;
  if (!first) return null;
  if (tabs.length === 1) {
    return (
      <figure className={classes.block}>
        <figcaption className={classes.bar}>
          <span className={classes.title}>{first.title}</span>
          <CopyButton value={first.code} label={first.title} />
        </figcaption>
        <Code tab={first} />
      </figure>
    );
  }
  return (
    <Tabs defaultValue={first.title} className={classes.block} keepMounted={false}>
      <div className={classes.bar}>
        <Tabs.List aria-label={t.codeTabs} className={classes.tabs}>
          {tabs.map(({ title }) => (
            <Tabs.Tab key={title} value={title} className={classes.tab}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </div>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.title} value={tab.title} className={classes.panel}>
          <span className={classes.floating}>
            <CopyButton value={tab.code} label={tab.title} />
          </span>
          <Code tab={tab} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Code({ tab: { code, language } }: { tab: CodeTab }) {
  // The highlighter is a chunk of its own; until it is there the code stands in one colour.
  const { data: html } = useQuery({
    queryKey: ['highlighted', language, code],
    queryFn: async () => (language === 'text' ? null : (await import('./highlight.ts')).highlight(code, language)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wide code scrolls, which the keyboard must be able to do too (WCAG 2.1.1)
    <pre className={classes.code} tabIndex={0}>
      {html ? (
        // Safe as HTML: highlight.js escapes the code, and its own spans are the only markup.
        <code dangerouslySetInnerHTML={{ __html: html }} />
      ) : (
        <code>{code}</code>
      )}
    </pre>
  );
}
