import { Box, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { usePhrases } from '../../i18n/language.tsx';
import classes from './sign-in-experience.module.css';

type Props = {
  label: string;
  value: string;
  error?: string;
  /** Shows the image on the ground it will stand on. */
  onDark: boolean;
  onChange: (url: string) => void;
};

/** The address of an image, with the image itself above it. */
export function ImageUrlField({ label, value, error, onDark, onChange }: Props) {
  const { branding: t } = usePhrases().signInExperience;
  const [failedUrl, setFailedUrl] = useState('');
  const url = value.trim();
  const failed = url !== '' && failedUrl === url;
  const shown = url !== '' && !error && !failed;

  return (
    <Box>
      <Box className={classes.image} data-dark={onDark}>
        {shown ? (
          <img src={url} alt={t.previewOf({ label })} onError={() => setFailedUrl(url)} />
        ) : (
          <Text size="xs" component="span">
            {t.imageMissing}
          </Text>
        )}
      </Box>
      <TextInput
        label={label}
        type="url"
        inputMode="url"
        placeholder="https://"
        value={value}
        error={error ?? (failed ? t.imageFailed : undefined)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Box>
  );
}
