import { setImmediate } from 'node:timers/promises';
import type { Prompt } from '../../../ports/engine.ts';
import { failedMessage } from './child/engine-failure.ts';
import { Models } from './child/models.ts';
import { createOutbox } from './child/outbox.ts';
import type { ChildMessage, ParentMessage } from './messages.ts';

/** The process that runs llama.cpp, so that its death takes nothing else along. Arguments: threads or "auto", gpu or "cpu", bytes for prefixes. */
const [threads = 'auto', device = 'cpu', prefixBytes = '0'] = process.argv.slice(2);
const aliveMs = 1000;
/** What does not wait for anything leaves the others a turn after so long. */
const turnMs = 20;

let progress = 0;
let underWay = 0;
/** Calls over several texts whose caller still waits. */
const wanted = new Set<number>();

const outbox = createOutbox(send, failedMessage);
const models = new Models({
  threads: threads === 'auto' ? null : Number(threads),
  gpu: device === 'gpu',
  prefixBytes: Number(prefixBytes),
  output: {
    ...outbox,
    finish: (id, result) => (underWay--, outbox.finish(id, result)),
    scored: (id, nll) => (underWay--, outbox.scored(id, nll)),
    abort: (id) => (underWay--, outbox.abort(id)),
    fail: (id, error) => (underWay--, outbox.fail(id, error)),
    stepping: () => (progress++, outbox.stepping()),
  },
});

process.on('message', (message: ParentMessage) => void receive(message));
process.on('disconnect', () => process.exit(0));
setInterval(() => send({ type: 'alive', progress, idle: underWay === 0 }), aliveMs);
send({ type: 'ready' });

async function receive(message: ParentMessage): Promise<void> {
  if (message.type === 'abort') {
    wanted.delete(message.id);
    models.abort(message.id);
    return;
  }
  underWay++;
  try {
    const reply = await answer(message);
    if (reply === 'later') return;
    send(reply);
  } catch (error) {
    send(failedMessage(message.id, error));
  }
  underWay--;
  progress++;
  wanted.delete(message.id);
}

async function answer(message: Exclude<ParentMessage, { type: 'abort' }>): Promise<ChildMessage | 'later'> {
  const { id } = message;
  switch (message.type) {
    case 'estimate':
      return { type: 'estimated', id, need: await models.estimate(message.load) };
    case 'load':
      return { type: 'loaded', id, loaded: await models.load(message.load) };
    case 'unload':
      await models.unload(message.model);
      return { type: 'done', id };
    case 'generate':
      models.language(message.model).generate(message);
      return 'later';
    case 'embed': {
      const embedder = models.embedder(message.model);
      return { type: 'vectors', id, vectors: await forEach(message, (text) => embedder.embed(text)) };
    }
    case 'rerank': {
      const reranker = models.reranker(message.model);
      const relevance = (text: string): Promise<number> => reranker.relevance(message.query, text);
      return { type: 'numbers', id, numbers: await forEach(message, relevance) };
    }
    case 'count-tokens': {
      const count = async (text: string | Prompt): Promise<number> => models.countTokens(message.model, text);
      return { type: 'numbers', id, numbers: await forEach(message, count) };
    }
    case 'tokenize':
      return { type: 'numbers', id, numbers: models.tokenize(message.model, message.text) };
    case 'row':
      return { type: 'row', id, ...models.language(message.model).rowOf(message.example) };
    case 'score':
      models.language(message.model).score(message);
      return 'later';
    case 'detokenize':
      return { type: 'text', id, text: models.detokenize(message.model, message.tokens) };
    default:
      return message satisfies never;
  }
}

/** One text after the other, so that calls take turns; ends early when the caller has left. */
async function forEach<Text, Result>(
  { id, texts }: { id: number; texts: readonly Text[] },
  work: (text: Text) => Promise<Result>,
): Promise<Result[]> {
  wanted.add(id);
  const results: Result[] = [];
  let resumed = performance.now();
  for (const text of texts) {
    if (!wanted.has(id)) break;
    results.push(await work(text));
    progress++;
    if (performance.now() - resumed < turnMs) continue;
    await setImmediate();
    resumed = performance.now();
  }
  return results;
}

function send(message: ChildMessage): void {
  process.send?.(message);
}
