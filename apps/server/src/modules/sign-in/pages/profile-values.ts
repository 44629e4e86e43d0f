const PREFIX = 'profile.';

/** Answers to the tenant's own questions as a form sends them: `profile.<name>`, and `profile.<name>.<part>`. */
export function profileValues(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const parts = new Map<string, Record<string, unknown>>();
  const values: [string, unknown][] = [];
  for (const [key, value] of Object.entries(fields)) {
    if (!key.startsWith(PREFIX)) continue;
    const [name = '', part] = key.slice(PREFIX.length).split('.');
    if (part === undefined) values.push([name, value]);
    else parts.set(name, { ...parts.get(name), [part]: value });
  }
  return Object.fromEntries([...values, ...parts]);
}
