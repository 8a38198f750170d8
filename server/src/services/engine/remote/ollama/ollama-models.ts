import { z } from 'zod';
import type { Capability } from '../../../../models/language-model.ts';
import type { EngineHttp } from '../wire/http.ts';
import type { RemoteModel } from '../remote-server.ts';

/** More would be slow with small machines: a model whose context is not said is loaded with so much, like our own. */
const mostContextTokens = 8192;
/** Ollama says neither how many calls it runs at once nor how many wait: so many are sent. */
const usualSlots = 4;

const text = z.string().nullish().catch(null);
const count = z.number().int().nonnegative().nullish().catch(null);
const details = z.object({ family: text, parameter_size: text, quantization_level: text }).nullish().catch(null);
const tagsReply = z.object({
  models: z
    .array(z.object({ name: z.string().max(500), size: count, digest: text, modified_at: text, details }))
    .max(10_000),
});
const runningReply = z.object({
  models: z.array(z.object({ name: z.string(), size: count, context_length: count, expires_at: text })).nullish(),
});
const showReply = z.object({
  capabilities: z.array(z.string()).nullish().catch(null),
  template: text,
  model_info: z.record(z.string(), z.unknown()).nullish().catch(null),
});

type Shown = Pick<RemoteModel, 'capabilities' | 'kind' | 'contextTokens' | 'embeddingDimensions' | 'template'>;

/** Lists the models of an Ollama; what `/api/show` says of one is asked once per digest. */
export function createOllamaModels(http: EngineHttp) {
  const shown = new Map<string, Shown>();

  async function show(model: string, signal: AbortSignal): Promise<Shown> {
    const reply = await http.post('/api/show', { body: { model }, reply: showReply, signal });
    const capabilities = capabilitiesOf(reply.capabilities ?? ['completion']);
    return {
      capabilities,
      kind: capabilities.includes('embedding') && !capabilities.includes('completion') ? 'embedding' : 'language',
      contextTokens: contextOf(infoNumber(reply.model_info, '.context_length')),
      embeddingDimensions: infoNumber(reply.model_info, '.embedding_length'),
      template: reply.template ?? null,
    };
  }

  return async function list(signal: AbortSignal): Promise<RemoteModel[]> {
    const [{ models }, running] = await Promise.all([
      http.get('/api/tags', { reply: tagsReply, signal }),
      http.get('/api/ps', { reply: runningReply, signal }),
    ]);
    const listed: RemoteModel[] = [];
    for (const model of models) {
      const key = `${model.name} ${model.digest ?? ''}`;
      const known = shown.get(key) ?? (await show(model.name, signal));
      shown.set(key, known);
      const loaded = running.models?.find(({ name }) => name === model.name);
      listed.push({
        ...known,
        id: model.name,
        aliases: model.name.endsWith(':latest') ? [model.name.slice(0, -':latest'.length)] : [],
        slots: usualSlots,
        bytes: model.size ?? null,
        digest: model.digest ?? null,
        modifiedAt: dateOf(model.modified_at),
        family: model.details?.family ?? null,
        parameterSize: model.details?.parameter_size ?? null,
        quantization: model.details?.quantization_level ?? null,
        loaded:
          loaded === undefined
            ? null
            : {
                bytes: loaded.size ?? null,
                contextTokens: loaded.context_length ?? null,
                expiresAt: dateOf(loaded.expires_at),
              },
      });
    }
    return listed;
  };
}

const capabilities: readonly Capability[] = ['completion', 'tools', 'insert', 'vision', 'embedding', 'thinking'];

function capabilitiesOf(names: readonly string[]): Capability[] {
  return capabilities.filter((capability) => names.includes(capability));
}

function contextOf(trained: number | null): number {
  return Math.min(trained ?? mostContextTokens, mostContextTokens);
}

function infoNumber(info: Record<string, unknown> | null | undefined, ending: string): number | null {
  const [, value] = Object.entries(info ?? {}).find(([key]) => key.endsWith(ending)) ?? [];
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** null also for dates so far away that they mean never. */
function dateOf(value: string | null | undefined): Date | null {
  const date = new Date(value ?? Number.NaN);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 2200 ? null : date;
}
