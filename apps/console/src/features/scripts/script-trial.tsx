import '@mantine/core/styles/Kbd.layer.css';
import { Badge, Box, Button, Group, Kbd, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { CodeField } from '../../components/code-field.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import classes from './scripts.module.css';
import type { ScriptRun, useRunScript } from './scripts.queries.ts';

type Props = {
  argument: string;
  /** The sample that the server offers. */
  usual: string;
  run: ReturnType<typeof useRunScript>;
  onChange: (argument: string) => void;
  onRun: () => void;
};

/** Runs the script as it stands on a sample, in the sandbox and with the limits of a real run. */
export function ScriptTrial({ argument, usual, run, onChange, onRun }: Props) {
  const { scripts } = usePhrases();
  const { trial: t } = scripts;
  return (
    <Section
      title={t.title}
      description={t.lead}
      actions={
        <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={onRun} loading={run.isPending}>
          {t.run}
        </Button>
      }
    >
      <Text size="sm" className="quiet">
        <Kbd>Ctrl</Kbd> + <Kbd>Enter</Kbd> {t.shortcut}
      </Text>
      <div role="status">
        {run.error && <FailureAlert error={run.error} />}
        {run.data && <RunResult {...run.data} />}
      </div>
      <div className={classes.sample}>
        <CodeField language="json" label={t.argument} value={argument} onChange={onChange} onRun={onRun} />
      </div>
      {argument !== usual && (
        <Button variant="subtle" size="xs" onClick={() => onChange(usual)} style={{ alignSelf: 'flex-start' }}>
          {t.reset}
        </Button>
      )}
    </Section>
  );
}

const colors = { value: 'door', denied: 'yellow', failed: 'red' } as const;

function RunResult({ outcome, console, durationMs }: ScriptRun) {
  const { trial: t } = usePhrases().scripts;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Badge color={colors[outcome.kind]} variant="light" tt="none">
          {t.outcomes[outcome.kind]}
        </Badge>
        <Text size="sm" className="quiet">
          {t.took({ ms: durationMs })}
        </Text>
      </Group>
      <Output label={t.result} text={wordsOf(outcome, t)} />
      {console.length > 0 && <Output label={t.console} text={console.join('\n')} />}
    </Stack>
  );
}

type Texts = ReturnType<typeof usePhrases>['scripts']['trial'];

function wordsOf(outcome: ScriptRun['outcome'], t: Texts): string {
  if (outcome.kind === 'failed') return `${t.reasons[outcome.reason]}\n${outcome.message}`;
  if (outcome.kind === 'denied') return outcome.message ?? t.noWords;
  return outcome.value === undefined ? t.nothing : JSON.stringify(outcome.value, null, 2);
}

function Output({ label, text }: { label: string; text: string }) {
  return (
    <Box>
      <Text size="sm" fw={500} mb={4}>
        {label}
      </Text>
      {/* Can be scrolled by keyboard where it is long. */}
      <Box component="pre" className={classes.output} tabIndex={0} role="region" aria-label={label}>
        {text}
      </Box>
    </Box>
  );
}
