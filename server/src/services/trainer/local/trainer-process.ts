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
  const received = receivedFrom(child);
  return {
    pid: child.pid,
    replies: repliesOf(received),
    send(request) {
      // A failure to send means that the process is gone, which its end tells.
      child.send(request, () => undefined);
    },
    kill: () => void child.kill('SIGKILL'),
    ended,
  };
}

async function* repliesOf(received: ReadableStream<TrainerReply | ProcessDeath>): AsyncGenerator<TrainerReply> {
  for await (const reply of received) {
    if (reply instanceof ProcessDeath) throw reply;
    yield reply;
  }
}

/** The death comes last, so that a slow reader loses nothing that was said before. */
function receivedFrom(child: ChildProcess): ReadableStream<TrainerReply | ProcessDeath> {
  let lastWords = '';
  child.stderr?.on('data', (data: Buffer) => {
    lastWords = (lastWords + data.toString()).slice(-keptErrorCharacters);
  });
  let isOver = false;
  return new ReadableStream({
    start(controller) {
      const end = (reason: string): void => {
        if (isOver) return;
        isOver = true;
        controller.enqueue(new ProcessDeath(`the trainer ended with ${reason}: ${lastWords}`));
        controller.close();
      };
      child.on('message', (reply: TrainerReply) => {
        if (!isOver) controller.enqueue(reply);
      });
      child.on('error', (error) => end(error.message));
      child.on('close', (code, signal) => end(signal ?? `code ${code}`));
    },
    cancel() {
      isOver = true;
    },
  });
}
