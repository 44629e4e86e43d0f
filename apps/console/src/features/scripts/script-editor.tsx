import { Button, Grid, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { CodeField } from '../../components/code-field.tsx';
import { DeleteSection } from '../../components/delete-section.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone, notifyFailed } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { type ArgumentSchema, argumentCompletions } from './completions.ts';
import { readArgument, repeatedVariable, type ScriptDraft, toDraft, toScript, variablesOf } from './script-draft.ts';
import { ScriptTrial } from './script-trial.tsx';
import classes from './scripts.module.css';
import {
  type StoredScript,
  scriptsQuery,
  slotQuery,
  useDeleteScript,
  useRunScript,
  useSaveScript,
} from './scripts.queries.ts';
import { isClaimsSlot, type Slot } from './slots.ts';
import { starterOf } from './starters.ts';
import { VariablesSection } from './variables-section.tsx';

type Props = {
  slot: Slot;
  /** The way back to the list. */
  above: ReactNode;
  listPath: '/customize-jwt' | '/actions';
};

/** A script, its variables and its settings, with trial runs beside it. */
export function ScriptEditor({ slot, ...page }: Props) {
  const { api } = useConsole();
  const stored = useQuery(scriptsQuery(api));
  const described = useQuery(slotQuery(api, slot));
  return (
    <Loaded query={stored}>
      {(scripts) => (
        <Loaded query={described}>
          {({ argument, sample }) => (
            <Editor key={slot} slot={slot} stored={scripts[slot]} schema={argument} sample={sample} {...page} />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

type EditorProps = Props & {
  stored: StoredScript | undefined;
  schema: ArgumentSchema;
  sample: Record<string, unknown>;
};

function Editor({ slot, stored, schema, sample, above, listPath }: EditorProps) {
  const { scripts: t } = usePhrases();
  const navigate = useNavigate();
  const save = useSaveScript(slot);
  const remove = useDeleteScript(slot);
  const run = useRunScript(slot);
  const initial = toDraft(slot, stored, { script: starterOf(slot, t), argument: sample });
  const [edits, setEdits] = useState<Partial<ScriptDraft>>({});
  const draft = { ...initial, ...edits };
  const change = (next: Partial<ScriptDraft>) => setEdits((current) => ({ ...current, ...next }));
  const dirty = JSON.stringify(draft) !== JSON.stringify(initial);
  const names = JSON.stringify(Object.keys(variablesOf(draft)));
  const completions = useMemo(() => argumentCompletions(schema, JSON.parse(names)), [schema, names]);
  const outcome = run.data?.outcome;
  const problem =
    outcome?.kind === 'failed' && outcome.place ? { ...outcome.place, message: outcome.message } : undefined;

  function start() {
    const argument = readArgument(draft);
    if (!argument) return notifyFailed(t.trial.argumentWrong);
    run.mutate({ script: draft.script, environmentVariables: variablesOf(draft), argument });
  }

  function store() {
    const repeated = repeatedVariable(draft);
    if (repeated !== undefined) return notifyFailed(t.variables.repeated({ name: repeated }));
    if (!readArgument(draft)) return notifyFailed(t.trial.argumentWrong);
    save.mutate(toScript(slot, draft, sample), {
      onSuccess: () => {
        setEdits({});
        notifyDone(t.saved);
      },
    });
  }

  return (
    <>
      <PageHeader
        above={above}
        title={t.slots[slot].title}
        description={t.slots[slot].lead}
        actions={
          !stored &&
          !dirty && (
            <Button onClick={store} loading={save.isPending}>
              {t.saveNew}
            </Button>
          )
        }
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="lg">
            <Section title={t.script} description={t.scriptLead}>
              <div className={classes.script}>
                <CodeField
                  bare
                  language="javascript"
                  label={t.script}
                  value={draft.script}
                  completions={completions}
                  problem={problem}
                  onChange={(script) => {
                    change({ script });
                    // Marks of the last run stand where its text stood.
                    if (problem) run.reset();
                  }}
                  onRun={start}
                />
              </div>
            </Section>
            <VariablesSection variables={draft.variables} onChange={(variables) => change({ variables })} />
            <SettingsSection slot={slot} draft={draft} onChange={change} />
            {save.error && <FailureAlert error={save.error} />}
            {stored && (
              <DeleteSection
                title={t.deleteTitle}
                hint={t.slots[slot].deleted}
                name={t.slots[slot].name}
                onDelete={() => remove.mutateAsync(undefined)}
                onDeleted={() => navigate({ to: listPath, ignoreBlocker: true })}
              />
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <div className={classes.beside}>
            <ScriptTrial
              argument={draft.argument}
              usual={JSON.stringify(sample, null, 2)}
              run={run}
              onChange={(argument) => change({ argument })}
              onRun={start}
            />
          </div>
        </Grid.Col>
      </Grid>
      <SaveBar dirty={dirty} pending={save.isPending} onDiscard={() => setEdits({})} onSave={store} />
    </>
  );
}

type SettingsProps = { slot: Slot; draft: ScriptDraft; onChange: (next: Partial<ScriptDraft>) => void };

function SettingsSection({ slot, draft, onChange }: SettingsProps) {
  const { scripts: t } = usePhrases();
  const { blocks, blocksHint } = isClaimsSlot(slot) ? t.claimsErrors : t.actionErrors;
  return (
    <Section title={t.settings}>
      {!isClaimsSlot(slot) && (
        <Switch
          label={t.enabled}
          description={t.enabledHint}
          checked={draft.enabled}
          onChange={({ currentTarget }) => onChange({ enabled: currentTarget.checked })}
        />
      )}
      <Switch
        label={blocks}
        description={blocksHint}
        checked={draft.blocksOnError}
        onChange={({ currentTarget }) => onChange({ blocksOnError: currentTarget.checked })}
      />
    </Section>
  );
}
