import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { platform, userInfo } from 'node:os';
import path from 'node:path';
import { EmbeddedPostgresError } from './binaries.ts';

/** A user of the operating system. */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

/** How PostgreSQL's programs are run. */
export interface RunAs {
  /** The user that owns the files and runs the programs. */
  user: SystemUser;
  /** Turns a command into one that runs as that user. */
  command(program: string, args: readonly string[]): RunnableCommand;
}

export interface RunnableCommand {
  program: string;
  args: string[];
  /** Given only when this process is root and the system call of spawn is enough. */
  uid?: number;
  gid?: number;
}

// linux/capability.h
const CAPABILITY_BITS = { dac_override: 1n, dac_read_search: 2n } as const;
type Capability = keyof typeof CAPABILITY_BITS;

/**
 * Decides who runs PostgreSQL, which refuses to run as root.
 * An ordinary user runs it itself.
 * Root gives it to the owner of an existing cluster, else to `postgres`, else to `nobody`.
 * That user may not reach the directories (a clone below /root, or in `mktemp -d`): then it gets the one capability
 * to walk through them, and nothing else of root.
 */
export function chooseIdentity(clusterDirectory: string, programs: readonly string[]): RunAs {
  const self = userInfo();
  if (self.uid !== 0) {
    return {
      user: { name: self.username, uid: self.uid, gid: self.gid },
      command: (program, args) => ({ program, args: [...args] }),
    };
  }
  const user = ownerOf(clusterDirectory) ?? findUser('postgres') ?? findUser('nobody');
  if (!user) {
    throw new EmbeddedPostgresError(
      'PostgreSQL does not run as root, and there is no user postgres or nobody to run it: start Latchkey as another user, or set DATABASE_URL',
    );
  }
  const capability = missingCapability(user, clusterDirectory, programs);
  if (!capability) {
    return { user, command: (program, args) => ({ program, args: [...args], uid: user.uid, gid: user.gid }) };
  }
  const setpriv = findSetpriv(user, capability, clusterDirectory);
  const options = [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
  ];
  return { user, command: (program, args) => ({ program: setpriv, args: [...options, program, ...args] }) };
}

function users(): SystemUser[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

const findUser = (name: string): SystemUser | undefined => users().find((user) => user.name === name);

function ownerOf(clusterDirectory: string): SystemUser | undefined {
  const owner = statSync(clusterDirectory, { throwIfNoEntry: false })?.uid;
  return owner ? users().find((user) => user.uid === owner) : undefined;
}

/** The permission bits that `user` has on a path. */
function permissionsOf(user: SystemUser, file: string): number {
  const { mode, uid, gid } = statSync(file);
  if (uid === user.uid) return (mode >> 6) & 7;
  return gid === user.gid ? (mode >> 3) & 7 : mode & 7;
}

const EXECUTE = 1;

function ancestors(file: string): string[] {
  const parent = path.dirname(file);
  return parent === file ? [] : [parent, ...ancestors(parent)];
}

/** The smallest capability without which `user` cannot reach its files, as setpriv names it. */
function missingCapability(
  user: SystemUser,
  clusterDirectory: string,
  programs: readonly string[],
): Capability | undefined {
  // A file installed under umask 077 is not executable for others; only DAC_OVERRIDE helps there.
  const runnable = programs.every((program) => (permissionsOf(user, program) & EXECUTE) !== 0);
  const directories = new Set([clusterDirectory, ...programs].flatMap(ancestors));
  const reachable = [...directories].every((directory) => (permissionsOf(user, directory) & EXECUTE) !== 0);
  if (runnable && reachable) return undefined;
  // A container's root often has DAC_OVERRIDE but not the smaller DAC_READ_SEARCH.
  return runnable && hasCapability('dac_read_search') ? 'dac_read_search' : 'dac_override';
}

function hasCapability(capability: Capability): boolean {
  if (platform() !== 'linux') return false;
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return ((BigInt(`0x${effective}`) >> CAPABILITY_BITS[capability]) & 1n) === 1n;
}

function findSetpriv(user: SystemUser, capability: Capability, clusterDirectory: string): string {
  const candidates = ['/usr/bin/setpriv', '/bin/setpriv', '/usr/sbin/setpriv', '/sbin/setpriv'];
  const found = candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (found && hasCapability(capability)) return found;
  throw new EmbeddedPostgresError(
    `PostgreSQL must not run as root, and user ${user.name} cannot reach ${path.dirname(clusterDirectory)}: put the clone and LATCHKEY_HOME where every user may enter (chmod o+x), start Latchkey as another user, or set DATABASE_URL`,
  );
}
