import { Anchor, Box, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight, IconExternalLink } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { TextLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useConsole } from '../../console-context.tsx';
import { guides } from '../../guides/registry.ts';
import { useGuidePhrases, usePhrases } from '../../i18n/language.tsx';
import { type Choice, CreateApplicationDialog } from '../applications/create-application-dialog.tsx';
import { FrameworkCard } from '../applications/framework-card.tsx';
import { GuideLogo } from '../applications/guide-logo.tsx';
import { Checklist } from './checklist.tsx';

const featured = guides.filter((guide) => guide.featured);

/** The first page after signing in: what is left to do, and the frameworks most people come with. */
export function GetStartedPage() {
  const { getStarted: t, types } = usePhrases().applications;
  const guideTexts = useGuidePhrases();
  const [choice, setChoice] = useState<Choice | null>(null);

  return (
    <>
      <PageHeader title={t.title} description={t.lead} />
      <Stack gap="xl">
        <Checklist />
        <section aria-labelledby="frameworks">
          <Group justify="space-between" mb="md" align="flex-end">
            <Box>
              <Title order={2} size="h4" id="frameworks">
                {t.frameworks}
              </Title>
              <Text size="sm" className="quiet">
                {t.frameworksHint}
              </Text>
            </Box>
            <TextLink to="/applications/create" fw={600} display="inline-flex" style={{ alignItems: 'center', gap: 4 }}>
              {t.viewAll} <IconArrowRight size={16} aria-hidden />
            </TextLink>
          </Group>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
            {featured.map((guide) => (
              <FrameworkCard
                key={guide.id}
                name={guide.name}
                description={guide.description(guideTexts)}
                kind={types[guide.category]}
                logo={<GuideLogo logo={guide.logo} />}
                onPick={() => setChoice({ name: guide.name, type: guide.category, guideId: guide.id })}
              />
            ))}
          </SimpleGrid>
        </section>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <DemoCard />
          <SocialCard />
        </SimpleGrid>
      </Stack>
      <CreateApplicationDialog choice={choice} onClose={() => setChoice(null)} />
    </>
  );
}

function DemoCard() {
  const { demo: t } = usePhrases().applications.getStarted;
  const { config } = useConsole();
  return (
    <ActionCard title={t.title} body={t.body}>
      <Anchor
        href={`${config.tenantEndpoint}/demo-app`}
        target="_blank"
        fw={600}
        display="inline-flex"
        style={{ alignItems: 'center', gap: 6 }}
      >
        {t.action} <IconExternalLink size={16} role="img" aria-label={t.newTab} />
      </Anchor>
    </ActionCard>
  );
}

function SocialCard() {
  const { social: t } = usePhrases().applications.getStarted;
  return (
    <ActionCard title={t.title} body={t.body}>
      <TextLink to="/connectors/social" fw={600} display="inline-flex" style={{ alignItems: 'center', gap: 6 }}>
        {t.action} <IconArrowRight size={16} aria-hidden />
      </TextLink>
    </ActionCard>
  );
}

function ActionCard({ title, body, children }: { title: string; body: string; children: ReactNode }) {
  const titleId = useId();
  return (
    <Stack component="section" className="surface" gap="md" p={{ base: 'md', sm: 'lg' }} aria-labelledby={titleId}>
      <Box flex={1}>
        <Title order={2} size="h4" id={titleId}>
          {title}
        </Title>
        <Text size="sm" className="quiet" mt={2}>
          {body}
        </Text>
      </Box>
      <div>{children}</div>
    </Stack>
  );
}
