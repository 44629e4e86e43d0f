import { sql } from 'drizzle-orm';
import { Agent, setGlobalDispatcher } from 'undici';
import { afterAll } from 'vitest';
import { type ApiCaller, createTestApp, type TestApp } from './harness.ts';

/** DNS of a test: TXT records by name; a name without any does not exist, and one that is an error fails with it. */
export type Records = Map<string, string | string[] | Error>;

export interface DomainsTestApp {
  app: TestApp;
  records: Records;
  /** The application at another host of this machine. */
  at(domain: string): string;
}

/** Every name leads to this machine, as the CNAME records of all domains do. */
function resolveNamesHere(): void {
  const agent = new Agent({
    connect: {
      lookup: (_name, options, done) =>
        options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
    },
  });
  setGlobalDispatcher(agent);
  afterAll(() => agent.destroy());
}

export async function createDomainsTestApp(env: Record<string, string> = {}): Promise<DomainsTestApp> {
  const records: Records = new Map();
  const app = await createTestApp(env, {
    async resolveTxt(name) {
      const texts = records.get(name);
      if (texts instanceof Error) throw texts;
      if (texts === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      // Long texts arrive in pieces.
      return [texts].flat().map((text) => [text.slice(0, 10), text.slice(10)]);
    },
  });
  resolveNamesHere();
  const at = (domain: string) => app.origin.replace('localhost', domain);
  return { app, records, at };
}

/** Adds a domain, without its records. */
export async function addDomain(api: ApiCaller, domain: string) {
  const { body } = await api('POST', '/api/domains', { domain });
  const txt = body.dnsRecords.find(({ type }: { type: string }) => type === 'TXT');
  return { id: body.id as string, record: txt as { name: string; value: string } };
}

/** Adds a domain and proves it. */
export async function proveDomain({ records }: DomainsTestApp, api: ApiCaller, domain: string) {
  const added = await addDomain(api, domain);
  records.set(added.record.name, added.record.value);
  const { body } = await api('POST', `/api/domains/${added.id}/verify`);
  return { ...added, status: body.status as string };
}

/** Makes what happened to a domain so far lie further back; tokens would not outlive a move of the clock. */
export const backdate = ({ app }: DomainsTestApp, domain: string, hours: number) =>
  app.world.database.forSystem('test').execute(sql`
    update domains set
      created_at = created_at - make_interval(hours => ${hours}),
      checked_at = checked_at - make_interval(hours => ${hours}),
      failing_since = failing_since - make_interval(hours => ${hours})
    where domain = ${domain}`);
