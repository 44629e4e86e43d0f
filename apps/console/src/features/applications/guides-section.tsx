import type { Application } from '@latchkey/server/contract';
import { Group } from '@mantine/core';
import { LinkButton } from '../../components/link.tsx';
import { Section } from '../../components/section.tsx';
import { guides } from '../../guides/registry.ts';
import { usePhrases } from '../../i18n/language.tsx';
import { GuideLogo } from './guide-logo.tsx';

/** The guides that fit this kind of application, with its own values filled in. */
export function GuidesSection({ application }: { application: Application }) {
  const { guides: t } = usePhrases().applications.details;
  const fitting = guides.filter((guide) => guide.category === application.type);
  if (fitting.length === 0) return null;
  return (
    <Section title={t.title} description={t.hint}>
      <Group gap="sm">
        {fitting.map((guide) => (
          <LinkButton
            key={guide.id}
            variant="default"
            to="/applications/$applicationId/guide/$guideId"
            params={{ applicationId: application.id, guideId: guide.id }}
            leftSection={<GuideLogo logo={guide.logo} size={16} />}
          >
            {guide.name}
          </LinkButton>
        ))}
      </Group>
    </Section>
  );
}
