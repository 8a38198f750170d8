import { z } from 'zod';
import type { Capability } from '../../../../models/language-model.ts';
import type { EngineHttp } from '../wire/http.ts';
import { type RemoteModel, unknownDetails } from '../remote-server.ts';

const text = z.string().nullish().catch(null);
const positive = z.number().int().positive().nullish().catch(null);
const modelsReply = z.object({
  data: z
    .array(
      z.object({
        id: z.string().min(1).max(4096),
        aliases: z.array(z.string()).nullish().catch(null),
        meta: z.object({ size: positive, n_embd: positive, n_ctx: positive, ftype: text }).nullish().catch(null),
      }),
    )
    .min(1),
});
export const propsReply = z.object({
  total_slots: z.number().int().min(1).max(1024),
  default_generation_settings: z.object({ n_ctx: positive }).nullish().catch(null),
  model_path: text,
  chat_template: text,
  modalities: z.object({ vision: z.boolean() }).nullish().catch(null),
});

/** The model of a llama-server: one, that it was started with. */
export async function listLlamaModel(http: EngineHttp, signal: AbortSignal): Promise<RemoteModel> {
  const [{ data }, props, kind] = await Promise.all([
    http.get('/v1/models', { reply: modelsReply, signal }),
    http.get('/props', { reply: propsReply, signal }),
    kindOf(http, signal),
  ]);
  const { id, aliases, meta } = data[0]!;
  const template = props.chat_template ?? null;
  const contextTokens = props.default_generation_settings?.n_ctx ?? meta?.n_ctx ?? null;
  return {
    ...unknownDetails(id),
    aliases: [...(aliases ?? []), ...fileNames(id), ...fileNames(props.model_path ?? '')],
    kind,
    capabilities:
      kind === 'language' ? languageCapabilities(template, props.modalities?.vision) : [kindCapability[kind]],
    slots: props.total_slots,
    contextTokens,
    bytes: meta?.size ?? null,
    quantization: meta?.ftype ?? null,
    embeddingDimensions: meta?.n_embd ?? null,
    template,
    loaded: { bytes: meta?.size ?? null, contextTokens, expiresAt: null },
  };
}

const kindCapability = { embedding: 'embedding', reranker: 'rerank' } as const;

/** It says nowhere what it was started for, but refuses what it was not started for before it looks at the request. */
async function kindOf(http: EngineHttp, signal: AbortSignal): Promise<RemoteModel['kind']> {
  const unsupported = 501;
  if ((await http.statusOf('/v1/rerank', { body: {}, signal })) !== unsupported) return 'reranker';
  return (await http.statusOf('/v1/embeddings', { body: {}, signal })) === unsupported ? 'language' : 'embedding';
}

/** A model is often called by the name of its file. */
function fileNames(path: string): string[] {
  const file = path.split(/[\\/]/).at(-1) ?? '';
  return file === '' ? [] : [file, file.replace(/\.gguf$/i, '')];
}

function languageCapabilities(template: string | null, seesPictures = false): Capability[] {
  const form = template ?? '';
  return [
    'completion',
    ...(/\btools\b/.test(form) ? (['tools'] as const) : []),
    ...(thinks(form) ? (['thinking'] as const) : []),
    ...(seesPictures ? (['vision'] as const) : []),
  ];
}

/** Whether a model with this template writes thoughts that must be told from its answer. */
function thinks(template: string): boolean {
  return /<think|enable_thinking|reasoning_content|<\|channel\|>/.test(template);
}
