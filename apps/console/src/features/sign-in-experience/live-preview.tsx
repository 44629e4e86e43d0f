import type { UpdateSignInExperience } from '@latchkey/server/contract';
import { Group, NativeSelect, SegmentedControl, Stack, Text, Title, Tooltip, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue, useElementSize, useViewportSize } from '@mantine/hooks';
import { IconDeviceDesktop, IconDeviceMobile, IconMoon, IconSun } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useConsole } from '../../console-context.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { builtInLanguages, languageName } from './built-in-texts.ts';
import { useCustomPhrases } from './content.queries.ts';
import { type Device, PreviewFrame } from './preview-frame.tsx';
import { type PreviewPageName, previewGroups } from './preview-pages.ts';
import { type PreviewView, previewUrl } from './preview-url.ts';
import classes from './sign-in-experience.module.css';

type Props = {
  /** Unsaved settings to lay over the saved ones. */
  draft: UpdateSignInExperience;
  /** Tells one state of the saved settings from another. */
  revision: string;
  isDarkModeEnabled: boolean;
  /** The newest changes cannot be shown because some of them are wrong. */
  isOutdated: boolean;
};

/** Long enough for typing to pause, short enough to feel live. */
const settleMs = 350;

/** Windows in which the preview stands beside the settings; narrower ones have the room for a phone only. */
const besideSettings = '(min-width: 75em)';

/** Room for the page's header, tabs and the switches above the picture. */
const surroundings = 310;

/** The real sign-in page beside its settings, in the width, appearance and language the reader picks. */
export function LivePreview({ draft, revision, isDarkModeEnabled, isOutdated }: Props) {
  const { preview: t } = usePhrases().signInExperience;
  const { config } = useConsole();
  const { language } = useLanguage();
  const headingId = useId();
  const [device, setDevice] = useState<Device>(() => (window.matchMedia(besideSettings).matches ? 'desktop' : 'phone'));
  const [view, setView] = useState<PreviewView>({ page: 'sign-in', lang: language, theme: 'light' });
  const languages = useLanguages(view.lang);
  const { ref, width } = useElementSize();
  const { height: viewportHeight } = useViewportSize();
  const [settled] = useDebouncedValue(JSON.stringify(draft), settleMs);

  const theme = isDarkModeEnabled ? view.theme : 'light';
  const { url, isCut } = previewUrl(config.tenantEndpoint, JSON.parse(settled), { ...view, theme });

  const leftOut = isCut ? t.tooLong : '';
  const note = isOutdated ? t.invalid : leftOut;

  return (
    <Stack component="section" className="surface" gap="sm" p="md" aria-labelledby={headingId}>
      <Title order={2} size="h4" id={headingId}>
        {t.title}
      </Title>
      <Group gap="xs">
        <NativeSelect
          size="xs"
          aria-label={t.page}
          value={view.page}
          onChange={({ currentTarget }) => setView({ ...view, page: currentTarget.value as PreviewPageName })}
        >
          {Object.entries(previewGroups).map(([group, pages]) => (
            <optgroup key={group} label={t.groups[group as keyof typeof previewGroups]}>
              {pages.map((page) => (
                <option key={page} value={page}>
                  {t.pages[page]}
                </option>
              ))}
            </optgroup>
          ))}
        </NativeSelect>
        <SegmentedControl
          size="xs"
          aria-label={t.device}
          value={device}
          data={[
            { value: 'desktop', label: withIcon(<IconDeviceDesktop size={16} />, t.devices.desktop) },
            { value: 'phone', label: withIcon(<IconDeviceMobile size={16} />, t.devices.phone) },
          ]}
          onChange={(value) => setDevice(value as Device)}
        />
        <Tooltip label={t.darkOff} disabled={isDarkModeEnabled} withArrow>
          <SegmentedControl
            size="xs"
            aria-label={t.theme}
            aria-description={isDarkModeEnabled ? undefined : t.darkOff}
            value={theme}
            data={[
              { value: 'light', label: withIcon(<IconSun size={16} />, t.themes.light) },
              { value: 'dark', label: withIcon(<IconMoon size={16} />, t.themes.dark), disabled: !isDarkModeEnabled },
            ]}
            onChange={(value) => setView({ ...view, theme: value as PreviewView['theme'] })}
          />
        </Tooltip>
        <NativeSelect
          size="xs"
          aria-label={t.language}
          value={view.lang}
          data={languages.map((value) => ({ value, label: languageName(value) }))}
          onChange={(event) => setView({ ...view, lang: event.currentTarget.value })}
        />
      </Group>
      <div ref={ref} className={classes.stage} aria-busy={JSON.stringify(draft) !== settled}>
        <PreviewFrame
          url={url}
          revision={revision}
          device={device}
          title={t.frame}
          loadingText={t.loading}
          maxWidth={width}
          maxHeight={viewportHeight - surroundings}
        />
      </div>
      <Text size="sm" className={`quiet ${classes.note}`} role="status">
        {note}
      </Text>
    </Stack>
  );
}

/** The languages that the sign-in pages speak; while they load, the chosen one. */
function useLanguages(chosen: string): string[] {
  const own = useCustomPhrases();
  const known = [chosen, ...builtInLanguages, ...(own.data ?? []).map(({ languageTag }) => languageTag)];
  return [...new Set(known)].toSorted();
}

function withIcon(icon: ReactNode, label: string) {
  return (
    <span className={classes.icon} title={label}>
      {icon}
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  );
}
