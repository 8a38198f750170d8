import type { ModelDescription } from '../../../models/model-description.ts';
import type { ModelProfile } from '../../../models/language-model.ts';
import { catalogue, type CatalogueEntry } from '../../model-files/catalogue.ts';
import type { RemoteModel } from './remote-server.ts';

/** What an engine tells of its model, and, where the catalogue knows the name, the prefixes it was trained with. */
export function profileOf(
  name: string,
  model: RemoteModel,
  configured: ModelProfile['kind'] | undefined,
): ModelProfile {
  const entry = catalogued(name) ?? catalogued(model.id);
  const kind = configured ?? model.kind;
  const known = entry?.kind === kind ? entry : undefined;
  const contextTokens = model.contextTokens ?? known?.contextTokens ?? usualContextTokens[kind];
  return {
    name,
    kind,
    source: 'engine',
    sha256: digestOf(model),
    bytes: model.bytes,
    licence: known?.licence ?? 'unknown',
    description: known?.description ?? {
      pt: `Modelo ${model.id} de um motor remoto.`,
      en: `Model ${model.id} of a remote engine.`,
    },
    capabilities: kind === model.kind ? model.capabilities : [capabilityOf[kind]],
    contextTokens,
    sourceTokens: kind === 'language' ? Math.floor(contextTokens * sourceShare) : 0,
    queryPrefix: known?.queryPrefix ?? '',
    passagePrefix: known?.passagePrefix ?? '',
    parameters: known?.parameters ?? {},
  };
}

/** Of a model that no engine has yet, as far as its name tells; undefined for a name that stands for nothing. */
export function expectedProfile(name: string, configured: ModelProfile['kind'] | undefined): ModelProfile | undefined {
  const entry = catalogued(name);
  if (entry !== undefined) {
    const { file: _file, ...profile } = entry;
    return { ...profile, name, source: 'engine', sha256: null, bytes: null };
  }
  if (configured === undefined) return undefined;
  const nothing = { id: name, aliases: [], kind: configured, capabilities: [capabilityOf[configured]], slots: 1 };
  return profileOf(name, { ...nothing, ...undetailed }, configured);
}

/** What is known beyond the profile. The weights are elsewhere: they have neither metadata nor tensors here. */
export function describe(profile: ModelProfile, model: RemoteModel): ModelDescription {
  return {
    profile,
    digest: digestOf(model) ?? '',
    bytes: model.bytes ?? 0,
    modifiedAt: model.modifiedAt ?? new Date(0),
    format: 'gguf',
    family: model.family ?? 'unknown',
    parameterSize: model.parameterSize ?? 'unknown',
    quantization: model.quantization ?? 'unknown',
    contextTokens: model.contextTokens,
    embeddingDimensions: model.embeddingDimensions,
    capabilities: profile.capabilities,
    isAdapter: false,
    template: model.template,
    metadata: {},
    tensors: [],
  };
}

const undetailed = {
  contextTokens: null,
  bytes: null,
  digest: null,
  modifiedAt: null,
  family: null,
  parameterSize: null,
  quantization: null,
  embeddingDimensions: null,
  template: null,
  loaded: null,
} as const;

const usualContextTokens = { language: 8192, embedding: 512, reranker: 512 } as const;
const capabilityOf = { language: 'completion', embedding: 'embedding', reranker: 'rerank' } as const;
/** Sources take at most this share of the context: the rest is for instructions, history and answer. */
const sourceShare = 0.4;

function catalogued(name: string): CatalogueEntry | undefined {
  const canonical = name.toLowerCase().replace(/:latest$/, '');
  return catalogue.find((entry) => entry.name === canonical);
}

function digestOf({ digest }: RemoteModel): string | null {
  return digest !== null && /^[0-9a-f]{64}$/i.test(digest) ? digest.toLowerCase() : null;
}
