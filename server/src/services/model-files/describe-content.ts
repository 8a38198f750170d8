import type { Capability, ModelParameters, ModelProfile } from '../../models/language-model.ts';
import type { MetadataValue } from '../../models/model-description.ts';
import type { GgufMetadata } from './gguf-metadata.ts';
import { templateCapabilities } from './template-capabilities.ts';

/** What a GGUF file says of itself, in our words. */
export interface DescribedContent {
  kind: ModelProfile['kind'];
  name: string | null;
  licence: string | null;
  /** The architecture. */
  family: string;
  contextTokens: number | null;
  embeddingDimensions: number | null;
  template: string | null;
  /** None of a LoRA adapter, which is no model by itself. */
  capabilities: readonly Capability[];
  isAdapter: boolean;
  /** What its maker recommends. */
  parameters: ModelParameters;
}

const rankPooling = 4;
const noPooling = 0;

export function describeContent(content: GgufMetadata): DescribedContent {
  const { metadata } = content;
  const family = text(metadata.get('general.architecture')) ?? 'unknown';
  const described = {
    kind: kindOf(metadata.get(`${family}.pooling_type`)),
    name: text(metadata.get('general.name')),
    licence: text(metadata.get('general.license')),
    family,
    contextTokens: positive(metadata.get(`${family}.context_length`)),
    embeddingDimensions: positive(metadata.get(`${family}.embedding_length`)),
    template: text(metadata.get('tokenizer.chat_template')),
    isAdapter: metadata.get('general.type') === 'adapter',
    parameters: recommended(metadata),
  };
  return { ...described, capabilities: capabilitiesOf(content, described) };
}

function capabilitiesOf(
  { metadata, fillsGaps }: GgufMetadata,
  { kind, isAdapter, family, template }: Omit<DescribedContent, 'capabilities'>,
): Capability[] {
  if (isAdapter) return [];
  if (kind !== 'language') return [kind === 'embedding' ? 'embedding' : 'rerank'];
  return [
    'completion',
    ...(fillsGaps ? (['insert'] as const) : []),
    ...(metadata.has(`${family}.vision.block_count`) ? (['vision'] as const) : []),
    ...(template === null ? [] : templateCapabilities(template)),
  ];
}

/** Source: the keys of `general.sampling` in llama.cpp's llama-arch.cpp, and what Ollama calls them. */
const recommendations = {
  temp: 'temperature',
  top_k: 'top_k',
  top_p: 'top_p',
  min_p: 'min_p',
  penalty_last_n: 'repeat_last_n',
  penalty_repeat: 'repeat_penalty',
} as const;

function recommended(metadata: GgufMetadata['metadata']): ModelParameters {
  return Object.fromEntries(
    Object.entries(recommendations).flatMap(([key, name]) => {
      const value = metadata.get(`general.sampling.${key}`);
      return typeof value === 'number' && Number.isFinite(value) ? [[name, value]] : [];
    }),
  );
}

function kindOf(pooling: MetadataValue | undefined): ModelProfile['kind'] {
  if (pooling === undefined || pooling === noPooling) return 'language';
  return pooling === rankPooling ? 'reranker' : 'embedding';
}

function text(value: MetadataValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function positive(value: MetadataValue | undefined): number | null {
  return typeof value === 'number' && value > 0 ? value : null;
}
