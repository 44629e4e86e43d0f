import { Box, FileButton, Group, Loader, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { errorMessage } from '../../components/error-message.ts';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import classes from './sign-in-experience.module.css';
import { uploadRulesQuery, useUploadImage } from './uploads.queries.ts';

type Props = {
  label: string;
  value: string;
  error?: string;
  /** Shows the image on the ground it will stand on. */
  onDark: boolean;
  onChange: (url: string) => void;
};

const bytesPerMegabyte = 1_048_576;

/** The short names of image types, as files are called: `image/svg+xml` is SVG. */
const namesOf = (types: readonly string[]) =>
  [
    ...new Set(
      types.map((type) =>
        type
          .replace(/^image\/(?:x-|vnd\.microsoft\.)?/, '')
          .replace('+xml', '')
          .toUpperCase(),
      ),
    ),
  ]
    .map((name) => (name === 'ICON' ? 'ICO' : name))
    .filter((name, place, all) => all.indexOf(name) === place);

/** An image: dropped or chosen from the device, or named by an address on the web. */
export function ImageField({ label, value, error, onDark, onChange }: Props) {
  const { signInExperience, shell } = usePhrases();
  const { branding: t } = signInExperience;
  const { api } = useConsole();
  const { data: rules } = useQuery(uploadRulesQuery(api));
  const upload = useUploadImage();
  const [failedUrl, setFailedUrl] = useState('');
  const [refusal, setRefusal] = useState('');
  const [isOver, setIsOver] = useState(false);
  const url = value.trim();
  const failed = url !== '' && failedUrl === url;
  const shown = url !== '' && !error && !failed;
  const types: readonly string[] = rules?.allowUploadMimeTypes ?? [];
  const megabytes = Math.floor((rules?.maxUploadFileSize ?? 0) / bytesPerMegabyte);

  function take(file: File | null | undefined) {
    if (!file || !rules) return;
    setRefusal('');
    if (!types.includes(file.type)) return setRefusal(t.wrongType({ types: namesOf(types).join(', ') }));
    if (file.size > rules.maxUploadFileSize) return setRefusal(t.tooLarge({ megabytes }));
    upload.mutate(file, {
      onSuccess: (stored) => onChange(stored.url),
      onError: (cause) => setRefusal(errorMessage(cause, shell)),
    });
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files[0]);
  }

  return (
    <Box>
      <FileButton onChange={take} accept={types.join(',')}>
        {(button) => (
          <UnstyledButton
            {...button}
            className={classes.image}
            data-dark={onDark}
            data-over={isOver}
            aria-label={`${t.drop}: ${label}`}
            onDragOver={(event) => {
              event.preventDefault();
              setIsOver(true);
            }}
            onDragLeave={() => setIsOver(false)}
            onDrop={onDrop}
          >
            {upload.isPending && <Loader size="sm" />}
            {!upload.isPending && shown && <img src={url} alt="" onError={() => setFailedUrl(url)} />}
            {!upload.isPending && !shown && (
              <Group gap={6} justify="center">
                <IconUpload size={16} aria-hidden />
                <Text size="xs" component="span">
                  {t.drop}
                </Text>
              </Group>
            )}
          </UnstyledButton>
        )}
      </FileButton>
      <TextInput
        label={label}
        description={rules && t.imageRules({ types: namesOf(types).join(', '), megabytes })}
        type="url"
        inputMode="url"
        placeholder="https://"
        value={value}
        error={error ?? (refusal || (failed ? t.imageFailed : undefined))}
        onChange={(event) => {
          setRefusal('');
          onChange(event.currentTarget.value);
        }}
      />
    </Box>
  );
}
