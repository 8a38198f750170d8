import { fork, type ChildProcess } from 'node:child_process';
import { isCountedApart, isolation, systemProgram } from './isolation.ts';
import { watchMemory } from './watch-memory.ts';

/** What the system lets a process use. */
export interface ProcessLimits {
  /** Of processor time, from its start to its end. */
  cpuSeconds: number;
  /** Of private memory, however it is allocated. */
  memoryMegabytes: number;
  openFiles: number;
  /** Largest file that it can write; 0: it can write none. */
  fileBytes: number;
}

export interface LimitedProcessOptions<Reply> {
  /** The program, from `builtModule`. */
  module: string;
  limits: ProcessLimits;
  /** Of `memoryMegabytes`, what the JavaScript heap may take. */
  heapShare: number;
  /** What it is allowed beyond reading files, as flags of Node's permission model. */
  permissions?: readonly string[];
  onReply(reply: Reply): void;
  /** Called once. `error` is what it was killed for, or what `deathError` made of its death. */
  onEnd(error: unknown): void;
  deathError(death: ProcessDeath): unknown;
}

/** `limit`: it used more than it may; `crash`: anything else; `not_started`: it never ran. */
export type ProcessDeath = { kind: 'limit' | 'crash' } | { kind: 'not_started'; cause: unknown };

/** A process with few rights and no environment, which can be killed at any moment. */
export interface LimitedProcess<Request> {
  readonly pid: number | undefined;
  /** Resolves when it is sent, or can no longer be: then the process is dying, which its end reports. */
  send(request: Request): Promise<void>;
  /** At once, whatever it is doing; the first reason counts. */
  kill(reason?: unknown): void;
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>;
  /** False once it died or was killed. */
  isAlive(): boolean;
}

export function startLimitedProcess<Request extends object, Reply>(
  options: LimitedProcessOptions<Reply>,
): LimitedProcess<Request> {
  const child = spawn(options);
  let killedFor: unknown;
  let isAlive = true;
  let usedTooMuch = false;
  const stopWatching = prlimit === null ? watch() : () => {};

  const ended = new Promise<void>((resolve) => {
    const end = (death: ProcessDeath): void => {
      isAlive = false;
      stopWatching();
      options.onEnd(killedFor ?? options.deathError(death));
      resolve();
    };
    child.on('error', (cause) => child.pid === undefined && end({ kind: 'not_started', cause }));
    child.on('exit', (code, signal) => end({ kind: usedTooMuch || wasLimit(code, signal) ? 'limit' : 'crash' }));
  });
  child.on('message', (reply) => options.onReply(reply as Reply));

  function watch(): () => void {
    const { pid } = child;
    if (pid === undefined) return () => {};
    return watchMemory({ pid, megabytes: options.limits.memoryMegabytes }, () => {
      usedTooMuch = true;
      child.kill('SIGKILL');
    });
  }

  return {
    pid: child.pid,
    send(request) {
      return new Promise((resolve) => {
        if (!child.connected) resolve();
        else child.send(request, () => resolve());
      });
    },
    kill(reason) {
      killedFor ??= reason;
      isAlive = false;
      child.kill('SIGKILL');
    },
    ended,
    isAlive: () => isAlive,
  };
}

/** Where there is none, the heap limit, a look at its memory from time to time and whoever kills have to do. */
const prlimit = systemProgram('prlimit');
const permissionFlag = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

function spawn<Reply>({ module, limits, heapShare, permissions = [] }: LimitedProcessOptions<Reply>): ChildProcess {
  const nodeOptions = [
    `--max-old-space-size=${Math.floor(limits.memoryMegabytes * heapShare)}`,
    '--no-warnings',
    '--disallow-code-generation-from-strings',
    // It may read the program's own modules, but neither write files nor start processes.
    permissionFlag,
    '--allow-fs-read=*',
    ...permissions,
  ];
  const limited = prlimit === null ? [] : [prlimit, ...limitFlags(limits)];
  const [program, ...execArgv] = [...isolation(), ...limited, process.execPath, ...nodeOptions];
  return fork(module, {
    execPath: program,
    execArgv,
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
}

function limitFlags({ cpuSeconds, memoryMegabytes, openFiles, fileBytes }: ProcessLimits): string[] {
  return [
    `--cpu=${Math.ceil(cpuSeconds)}`,
    `--data=${memoryMegabytes * 1024 * 1024}`,
    `--nofile=${openFiles}`,
    `--fsize=${fileBytes}`,
    '--core=0',
    // Root is above this limit; what it runs may start no process all the same, by Node's permissions.
    ...(isCountedApart() ? [`--nproc=${mostTasks}`] : []),
  ];
}

/** Threads and processes: those of Node and of a library on many cores, and no swarm. */
const mostTasks = 64;

/** Signals of the kernel for a limit, and of the engine for memory it did not get. */
const limitSignals: ReadonlySet<NodeJS.Signals> = new Set<NodeJS.Signals>([
  'SIGKILL',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGABRT',
  'SIGTRAP',
  'SIGILL',
]);
const abortExitCode = 134;

function wasLimit(code: number | null, signal: NodeJS.Signals | null): boolean {
  return code === abortExitCode || (signal !== null && limitSignals.has(signal));
}
