import { consoleOriginOf } from '../console.routes.ts';
import { secretValue } from '../kernel/ids.ts';
import { type Scope, systemScope, transaction } from '../kernel/scope.ts';
import { ADMIN_TENANT, DEFAULT_TENANT } from '../kernel/tenancy.ts';
import { SIGNING_ALGORITHMS } from '../modules/oidc/index.ts';
import type { CommandContext } from './main.ts';

/** The command was written wrongly; the message says how it is written. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Command = (context: CommandContext) => Promise<Record<string, unknown>>;

const APPLICATION_TYPES = ['Native', 'SPA', 'Traditional', 'MachineToMachine'] as const;

function required(value: string | undefined, option: string): string {
  if (!value) throw new UsageError(`${option} is required`);
  return value;
}

function oneOf<Value extends string>(value: string, option: string, allowed: readonly Value[]): Value {
  const found = allowed.find((candidate) => candidate === value);
  if (!found) throw new UsageError(`${option} must be one of ${allowed.join(', ')}`);
  return found;
}

/** Work from the command line is recorded as the host's. */
const hostScope = ({ world }: CommandContext, tenantId: string): Scope => ({
  ...systemScope(world, tenantId, 'command line'),
  now: world.now(),
});

const welcomeLink = ({ world }: CommandContext, token: string): string =>
  `${consoleOriginOf(world.addressing)}/console/welcome?token=${token}`;

async function tenantOf({ modules, options }: CommandContext): Promise<string> {
  const tenantId = options.tenant ?? DEFAULT_TENANT;
  if (!(await modules.tenants.exists(tenantId))) throw new UsageError(`there is no tenant "${tenantId}"`);
  return tenantId;
}

/** Without a user name: a link by which somebody makes the account. With one: the account, ready to sign in. */
const createAdministrator: Command = async (context) => {
  const { modules, options } = context;
  const scope = hostScope(context, ADMIN_TENANT);
  const { username } = options;
  if (!username) return { link: welcomeLink(context, await modules.tenants.links.issue(scope, 'setup')) };
  const password = options.password ?? secretValue();
  const user = await transaction(scope, async (tx) => {
    const created = await modules.users.create(tx, { username, password });
    await modules.tenants.makeAdministrator(tx, created.id);
    return created;
  });
  return { id: user.id, username, ...(options.password === undefined && { password }) };
};

/** The administrator that is named, or the only one there is. */
async function administratorOf({ modules, options }: CommandContext, scope: Scope) {
  const ids = await modules.tenants.listAdministratorIds();
  const users = await Promise.all(ids.map((id) => modules.users.find(scope, id)));
  const { username } = options;
  if (username) {
    const named = users.find((user) => user?.username === username);
    if (!named) throw new UsageError(`there is no administrator "${username}"`);
    return named;
  }
  if (users.length > 1)
    throw new UsageError(`say which one: ${users.map((user) => `--username ${user?.username}`).join(', ')}`);
  return users[0];
}

const recoverAdministrator: Command = async (context) => {
  const { modules } = context;
  const scope = hostScope(context, ADMIN_TENANT);
  const user = await administratorOf(context, scope);
  // Nobody to recover: the install still waits for its first administrator.
  if (!user) return createAdministrator(context);
  return {
    id: user.id,
    username: user.username,
    link: welcomeLink(context, await modules.tenants.links.issue(scope, 'recover', user.id)),
  };
};

const createApplication: Command = async (context) => {
  const { modules, options } = context;
  const scope = hostScope(context, await tenantOf(context));
  const type = oneOf(required(options.type, '--type'), '--type', APPLICATION_TYPES);
  const name = required(options.name, '--name');
  if (options['management-api'] && type !== 'MachineToMachine') {
    throw new UsageError('--management-api is for the type MachineToMachine');
  }
  const application = await transaction(scope, async (tx) => {
    const created = await modules.applications.create(tx, {
      name,
      type,
      oidcClientMetadata: {
        redirectUris: options['redirect-uri'] ?? [],
        postLogoutRedirectUris: options['post-sign-out-uri'] ?? [],
      },
    });
    if (options['management-api']) await modules.tenants.grantManagementApi(tx, created.id);
    return created;
  });
  const [secret] = await modules.applications.listSecrets(scope, application.id);
  return { id: application.id, name, type, ...(secret && { secret: secret.value }) };
};

const rotateKeys: Command = async (context) => {
  const { modules, options } = context;
  const scope = hostScope(context, await tenantOf(context));
  const grace = options['grace-period'];
  if (grace !== undefined && !/^\d{1,7}$/.test(grace)) throw new UsageError('--grace-period is a number of seconds');
  const keys = await modules.oidc.api.keys.rotate(scope, 'private-keys', {
    algorithm: options.algorithm && oneOf(options.algorithm, '--algorithm', SIGNING_ALGORITHMS),
    gracePeriodSeconds: grace === undefined ? undefined : Number(grace),
  } as Parameters<typeof modules.oidc.api.keys.rotate>[2]);
  const newest = keys.find((key) => key.status === 'Next') ?? keys[0];
  return { id: newest?.id, algorithm: newest?.algorithm, status: newest?.status };
};

/** After a change of SECRET_KEY: everything still sealed by the previous one is sealed by the current one. */
const resealSecrets: Command = async (context) => {
  const { modules } = context;
  let resealed = 0;
  for (const tenantId of await modules.tenants.listIds()) {
    resealed += await transaction(hostScope(context, tenantId), (tx) => modules.reseal(tx));
  }
  return { resealed };
};

export const commands: Record<string, Command> = {
  'admin create': createAdministrator,
  'admin recover': recoverAdministrator,
  'app create': createApplication,
  'keys rotate': rotateKeys,
  'keys reseal': resealSecrets,
};
