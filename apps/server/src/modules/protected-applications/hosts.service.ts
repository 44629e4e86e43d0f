import { type Scope, transaction } from '../../kernel/scope.ts';
import type { ApplicationsApi } from '../applications/index.ts';
import { type DomainsApi, type HostState, parseDomain } from '../domains/index.ts';
import { fail } from './protected-applications.errors.ts';

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export interface HostsDependencies {
  applications: Pick<ApplicationsApi, 'find'>;
  hosts: DomainsApi['hosts'];
}

export type HostsService = ReturnType<typeof createHostsService>;

/** Where protected applications are: below the install's own name, or at names of the tenant's own. */
export function createHostsService({ applications, hosts }: HostsDependencies) {
  const requireProtected = async (scope: Scope, id: string): Promise<void> => {
    const application = await applications.find(scope, id);
    if (!application) throw fail('entity.not_exists_with_id', { data: { name: 'application', id } });
    if (application.type !== 'Protected') throw fail('application.protected_application_only');
  };

  /** The host that an application asks for, and how it gets it once its row is there. */
  const plan = (subDomain: string): { host: string; take(tx: Scope, applicationId: string): Promise<void> } => {
    if (subDomain.includes('.')) {
      const host = parseDomain(subDomain);
      if (host === undefined) throw fail('application.invalid_subdomain');
      return {
        host,
        async take(tx, applicationId) {
          await hosts.claim(tx, applicationId, host);
        },
      };
    }
    if (!LABEL.test(subDomain)) throw fail('application.invalid_subdomain');
    if (hosts.givenBelow === undefined) {
      throw fail('application.protected_app_not_configured', {
        details:
          'subDomain: give a whole host name, such as wiki.example.com; a label needs an ENDPOINT such as https://*.example.com',
      });
    }
    return {
      host: `${subDomain}.${hosts.givenBelow}`,
      async take(tx, applicationId) {
        if (!(await hosts.give(tx, applicationId, subDomain))) {
          throw fail('application.protected_application_subdomain_exists');
        }
      },
    };
  };

  return {
    plan,

    async list(scope: Scope, id: string): Promise<HostState[]> {
      await requireProtected(scope, id);
      return hosts.list(scope, id);
    },

    async add(scope: Scope, id: string, wanted: string): Promise<HostState> {
      await requireProtected(scope, id);
      return transaction(scope, (tx) => hosts.claim(tx, id, wanted));
    },

    async remove(scope: Scope, id: string, domain: string): Promise<void> {
      await requireProtected(scope, id);
      const removed = await transaction(scope, (tx) => hosts.remove(tx, id, domain));
      if (!removed) throw fail('application.custom_domain_not_found');
    },
  };
}
