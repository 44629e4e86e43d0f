import type { ConnectorGuide } from '@latchkey/phrases/connector-guides';
import { Skeleton, Text } from '@mantine/core';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { InlineMarkup } from '../applications/guide/inline-markup.tsx';
import classes from './connectors.module.css';

type Props = {
  guide: ConnectorGuide | undefined;
  /** Of a connector that people sign in with: its button has to be shown at last. */
  name?: string;
};

/** What to do on the provider's side, step by step, and at last here. */
export function SetUpGuide({ guide, name }: Props) {
  const { create: t } = usePhrases().connectors;
  const steps = guide && name !== undefined ? [...guide, t.lastStep({ name })] : guide;
  return (
    <Section title={t.guide}>
      {!steps && <Skeleton height={320} />}
      <ol className={classes.steps}>
        {steps?.map(({ title, body }) => (
          <li key={title} className={classes.step}>
            <Text fw={600}>{title}</Text>
            {body.map((sentence) => (
              <Text key={sentence} size="sm" mt={6}>
                <InlineMarkup text={sentence} />
              </Text>
            ))}
          </li>
        ))}
      </ol>
    </Section>
  );
}
