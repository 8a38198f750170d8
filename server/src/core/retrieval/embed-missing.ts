import { isAppError } from '../../errors/app-error.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import type { Passage } from '../../models/passage.ts';
import type { Caller, Engine } from '../../ports/engine.ts';
import type { Embedding, SearchIndex } from '../../ports/search-index.ts';
import { pause } from '../knowledge/ingestion/pause.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import { vectorSpace } from './vector-space.ts';

export interface EmbedMissingPorts {
  index: SearchIndex;
  engine: Engine;
  languageModels: Pick<LanguageModels, 'forEmbedding'>;
}

export interface EmbedMissingOptions {
  signal: AbortSignal;
  pauses?: Pauses;
}

export interface Pauses {
  /** Until looking for new passages again. */
  idleMs: number;
  /** Until looking whether the engine has become free. */
  busyMs: number;
  /** After a failure. */
  failedMs: number;
}

/** A question that comes meanwhile waits for one batch at most. */
const passagesPerBatch = 8;
const caller: Caller = { id: 'indexing', priority: 'batch' };
/** Under unbroken load a batch goes through every so many looks, so that the work ends some day. */
const patientLooks = 40;
const defaultPauses: Pauses = { idleMs: 2_000, busyMs: 250, failedMs: 10_000 };

/**
 * Gives every passage a vector of the configured embedding model, in the background, until the signal aborts; never
 * rejects. Passages that come later, and a model that comes later or is changed, are noticed. While it works, questions
 * are answered by words, or by what vectors there are; it waits while the engine is answering somebody.
 */
export async function embedMissing(
  ports: EmbedMissingPorts,
  { signal, pauses = defaultPauses }: EmbedMissingOptions,
): Promise<void> {
  while (!signal.aborted) {
    const outcome = await embedBatch(ports, { signal, pauses }).catch(() => 'failed' as const);
    if (outcome === 'nothing missing') await pause(pauses.idleMs, signal);
    if (outcome === 'failed') await pause(pauses.failedMs, signal);
  }
}

async function embedBatch(
  { index, engine, languageModels }: EmbedMissingPorts,
  { signal, pauses }: Required<EmbedMissingOptions>,
): Promise<'embedded' | 'nothing missing'> {
  const profile = await languageModels.forEmbedding();
  if (profile === undefined) return 'nothing missing';
  // Their vectors could not be kept.
  if ((await index.status()).vectorsUnavailable !== null) return 'nothing missing';
  const passages = await index.passagesWithoutEmbedding(vectorSpace(profile), passagesPerBatch);
  if (passages.length === 0) return 'nothing missing';
  await waitUntilFree(engine, { signal, pauses });
  if (!signal.aborted)
    await index.putEmbeddings(vectorSpace(profile), await embedPassages(engine, { profile, passages, signal }));
  return 'embedded';
}

async function waitUntilFree(engine: Engine, { signal, pauses }: Required<EmbedMissingOptions>): Promise<void> {
  for (let look = 0; look < patientLooks && !signal.aborted; look += 1) {
    const { loaded, waiting } = await engine.status();
    if (waiting === 0 && loaded.every(({ busy }) => busy === 0)) return;
    await pause(pauses.busyMs, signal);
  }
}

interface PassagesToEmbed {
  profile: ModelProfile;
  passages: readonly Passage[];
  signal: AbortSignal;
}

async function embedPassages(engine: Engine, { profile, passages, signal }: PassagesToEmbed): Promise<Embedding[]> {
  const texts = passages.map((passage) => textToEmbed(profile, passage));
  try {
    const vectors = await engine.embed(profile.name, texts, { signal, caller });
    return passages.map(({ id }, position) => ({ passageId: id, vector: vectors[position]! }));
  } catch (error) {
    if (!isAppError(error, 'context_too_long')) throw error;
    const embeddings: Embedding[] = [];
    for (const [position, { id }] of passages.entries()) {
      const vector = await embedBeginning(engine, { model: profile.name, text: texts[position]!, signal });
      embeddings.push({ passageId: id, vector });
    }
    return embeddings;
  }
}

/** A passage too long for the model, such as a table of numbers, is known by as much of its beginning as fits. */
async function embedBeginning(
  engine: Engine,
  { model, text, signal }: { model: string; text: string; signal: AbortSignal },
): Promise<Float32Array> {
  try {
    const [vector] = await engine.embed(model, [text], { signal, caller });
    return vector!;
  } catch (error) {
    if (!isAppError(error, 'context_too_long') || text.length < 2) throw error;
    return embedBeginning(engine, { model, text: text.slice(0, Math.floor(text.length / 2)), signal });
  }
}

/** Title and headings say what a passage from the middle of a document is about. */
function textToEmbed({ passagePrefix }: ModelProfile, { title, section, text }: Passage): string {
  const heading = [title, ...section].filter((part) => part !== '').join(' > ');
  return heading === '' ? passagePrefix + text : `${passagePrefix}${heading}\n${text}`;
}
