import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';

/** As much of JSON Schema as the server uses to describe what a script is given. */
export type ArgumentSchema = {
  type?: string | string[];
  description?: string;
  properties?: Record<string, ArgumentSchema>;
  items?: ArgumentSchema;
  anyOf?: ArgumentSchema[];
  enum?: unknown[];
};

/** What may be null or absent is written as a choice; what can be looked into is the other one. */
const insideOf = (schema: ArgumentSchema): ArgumentSchema =>
  schema.anyOf?.find(({ type }) => type !== 'null') ?? schema;

const typeOf = (schema: ArgumentSchema): string => {
  const { type, enum: values } = insideOf(schema);
  return values?.map((value) => JSON.stringify(value)).join(' | ') ?? [type ?? 'any'].flat().join(' | ');
};

/** One step of a path: a member, or any element of a list. */
function step(schema: ArgumentSchema, name: string): ArgumentSchema | undefined {
  const inside = insideOf(schema);
  return /^\d+$/.test(name) ? inside.items : inside.properties?.[name];
}

/** Names by which a script may reach into its argument: the argument's own, and those one takes out of them. */
function rootsOf(argument: ArgumentSchema): Record<string, ArgumentSchema> {
  const own = argument.properties ?? {};
  const taken = [own.context, own.event].flatMap((holder) => Object.entries(holder?.properties ?? {}));
  return { ...Object.fromEntries(taken), ...own };
}

/** Functions that every script has, beside JavaScript's own. */
const given: Record<string, ArgumentSchema> = { environmentVariables: { type: 'object' }, api: { type: 'object' } };
const apiMembers: Completion[] = [{ label: 'denyAccess', type: 'function', detail: '(message?)' }];

const toCompletions = (members: Record<string, ArgumentSchema>): Completion[] =>
  Object.entries(members).map(([label, schema]) => ({
    label,
    type: 'property',
    detail: typeOf(schema),
    ...(schema.description && { info: schema.description }),
  }));

/** What can stand at the end of the text; undefined where nothing of the argument can. */
export function completeText(
  text: string,
  argument: ArgumentSchema,
  variables: readonly string[],
): { from: number; options: Completion[] } | undefined {
  const member = /([\w$]+(?:\??\.[\w$]+|(?:\?\.)?\[\d+\])*)\??\.([\w$]*)$/.exec(text);
  if (!member) {
    const word = /(?<![\w$.'"`])[A-Za-z_$][\w$]*$/.exec(text)?.[0];
    if (!word) return undefined;
    return { from: text.length - word.length, options: toCompletions({ ...rootsOf(argument), ...given }) };
  }
  const [, path = '', typed = ''] = member;
  const from = text.length - typed.length;
  const [root = '', ...names] = path.split(/[.?[\]]+/).filter((name) => name !== '');
  if (names.length === 0 && root === 'api') return { from, options: apiMembers };
  if (names.length === 0 && root === 'environmentVariables') {
    return { from, options: variables.map((label) => ({ label, type: 'property' })) };
  }
  const start = rootsOf(argument)[root];
  const found = names.reduce<ArgumentSchema | undefined>((schema, name) => schema && step(schema, name), start);
  const members = found && insideOf(found).properties;
  return members ? { from, options: toCompletions(members) } : undefined;
}

/** Completes the members of what a script is given, as the server describes it. */
export const argumentCompletions =
  (argument: ArgumentSchema, variables: readonly string[]) =>
  (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const found = completeText(line.text.slice(0, context.pos - line.from), argument, variables);
    return found ? { ...found, from: line.from + found.from, validFor: /^[\w$]*$/ } : null;
  };
