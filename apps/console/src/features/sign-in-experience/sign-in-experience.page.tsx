import type { SignInExperience, UpdateSignInExperience } from '@latchkey/server/contract';
import { SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { focusFirstProblem } from '../../components/focus-first-problem.ts';
import { notifyDone, notifyFailed } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { PageTabs } from '../../components/page-tabs.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { HistoryButton } from '../audit-logs/history-button.tsx';
import { CollectProfileTab } from '../custom-profile-fields/collect-profile-tab.tsx';
import { BrandingTab } from './branding-tab.tsx';
import { ContentTab } from './content-tab.tsx';
import { LivePreview } from './live-preview.tsx';
import type { SettingsTabProps } from './settings-tab.types.ts';
import classes from './sign-in-experience.module.css';
import { signInExperienceQuery, useUpdateSignInExperience } from './sign-in-experience.queries.ts';
import {
  type EditedSettings,
  findProblems,
  type SettingsProblems,
  type SettingsTab,
  settingsTabs,
  tabOfFirstProblem,
  toPatch,
  toSettings,
} from './sign-in-settings.ts';
import { SignUpAndSignInTab } from './sign-up-and-sign-in-tab.tsx';

const route = '/signed-in/sign-in-experience/$tab';

/** Settings of the sign-in pages, with the real page beside them. */
export function SignInExperiencePage() {
  const { signInExperience: t } = usePhrases();
  const { api } = useConsole();
  const { tab } = useParams({ from: route });
  const experience = useQuery(signInExperienceQuery(api));

  return (
    <>
      <PageHeader
        title={t.title}
        part={t.tabs[tab]}
        description={t.lead}
        actions={<HistoryButton of={{ targetType: 'SignInExperience', targetId: 'default' }} name={t.title} />}
      />
      {experience.isPending && <Skeleton height={420} />}
      {experience.isError && <FailureAlert error={experience.error} onRetry={() => experience.refetch()} />}
      {experience.isSuccess && <Editor stored={experience.data} />}
    </>
  );
}

function useErrorTexts(problems: SettingsProblems): SettingsTabProps['errors'] {
  const { problems: texts } = usePhrases().signInExperience;
  return Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, texts[problem]]));
}

/** The newest draft that can be shown: while a field is wrong, the one before. */
function usePreviewableDraft(patch: UpdateSignInExperience, isValid: boolean): UpdateSignInExperience {
  const [last, setLast] = useState(patch);
  if (isValid && JSON.stringify(last) !== JSON.stringify(patch)) setLast(patch);
  return isValid ? patch : last;
}

function Editor({ stored }: { stored: SignInExperience }) {
  const { signInExperience: t } = usePhrases();
  const { tab } = useParams({ from: route });
  const navigate = useNavigate();
  const update = useUpdateSignInExperience();
  const formRef = useRef<HTMLFormElement>(null);
  // Only what was changed is kept, so that settings changed elsewhere in the meantime show up here.
  const [edits, setEdits] = useState<Partial<EditedSettings>>({});
  const [view, setView] = useState<'settings' | 'preview'>('settings');

  const settings = { ...toSettings(stored), ...edits };
  const patch = toPatch(stored, settings);
  const problems = findProblems(settings);
  const isValid = Object.keys(problems).length === 0;
  const errors = useErrorTexts(problems);
  const draft = usePreviewableDraft(patch, isValid);

  const showTab = (next: SettingsTab) => navigate({ to: '/sign-in-experience/$tab', params: { tab: next } });

  async function save() {
    const wrongTab = tabOfFirstProblem(problems);
    if (wrongTab) {
      notifyFailed(t.problems.check);
      await showTab(wrongTab);
      focusFirstProblem(formRef);
      return;
    }
    update.mutate(patch, {
      onSuccess: () => {
        setEdits({});
        notifyDone(t.saved);
      },
    });
  }

  function discard() {
    setEdits({});
    update.reset();
  }

  const tabProps: SettingsTabProps = {
    settings,
    errors,
    onChange: (changes) => setEdits((current) => ({ ...current, ...changes })),
  };

  return (
    <>
      <SegmentedControl
        hiddenFrom="lg"
        fullWidth
        mb="md"
        aria-label={t.view.label}
        value={view}
        data={[
          { value: 'settings', label: t.view.settings },
          { value: 'preview', label: t.view.preview },
        ]}
        onChange={(value) => setView(value as typeof view)}
      />
      <div className={classes.columns}>
        <form
          ref={formRef}
          noValidate
          className={classes.column}
          data-chosen={view === 'settings'}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Stack gap="lg">
            <SettingsTabs tab={tab} onShow={showTab} tabProps={tabProps} />
            {update.isError && <FailureAlert error={update.error} />}
            <SaveBar
              dirty={Object.keys(patch).length > 0}
              pending={update.isPending}
              onDiscard={discard}
              within="/sign-in-experience/"
            />
          </Stack>
        </form>
        <div className={`${classes.column} ${classes.preview}`} data-chosen={view === 'preview'}>
          <LivePreview
            draft={draft}
            revision={JSON.stringify(stored)}
            isDarkModeEnabled={settings.isDarkModeEnabled}
            isOutdated={!isValid}
          />
        </div>
      </div>
    </>
  );
}

type SettingsTabsProps = {
  tab: SettingsTab;
  tabProps: SettingsTabProps;
  onShow: (tab: SettingsTab) => Promise<void>;
};

function SettingsTabs({ tab, tabProps, onShow }: SettingsTabsProps) {
  const { tabs: t } = usePhrases().signInExperience;
  return (
    <PageTabs
      label={t.label}
      value={tab}
      tabs={settingsTabs.map((value) => ({ value, label: t[value] }))}
      onChange={(next) => void onShow(next)}
    >
      {tab === 'branding' && <BrandingTab {...tabProps} />}
      {tab === 'sign-up-and-sign-in' && <SignUpAndSignInTab {...tabProps} />}
      {tab === 'collect-user-profile' && <CollectProfileTab {...tabProps} />}
      {tab === 'content' && <ContentTab {...tabProps} />}
    </PageTabs>
  );
}
