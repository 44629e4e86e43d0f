import { Text } from '@mantine/core';
import { useState } from 'react';
import classes from './sign-in-experience.module.css';

export type Device = 'desktop' | 'phone';

type Props = {
  url: string;
  /** Changes when the saved settings do: the same URL then shows another page. */
  revision: string;
  device: Device;
  title: string;
  loadingText: string;
  maxWidth: number;
  maxHeight: number;
};

/** The page is laid out at these sizes and then scaled down as a whole, so that it looks as it does on the device. */
const screens = {
  desktop: { width: 1120, height: 840, bezel: 0 },
  phone: { width: 390, height: 780, bezel: 12 },
} as const satisfies Record<Device, { width: number; height: number; bezel: number }>;

const smallestHeight = 320;

/** A page in the frame of a device. */
export function PreviewFrame({ url, revision, device, title, loadingText, maxWidth, maxHeight }: Props) {
  const { width, height, bezel } = screens[device];
  const outer = { width: width + 2 * bezel, height: height + 2 * bezel };
  const scale = Math.min(1, maxWidth / outer.width, Math.max(maxHeight, smallestHeight) / outer.height);

  return (
    <div className={classes.fit} style={{ width: outer.width * scale, height: outer.height * scale }}>
      <div className={classes.device} data-device={device} style={{ ...outer, transform: `scale(${scale})` }}>
        <Screen key={revision} url={url} title={title} loadingText={loadingText} />
      </div>
    </div>
  );
}

/** Keeps showing the previous page until the next one has loaded, so that edits do not flicker. */
function Screen({ url, title, loadingText }: Pick<Props, 'url' | 'title' | 'loadingText'>) {
  const [shown, setShown] = useState<string | null>(null);
  const urls = shown && shown !== url ? [shown, url] : [url];
  return (
    <div className={classes.screen} aria-busy={shown !== url}>
      {!shown && (
        <Text className={classes.loading} size="xl">
          {loadingText}
        </Text>
      )}
      {urls.map((each) => (
        <iframe
          key={each}
          src={each}
          title={title}
          className={classes.page}
          data-hidden={each !== shown}
          aria-hidden={each !== shown}
          inert={each !== shown}
          onLoad={() => each === url && setShown(url)}
        />
      ))}
    </div>
  );
}
