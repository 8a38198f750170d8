import { isAbsolute, join, resolve } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import { catalogue } from './catalogue.ts';
import { readGgufHeader } from './gguf-header.ts';

/** A name made into what it stands for. */
export interface ResolvedModel {
  profile: ModelProfile;
  /** Where the file is, or will be after its download. */
  path: string;
  /** Where it comes from; null for files that are never downloaded. */
  url: string | null;
}

export interface ResolveOptions {
  /** Folder of downloaded models. */
  directory: string;
  /** Folder of models that come with the installation. */
  bundledDirectory: string;
  /** Hugging Face, or a mirror with the same paths. */
  baseUrl: string;
}

/** `hf:<owner>/<repository>/<file>.gguf`, where the file may be in folders. */
const hubReference = /^hf:(?<owner>[\w.-]+)\/(?<repository>[\w.-]+)\/(?<file>(?:[\w.-]+\/)*[\w.-]+\.gguf)$/i;

/** Rejects with `model_unknown` for a name that stands for nothing. */
export async function resolveModelName(name: string, options: ResolveOptions): Promise<ResolvedModel> {
  const entry = catalogue.find((one) => one.name === canonicalName(name));
  if (entry !== undefined) {
    const { file, ...profile } = entry;
    return { ...locate(file, options), profile: { ...profile, source: sourceOf(file, options) } };
  }
  const reference = hubReference.exec(name);
  if (reference !== null && !name.includes('/..')) return resolveReference(name, options);
  if (name.toLowerCase().endsWith('.gguf') && !name.startsWith('hf:')) return resolveFile(name);
  throw new AppError('model_unknown', {
    detail: 'Use a name of the catalogue, hf:<owner>/<repository>/<file>.gguf, or the path of a GGUF file.',
  });
}

/** Ollama's clients add `:latest` to names without a tag. */
function canonicalName(name: string): string {
  return name.toLowerCase().replace(/:latest$/, '');
}

function locate(
  file: string,
  { directory, bundledDirectory, baseUrl }: ResolveOptions,
): Omit<ResolvedModel, 'profile'> {
  if (file.startsWith('bundled:')) return { path: join(bundledDirectory, file.slice('bundled:'.length)), url: null };
  const [owner = '', repository = '', ...rest] = file.split('/');
  return {
    path: join(directory, rest.at(-1) ?? ''),
    url: hubUrl({ baseUrl, owner, repository, file: rest.join('/') }),
  };
}

function sourceOf(file: string, options: ResolveOptions): string {
  return locate(file, options).url ?? file;
}

function hubUrl(part: { baseUrl: string; owner: string; repository: string; file: string }): string {
  return `${part.baseUrl.replace(/\/+$/, '')}/${part.owner}/${part.repository}/resolve/main/${part.file}`;
}

async function resolveReference(name: string, { directory, baseUrl }: ResolveOptions): Promise<ResolvedModel> {
  const [owner = '', repository = '', ...rest] = name.slice('hf:'.length).split('/');
  const url = hubUrl({ baseUrl, owner, repository, file: rest.join('/') });
  const path = join(directory, 'hf', owner, repository, ...rest);
  return { path, url, profile: await describeFile(name, { path, source: url }) };
}

async function resolveFile(name: string): Promise<ResolvedModel> {
  const path = isAbsolute(name) ? name : resolve(name);
  return { path, url: null, profile: await describeFile(name, { path, source: path }) };
}

const defaultContextTokens = { language: 8192, embedding: 512, reranker: 1024 } as const;
const largestContextTokens = { language: 8192, embedding: 2048, reranker: 1024 } as const;
/** What any model of the kind can do. */
const capabilitiesOf = { language: ['completion'], embedding: ['embedding'], reranker: ['rerank'] } as const;
/** Sources take at most this share of the context: the rest is for instructions, history and answer. */
const sourceShare = 0.4;

/** What the file says of itself; the usual for a language model while it is not here. */
async function describeFile(name: string, { path, source }: { path: string; source: string }): Promise<ModelProfile> {
  const header = await readGgufHeader(path).catch(() => undefined);
  const kind = header?.kind ?? 'language';
  const contextTokens = Math.min(header?.contextTokens ?? defaultContextTokens[kind], largestContextTokens[kind]);
  return {
    name,
    kind,
    capabilities: capabilitiesOf[kind],
    source,
    sha256: null,
    bytes: null,
    licence: header?.licence ?? 'unknown',
    description: { pt: `Modelo do arquivo ${header?.name ?? name}.`, en: `Model of the file ${header?.name ?? name}.` },
    contextTokens,
    sourceTokens: kind === 'language' ? Math.floor(contextTokens * sourceShare) : 0,
    queryPrefix: '',
    passagePrefix: '',
  };
}
