import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * What stands before a command so that its process has no network (Linux, where people may make namespaces), never gains
 * rights, and ends with whoever started it (Linux with util-linux). Empty where none of this works. Found out once.
 */
export function isolation(): readonly string[] {
  return (found ??= [noNetwork(), noNewRights()].flat());
}

let found: readonly string[] | undefined;

/**
 * Whether what stands behind it is counted by itself. A limit on processes is one of all of a user, threads among them;
 * only in a name space of its own does it mean one process and what that one starts.
 */
export function isCountedApart(): boolean {
  return isolation().includes('--user');
}

function noNetwork(): string[] {
  const unshare = systemProgram('unshare');
  return unshare === null ? [] : ifItWorks([unshare, '--user', '--map-current-user', '--net', '--']);
}

function noNewRights(): string[] {
  const setpriv = systemProgram('setpriv');
  return setpriv === null ? [] : ifItWorks([setpriv, '--no-new-privs', '--pdeathsig', 'KILL', '--']);
}

function ifItWorks(prefix: string[]): string[] {
  const [program = '', ...before] = prefix;
  const { status } = spawnSync(program, [...before, process.execPath, '--version'], {
    stdio: 'ignore',
    env: {},
    timeout: 5_000,
  });
  return status === 0 ? prefix : [];
}

/** Where Linux distributions keep it; null elsewhere. */
export function systemProgram(name: string): string | null {
  return [`/usr/bin/${name}`, `/bin/${name}`].find((path) => existsSync(path)) ?? null;
}
