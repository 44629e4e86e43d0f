import type { Connector, ConnectorFormItem } from '@latchkey/server/contract';
import { useRef, useState } from 'react';
import { focusFirstProblem } from '../../components/focus-first-problem.ts';
import { usePhrases } from '../../i18n/language.tsx';
import { type ConfigValue, findProblems, toConfig, toFieldValues } from './connector-config.ts';
import { rejectedFields } from './rejected-fields.ts';

/** State of a configuration form: what is typed, and what is wrong with it by the browser's or the server's judgement. */
export function useConfigForm(items: readonly ConnectorFormItem[], stored?: Connector['config']) {
  const { connectors, shell } = usePhrases();
  const [values, setValues] = useState(() => toFieldValues(items, stored));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const formRef = useRef<HTMLFormElement>(null);

  function fail(next: Record<string, string>) {
    setErrors(next);
    focusFirstProblem(formRef);
  }

  return {
    formRef,
    dirty: JSON.stringify(values) !== JSON.stringify(toFieldValues(items, stored)),
    values,
    errors,
    change(key: string, value: ConfigValue) {
      setValues((current) => ({ ...current, [key]: value }));
      const isAnswered = (path: string) => path === key || path.startsWith(`${key}.`);
      setErrors((current) => Object.fromEntries(Object.entries(current).filter(([path]) => !isAnswered(path))));
    },
    reset(config?: Connector['config']) {
      setValues(toFieldValues(items, config));
      setErrors({});
    },
    /** The configuration to send, or null after showing what has to be corrected. */
    read(): Connector['config'] | null {
      const problems = findProblems(items, values);
      if (Object.keys(problems).length === 0) return toConfig(items, values, stored);
      const texts = {
        required: shell.form.required,
        json: connectors.problems.json,
        number: connectors.problems.number,
      };
      fail(Object.fromEntries(Object.entries(problems).map(([key, problem]) => [key, texts[problem]])));
      return null;
    },
    /** Shows a refusal at the fields it is about; false when it is about none of them. */
    showRefusal(error: unknown): boolean {
      const rejected = rejectedFields(
        error,
        items.map(({ key }) => key),
      );
      const keys = Object.keys(rejected);
      if (keys.length === 0) return false;
      const { refused, refusedPlainly } = connectors.problems;
      const textOf = (reason = '') => (reason === '' ? refusedPlainly : refused({ reason }));
      fail(Object.fromEntries(keys.map((key) => [key, textOf(rejected[key])])));
      return true;
    },
  };
}
