import type { Application, ApplicationSecret } from '@latchkey/server/contract';
import { Anchor, Box, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconArrowLeft, IconConfetti } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ApiError } from '../../api/api-error.ts';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { LinkButton, TextLink } from '../../components/link.tsx';
import { NotFound } from '../../components/not-found.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageLoading } from '../../components/page-loading.tsx';
import { useConsole } from '../../console-context.tsx';
import type { Guide, GuideSection, GuideValues } from '../../guides/guide.types.ts';
import { guides } from '../../guides/registry.ts';
import { useGuidePhrases, usePhrases } from '../../i18n/language.tsx';
import { capabilitiesOf } from './application-form.ts';
import { applicationQuery, secretsQuery } from './applications.queries.ts';
import classes from './guide/guide.module.css';
import { GuideBlock } from './guide/guide-block.tsx';
import { GuideLogo } from './guide-logo.tsx';

const route = getRouteApi('/signed-in/applications/$applicationId/guide/$guideId');

/** An integration guide with the application's own values in every line of code. */
export function GuidePage() {
  const { applicationId, guideId } = route.useParams();
  const { api } = useConsole();
  const guide = guides.find(({ id }) => id === guideId);
  const application = useQuery(applicationQuery(api, applicationId));
  const hasSecrets = application.data !== undefined && capabilitiesOf(application.data).secrets;
  const secrets = useQuery({ ...secretsQuery(api, applicationId), enabled: hasSecrets });
  const body = useQuery({
    queryKey: ['guide', guideId],
    queryFn: () => guide?.load() ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  });

  const missing = application.error instanceof ApiError && application.error.status === 404;
  if (!guide || missing) return <NotFound />;
  const failed = [application, secrets, body].find(({ error }) => error !== null);
  if (failed) return <FailureAlert error={failed.error} onRetry={() => failed.refetch()} />;
  if (!application.data || !body.data || (hasSecrets && !secrets.data)) return <PageLoading />;
  return (
    <GuideView
      guide={guide}
      content={body.data.content}
      application={application.data}
      appSecret={usableSecret(secrets.data ?? [])}
    />
  );
}

/** The first secret that still works; its list is empty for applications without secrets. */
function usableSecret(secrets: ApplicationSecret[]): string {
  return secrets.find(({ expiresAt }) => expiresAt === null || expiresAt > Date.now())?.value ?? '';
}

type ViewProps = {
  guide: Guide;
  content: Awaited<ReturnType<Guide['load']>>['content'];
  application: Application;
  appSecret: string;
};

function GuideView({ guide, content, application, appSecret }: ViewProps) {
  const { guide: t } = usePhrases().applications;
  const guideTexts = useGuidePhrases();
  const { config } = useConsole();
  const { redirectUris, postLogoutRedirectUris } = application.oidcClientMetadata;
  const values: GuideValues = {
    endpoint: config.tenantEndpoint,
    appId: application.id,
    appSecret,
    redirectUri: redirectUris[0] ?? guide.defaults.redirectUri,
    postSignOutRedirectUri: postLogoutRedirectUris[0] ?? guide.defaults.postSignOutRedirectUri,
    managementResource: config.managementResource,
  };
  const sections = content({ ...values, t: guideTexts });

  return (
    <>
      <GuideHeader guide={guide} application={application} />
      <div className={classes.layout}>
        <Stack gap="md">
          {sections.map((section, index) => (
            <Box key={section.id} component="section" id={section.id} className={`surface ${classes.step}`}>
              <span className={classes.number} aria-hidden="true">
                {index + 1}
              </span>
              <Stack gap="md" miw={0}>
                <Title order={2} size="h4">
                  {section.title}
                </Title>
                {section.blocks.map((block, place) => (
                  // A guide's blocks never change their places, so the place is the key.
                  <GuideBlock key={place} block={block} application={application} values={values} />
                ))}
              </Stack>
            </Box>
          ))}
          <Group justify="flex-end">
            <LinkButton
              to="/applications/$applicationId/$tab"
              params={{ applicationId: application.id, tab: 'settings' }}
            >
              {t.finish}
            </LinkButton>
          </Group>
        </Stack>
        <Contents sections={sections} />
      </div>
    </>
  );
}

function GuideHeader({ guide, application }: Pick<ViewProps, 'guide' | 'application'>) {
  const { guide: t } = usePhrases().applications;
  const { created } = route.useSearch();
  const title = t.title({ guide: guide.name, name: application.name });
  const toDetails = (
    <TextLink
      to="/applications/$applicationId/$tab"
      params={{ applicationId: application.id, tab: 'settings' }}
      size="sm"
      display="inline-flex"
      mb="xs"
      style={{ alignItems: 'center', gap: 4 }}
    >
      <IconArrowLeft size={16} aria-hidden /> {t.openDetails}
    </TextLink>
  );
  if (!created) {
    return (
      <PageHeader
        above={toDetails}
        title={title}
        description={guide.sdk && t.sdk({ name: guide.sdk.name })}
        actions={<GuideLogo logo={guide.logo} size={32} />}
      />
    );
  }
  return <Congratulation guide={guide} application={application} title={title} />;
}

function Congratulation({ guide, application, title }: Pick<ViewProps, 'guide' | 'application'> & { title: string }) {
  const { shell, applications } = usePhrases();
  const { guide: t } = applications;
  useDocumentTitle(`${title} · ${shell.productName}`);
  return (
    <Box component="header" className={`surface ${classes.banner}`} mb="lg">
      <ThemeIcon size={44} radius="xl" color="brass" variant="light" aria-hidden>
        <IconConfetti size={24} stroke={1.6} />
      </ThemeIcon>
      <Box flex={1} miw={0}>
        <Title order={1} style={{ overflowWrap: 'anywhere' }}>
          {t.congratulation({ name: application.name })}
        </Title>
        <Text className="quiet" mt={4} maw="46rem">
          {t.congratulationLead({ guide: guide.name })}
        </Text>
      </Box>
      <Box visibleFrom="xs">
        <GuideLogo logo={guide.logo} size={36} />
      </Box>
    </Box>
  );
}

function Contents({ sections }: { sections: GuideSection[] }) {
  const { guide: t } = usePhrases().applications;
  return (
    <nav className={classes.contents} aria-label={t.onThisPage}>
      <Text size="sm" fw={600}>
        {t.onThisPage}
      </Text>
      <ol>
        {sections.map((section) => (
          <li key={section.id}>
            <Anchor href={`#${section.id}`} size="sm" c="inherit">
              {section.title}
            </Anchor>
          </li>
        ))}
      </ol>
    </nav>
  );
}
