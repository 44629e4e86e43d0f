import type { Application } from '@latchkey/server/contract';
import { Alert, List, SimpleGrid, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { CopyableValue } from '../../../components/copyable-value.tsx';
import type { GuideBlock as Block, GuideValues } from '../../../guides/guide.types.ts';
import { usePhrases } from '../../../i18n/language.tsx';
import { CodeBlock } from './code-block.tsx';
import classes from './guide.module.css';
import { GuideUris } from './guide-uris.tsx';
import { GuideLink, InlineMarkup } from './inline-markup.tsx';

type Props = { block: Block; application: Application; values: GuideValues };

/** Draws one block of a guide. */
export function GuideBlock({ block, application, values }: Props) {
  switch (block.type) {
    case 'text':
      return (
        <Text className={classes.text}>
          <InlineMarkup text={block.text} />
        </Text>
      );
    case 'steps':
      return (
        <List type="ordered" spacing="xs" className={classes.text}>
          {block.items.map((item) => (
            <List.Item key={item}>
              <InlineMarkup text={item} />
            </List.Item>
          ))}
        </List>
      );
    case 'note':
      return (
        <Alert
          color={block.tone === 'warning' ? 'yellow' : 'door'}
          icon={block.tone === 'warning' ? <IconAlertTriangle aria-hidden /> : <IconInfoCircle aria-hidden />}
        >
          <InlineMarkup text={block.text} />
        </Alert>
      );
    case 'code':
      return <CodeBlock tabs={block.tabs} />;
    case 'values':
      return <Values values={values} />;
    case 'redirect-uris':
      return <GuideUris application={application} field="redirectUris" suggestion={block.suggestion} />;
    case 'post-sign-out-redirect-uris':
      return <GuideUris application={application} field="postLogoutRedirectUris" suggestion={block.suggestion} />;
    case 'links':
      return (
        <List spacing="xs" className={classes.text}>
          {block.items.map(({ href, label }) => (
            <List.Item key={href}>
              <GuideLink href={href} label={label} />
            </List.Item>
          ))}
        </List>
      );
  }
}

function Values({ values }: { values: GuideValues }) {
  const { guide: t } = usePhrases().applications;
  return (
    <SimpleGrid minColWidth="16rem" autoFlow="auto-fit" spacing="md">
      <CopyableValue label={t.endpoint} value={values.endpoint} />
      <CopyableValue label={t.appId} value={values.appId} />
      {values.appSecret !== '' && <CopyableValue label={t.appSecret} value={values.appSecret} secret />}
    </SimpleGrid>
  );
}
