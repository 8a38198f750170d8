import type { FastifyReply } from 'fastify';
import type { ChosenModel, CompletionPart } from '../../core/completions/completions.ts';

export type StartedPart = Exclude<CompletionPart, { type: 'start' }>;

export interface StartedCompletion {
  model: ChosenModel;
  parts: AsyncIterable<StartedPart>;
}

/** Waits until something answers; rejects with what fails before. */
export async function beginCompletion(completion: AsyncIterable<CompletionPart>): Promise<StartedCompletion> {
  const iterator = completion[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true || first.value.type !== 'start') throw new Error('a completion began without its start');
  return { model: first.value.model, parts: withoutStart(iterator) };
}

async function* withoutStart(iterator: AsyncIterator<CompletionPart>): AsyncGenerator<StartedPart> {
  try {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      if (next.value.type !== 'start') yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Tells in headers what answers: `x-billumy-model`, and `x-billumy-route` when a route chose it. */
export function nameModel(reply: FastifyReply, { name, route }: ChosenModel): void {
  void reply.header('x-billumy-model', printable(name));
  if (route === null) return;
  void reply.header('x-billumy-route', printable([route.difficulty, ...route.reasons].join('; ')));
}

function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?');
}
