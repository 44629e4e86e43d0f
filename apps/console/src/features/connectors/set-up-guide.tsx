import { Text } from '@mantine/core';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { InlineMarkup } from '../applications/guide/inline-markup.tsx';
import type { SetUpSteps } from './connector-texts.ts';
import classes from './connectors.module.css';

/** What to do on the provider's side, step by step. */
export function SetUpGuide({ guide }: { guide: SetUpSteps }) {
  const { create: t } = usePhrases().connectors;
  return (
    <Section title={t.guide}>
      <ol className={classes.steps}>
        {guide.map(({ title, body }) => (
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
