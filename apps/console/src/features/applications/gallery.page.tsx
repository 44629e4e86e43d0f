import { Box, Group, SegmentedControl, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowLeft, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { TextLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import type { GuideCategory } from '../../guides/guide.types.ts';
import { guides } from '../../guides/registry.ts';
import { useGuidePhrases, usePhrases } from '../../i18n/language.tsx';
import { ApplicationTypeIcon } from './application-type-icon.tsx';
import { type Choice, CreateApplicationDialog } from './create-application-dialog.tsx';
import { FrameworkCard } from './framework-card.tsx';
import { GuideLogo } from './guide-logo.tsx';

const categories: GuideCategory[] = ['Traditional', 'SPA', 'Native', 'MachineToMachine'];
/** What can be created without a guide. */
const plainTypes = [...categories, 'Protected', 'SAML'] as const;

/** Every framework there is a guide for, by kind and by name, and the way to go without a guide. */
export function GalleryPage() {
  const { applications: t } = usePhrases();
  const guideTexts = useGuidePhrases();
  const [category, setCategory] = useState<(typeof plainTypes)[number] | 'all'>('all');
  const [search, setSearch] = useState('');
  const [choice, setChoice] = useState<Choice | null>(null);

  const wanted = search.trim().toLowerCase();
  const found = guides.filter(
    (guide) =>
      (category === 'all' || guide.category === category) &&
      [guide.name, guide.description(guideTexts), guide.sdk?.name ?? '', t.types[guide.category]].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
  );
  const plain = plainTypes.filter((kind) => category === 'all' || category === kind);

  return (
    <>
      <PageHeader
        above={
          <TextLink to="/applications" size="sm" display="inline-flex" mb="xs" style={{ alignItems: 'center', gap: 4 }}>
            <IconArrowLeft size={16} aria-hidden /> {t.gallery.back}
          </TextLink>
        }
        title={t.gallery.title}
        description={t.gallery.lead}
      />
      <Group mb="lg" gap="md">
        <Box maw="100%" style={{ overflowX: 'auto' }}>
          <SegmentedControl
            aria-label={t.gallery.filter}
            value={category}
            onChange={(value) => setCategory(value as typeof category)}
            data={[
              { value: 'all', label: t.gallery.all },
              ...plainTypes.map((kind) => ({ value: kind, label: t.types[kind] })),
            ]}
          />
        </Box>
        <TextInput
          type="search"
          flex="1 1 14rem"
          maw={360}
          aria-label={t.gallery.search}
          placeholder={t.gallery.search}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Text size="sm" className="quiet" role="status">
          {t.gallery.count({ count: found.length })}
        </Text>
      </Group>
      <Stack gap="xl">
        {found.length > 0 ? (
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
            {found.map((guide) => (
              <FrameworkCard
                key={guide.id}
                name={guide.name}
                description={guide.description(guideTexts)}
                kind={t.types[guide.category]}
                logo={<GuideLogo logo={guide.logo} />}
                onPick={() => setChoice({ name: guide.name, type: guide.category, guideId: guide.id })}
              />
            ))}
          </SimpleGrid>
        ) : (
          wanted !== '' && (
            <Box>
              <Text fw={600}>{t.gallery.noMatch({ search: search.trim() })}</Text>
              <Text className="quiet">{t.gallery.noMatchHint}</Text>
            </Box>
          )
        )}
        <Box component="section" aria-labelledby="gallery-plain">
          <Text component="h2" id="gallery-plain" fw={600} mb="sm">
            {t.gallery.plain}
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
            {plain.map((kind) => (
              <FrameworkCard
                key={kind}
                name={t.gallery.plainName[kind]}
                description={t.typeDescriptions[kind]}
                kind={t.types[kind]}
                logo={<ApplicationTypeIcon type={kind} />}
                onPick={() => setChoice({ name: t.gallery.plainName[kind], type: kind })}
              />
            ))}
          </SimpleGrid>
        </Box>
      </Stack>
      <CreateApplicationDialog choice={choice} onClose={() => setChoice(null)} />
    </>
  );
}
