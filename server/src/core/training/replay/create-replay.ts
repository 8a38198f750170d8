import { hash } from 'node:crypto';
import type { TrainingExample } from '../../../models/training-example.ts';
import type { CallOptions, Engine } from '../../../ports/engine.ts';
import { splitKey } from '../examples/keys.ts';
import { splitExamples, withoutLeaks } from '../examples/split.ts';
import { documentExamples } from './document-examples.ts';
import { ownAnswers } from './own-answers.ts';
import { asReplayPassage, type ReplayPassage } from './replay-passage.ts';
import { samplePassages } from './sample-passages.ts';
import { createRandom } from './seeded-random.ts';

export interface ReplayRequest {
  /** The new examples: as many again, and again as many, are replayed. */
  fresh: readonly TrainingExample[];
  /** New examples that are held out: nothing that asks the same is replayed. */
  heldOut: readonly TrainingExample[];
  /** Examples that earlier trainings were accepted with. */
  earlier: AsyncIterable<TrainingExample> | Iterable<TrainingExample>;
  passages: AsyncIterable<ReplayPassage>;
  engine: Engine;
  model: string;
  /** How many are trained along even for few new ones. */
  least: number;
  seed: number;
}

/** What the model is to keep. */
export interface Replay {
  /** Trained along with the new examples. */
  training: TrainingExample[];
  /** Kept from training: what the model could do before is measured on them. */
  measured: TrainingExample[];
}

/** Of replayed examples to new ones, and their bounds. */
const amount = { perFresh: 2, most: 2_000 };
/** Of all that is replayed: what one source does not give is taken from the next, at last from the samples. */
const shares = { earlier: 3 / 8, own: 1 / 8, documents: 1 / 4 };
/** Beside what is trained. A loss over few rows says little. */
const measured = { share: 1 / 4, least: 24, most: 200 };
const mostPassages = 400;

/** The same for the same request. */
export async function createReplay(request: ReplayRequest, call: CallOptions): Promise<Replay> {
  const { fresh, heldOut, engine, model, seed } = request;
  const trained = within(fresh.length * amount.perFresh, { ...amount, least: request.least });
  const kept = within(trained * measured.share, measured);
  const size = trained + kept;
  const random = createRandom(seed);
  const earlier = await sample(withoutLeaksOf(request), { count: Math.floor(size * shares.earlier), seed });
  const own = await ownAnswers({ engine, model, count: Math.floor(size * shares.own) }, call);
  const passages = await passagesOf(request.passages);
  const ofDocuments = documentExamples({ passages, count: Math.floor(size * shares.documents), random });
  const found = [...earlier, ...own, ...ofDocuments];
  const samples = samplePassages.map(asReplayPassage);
  const ofSamples = documentExamples({ passages: samples, count: size - found.length, random });
  const all = withoutLeaks([...found, ...ofSamples], [...fresh, ...heldOut]);
  const split = splitExamples(all, { share: kept / size, fewest: kept });
  return { training: split.training, measured: split.heldOut };
}

function within(count: number, { least, most }: { least: number; most: number }): number {
  return Math.floor(Math.min(most, Math.max(least, count)));
}

async function* withoutLeaksOf({ earlier, fresh, heldOut }: ReplayRequest): AsyncGenerator<TrainingExample> {
  const taken = new Set([...fresh, ...heldOut].map(splitKey));
  for await (const example of earlier) if (!taken.has(splitKey(example))) yield example;
}

/** Which ones depends on the seed, not on their order. */
async function sample(
  examples: AsyncIterable<TrainingExample>,
  { count, seed }: { count: number; seed: number },
): Promise<TrainingExample[]> {
  const chosen = new Map<string, TrainingExample>();
  for await (const example of examples) {
    chosen.set(hash('sha256', `${seed}:${splitKey(example)}`), example);
    if (chosen.size > 2 * count) keepFirst(chosen, count);
  }
  keepFirst(chosen, count);
  return [...chosen.values()];
}

function keepFirst(chosen: Map<string, TrainingExample>, count: number): void {
  const inOrder = [...chosen].toSorted(([one], [other]) => (one < other ? -1 : 1));
  chosen.clear();
  for (const [key, example] of inOrder.slice(0, count)) chosen.set(key, example);
}

/** In an order of what they say: in that of documents are ids, which are others in each service. */
async function passagesOf(passages: AsyncIterable<ReplayPassage>): Promise<readonly ReplayPassage[]> {
  const found: { passage: ReplayPassage; key: string }[] = [];
  for await (const passage of passages) {
    const { title, section, text } = passage;
    found.push({ passage, key: hash('sha256', JSON.stringify([title, section, text])) });
    if (found.length >= mostPassages) break;
  }
  return found.toSorted((one, other) => (one.key < other.key ? -1 : 1)).map(({ passage }) => passage);
}
