import { startProgram, stopProgram } from '../start-service.mjs';

/**
 * Starts one part of the stack; resolves when it has printed what `ready` looks for. It ends with this process, whatever ends
 * that; an interrupt at the terminal does not reach it, so that parts can be stopped in order.
 *
 * @param {string} name what it is called when it cannot be started
 * @param {readonly string[]} command
 * @param {{ ready: RegExp, cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ url: string, output: string, child: import('node:child_process').ChildProcess, stop(): Promise<void> }>}
 */
export async function startPart(name, command, options) {
  const tied = ['--pdeathsig', 'TERM', ...command];
  const part = await startProgram('setpriv', tied, { name, detached: true, ...options });
  return { ...part, stop: () => stopProgram(part.child) };
}
