import { type ChildProcess, fork } from 'node:child_process';
import { builtModule } from '../../../process/built-module.ts';
import type { TrainerReply, TrainerRequest } from './messages.ts';

/** A process that does one thing and can be killed at any moment. */
export interface TrainerProcess {
  readonly pid: number | undefined;
  /** In order; they end with a `ProcessDeath` when the process does. */
  readonly replies: AsyncIterable<TrainerReply>;
  send(request: TrainerRequest): void;
  kill(): void;
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>;
}

/** The process is gone; the message says how, with its last words. */
export class ProcessDeath extends Error {}

const keptErrorCharacters = 2000;

/** The environment is empty, for secrets are in it, but for a word to ggml not to start a debugger when it aborts. */
export function startTrainerProcess(): TrainerProcess {
  const child = fork(builtModule(import.meta.url, './trainer-child.js'), {
    env: { GGML_NO_BACKTRACE: '1' },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    pid: child.pid,
    replies: repliesOf(child),
    send(request) {
      // A failure to send means that the process is gone, which its end tells.
      child.send(request, () => undefined);
    },
    kill: () => void child.kill('SIGKILL'),
    ended,
  };
}

function repliesOf(child: ChildProcess): ReadableStream<TrainerReply> {
  let lastWords = '';
  child.stderr?.on('data', (data: Buffer) => {
    lastWords = (lastWords + data.toString()).slice(-keptErrorCharacters);
  });
  let hasEnded = false;
  return new ReadableStream({
    start(controller) {
      const end = (reason: string): void => {
        if (hasEnded) return;
        hasEnded = true;
        controller.error(new ProcessDeath(`the trainer ended with ${reason}: ${lastWords}`));
      };
      child.on('message', (reply: TrainerReply) => {
        if (!hasEnded) controller.enqueue(reply);
      });
      child.on('error', (error) => end(error.message));
      child.on('close', (code, signal) => end(signal ?? `code ${code}`));
    },
    cancel() {
      hasEnded = true;
    },
  });
}
