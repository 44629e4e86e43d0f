import { Accordion, Badge, Button, CloseButton, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import '@mantine/core/styles/Accordion.layer.css';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { usePhrases } from '../../i18n/language.tsx';
import { languageName, useBuiltInTexts } from './built-in-texts.ts';
import { useSaveCustomPhrases } from './content.queries.ts';
import { flatten, unflatten } from './texts.ts';

type Props = { tag: string; own: Record<string, unknown>; onClose: () => void };

/** The texts of one language by group, each with what is shown while nothing is written. */
export function TextsEditor({ tag, onClose, ...rest }: Props) {
  const { shell } = usePhrases();
  return (
    <Modal
      opened
      size="xl"
      title={languageName(tag)}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': shell.actions.close }}
    >
      <EditorBody tag={tag} onClose={onClose} {...rest} />
    </Modal>
  );
}

function EditorBody({ tag, own, onClose }: Props) {
  const { signInExperience, shell } = usePhrases();
  const { content: t } = signInExperience;
  const builtIn = useBuiltInTexts(tag);
  const save = useSaveCustomPhrases(tag);
  const [texts, setTexts] = useState<Record<string, string>>(() => Object.fromEntries(flatten(own)));
  const [search, setSearch] = useState('');
  if (builtIn.isError) return <FailureAlert error={builtIn.error} onRetry={() => builtIn.refetch()} />;
  if (!builtIn.data) return null;

  const usual = flatten(builtIn.data);
  const wanted = search.trim().toLowerCase();
  const found = usual.filter(
    ([path, text]) =>
      wanted === '' || [path, text, texts[path] ?? ''].some((part) => part.toLowerCase().includes(wanted)),
  );
  const groups = Map.groupBy(found, ([path]) => path.split('.')[0] ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // The dialog was opened from within the form of the settings, which is not sent with it.
        event.stopPropagation();
        save.mutate(unflatten(texts), {
          onSuccess: () => {
            notifyDone(shell.form.saved);
            onClose();
          },
        });
      }}
    >
      <Stack>
        <TextInput
          type="search"
          aria-label={t.search}
          placeholder={t.search}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        {found.length === 0 && <Text className="quiet">{t.nothingFound}</Text>}
        <Accordion
          multiple
          key={wanted === '' ? 'all' : 'found'}
          defaultValue={wanted === '' ? [] : [...groups.keys()]}
        >
          {[...groups].map(([group, entries]) => (
            <Accordion.Item key={group} value={group}>
              <Accordion.Control>
                <Group gap="xs">
                  {group}
                  <ChangedCount paths={entries.map(([path]) => path)} texts={texts} />
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                <Stack gap="sm">
                  {entries.map(([path, text]) => (
                    <Textarea
                      key={path}
                      label={path.slice(group.length + 1) || path}
                      placeholder={text}
                      // An own text hides the placeholder, and the usual one stays beside it.
                      description={(texts[path] ?? '') === '' ? undefined : t.usual({ text })}
                      rightSection={
                        (texts[path] ?? '') === '' ? undefined : (
                          <CloseButton
                            aria-label={t.resetText({ path })}
                            onClick={() => setTexts({ ...texts, [path]: '' })}
                          />
                        )
                      }
                      autosize
                      maxLength={4096}
                      value={texts[path] ?? ''}
                      onChange={({ currentTarget }) => setTexts({ ...texts, [path]: currentTarget.value })}
                    />
                  ))}
                </Stack>
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
        {save.isError && <FailureAlert error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shell.actions.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {shell.actions.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ChangedCount({ paths, texts }: { paths: string[]; texts: Record<string, string> }) {
  const { content: t } = usePhrases().signInExperience;
  const count = paths.filter((path) => (texts[path] ?? '') !== '').length;
  return count > 0 ? <Badge variant="light">{t.changed({ count })}</Badge> : null;
}
