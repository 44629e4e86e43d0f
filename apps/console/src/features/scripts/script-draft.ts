import type { StoredScript } from './scripts.queries.ts';
import { isClaimsSlot, type Slot } from './slots.ts';

/** A script as it is edited. */
export type ScriptDraft = {
  script: string;
  variables: { name: string; value: string }[];
  /** The argument of a trial run, as JSON. */
  argument: string;
  blocksOnError: boolean;
  enabled: boolean;
};

const inWords = (value: unknown) => JSON.stringify(value, null, 2);

export function toDraft(
  slot: Slot,
  stored: StoredScript | undefined,
  usual: { script: string; argument: Record<string, unknown> },
): ScriptDraft {
  const { tokenSample, contextSample } = stored ?? {};
  const kept = isClaimsSlot(slot)
    ? { ...(tokenSample && { token: tokenSample }), ...(contextSample !== undefined && { context: contextSample }) }
    : { ...(contextSample !== undefined && { event: contextSample }) };
  return {
    script: stored?.script ?? usual.script,
    variables: Object.entries(stored?.environmentVariables ?? {}).map(([name, value]) => ({ name, value })),
    argument: inWords({ ...usual.argument, ...kept }),
    blocksOnError: isClaimsSlot(slot) ? stored?.blockIssuanceOnError !== false : stored?.onExecutionError !== 'allow',
    enabled: stored?.enabled !== false,
  };
}

export function readArgument({ argument }: ScriptDraft): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(argument);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

export const variablesOf = ({ variables }: ScriptDraft): Record<string, string> =>
  Object.fromEntries(variables.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]));

/** Whether two variables have one name, of which one would be lost. */
export const repeatedVariable = ({ variables }: ScriptDraft): string | undefined => {
  const names = variables.map(({ name }) => name.trim()).filter((name) => name !== '');
  return names.find((name, index) => names.indexOf(name) !== index);
};

/** What is kept of a draft; the sample only where it is not the usual one. */
export function toScript(slot: Slot, draft: ScriptDraft, usual: Record<string, unknown>): StoredScript {
  const argument = readArgument(draft) ?? usual;
  const isOwn = (name: string) => JSON.stringify(argument[name]) !== JSON.stringify(usual[name]);
  const base = { script: draft.script, environmentVariables: variablesOf(draft) };
  if (isClaimsSlot(slot)) {
    return {
      ...base,
      ...(isOwn('token') && { tokenSample: argument.token as Record<string, unknown> }),
      ...(isOwn('context') && { contextSample: argument.context }),
      blockIssuanceOnError: draft.blocksOnError,
    };
  }
  return {
    ...base,
    ...(isOwn('event') && { contextSample: argument.event }),
    enabled: draft.enabled,
    onExecutionError: draft.blocksOnError ? 'block' : 'allow',
  };
}
