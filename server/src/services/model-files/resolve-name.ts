import { isAbsolute, join, resolve } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { digestHex, parseDigest } from '../../models/digest.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import { catalogue } from './catalogue.ts';
import { describeContent } from './describe-content.ts';
import type { GgufFiles } from './gguf-files.ts';
import type { TagReference } from './tagged-file.ts';

/** A name made into what it stands for. */
export interface ResolvedModel {
  profile: ModelProfile;
  /** Where the file is, or will be after its download. */
  path: string;
  /** Where it comes from, or how that is found out; null for files that are never downloaded. */
  origin: { url: string } | TagReference | null;
  /** Whether the file was brought here, and may be removed: others belong to the installation or to whoever runs it. */
  isRemovable: boolean;
}

export interface ResolveOptions {
  /** Folder of downloaded models. */
  directory: string;
  /** Folder of models that come with the installation. */
  bundledDirectory: string;
  /** Hugging Face, or a mirror with the same paths. */
  baseUrl: string;
  /** What files say of themselves. */
  ggufs: GgufFiles;
}

/** `hf:<owner>/<repository>/<file>.gguf`, where the file may be in folders. */
const hubReference = /^hf:(?<owner>[\w.-]+)\/(?<repository>[\w.-]+)\/(?<file>(?:[\w.-]+\/)*[\w.-]+\.gguf)$/i;

/** `hf:<owner>/<repository>:<tag>`: the file whose name ends with the tag, such as `Q4_K_M`. */
const tagReference = /^hf:(?<owner>[\w.-]+)\/(?<repository>[\w.-]+):(?<tag>\w[\w.-]*)$/i;

/** Rejects with `model_unknown` for a name that stands for nothing. */
export async function resolveModelName(name: string, options: ResolveOptions): Promise<ResolvedModel> {
  const entry = catalogue.find((one) => one.name === canonicalName(name));
  if (entry !== undefined) {
    const { file, ...profile } = entry;
    const { path, url } = locate(file, options);
    const origin = url === null ? null : { url };
    return { path, origin, isRemovable: url !== null, profile: { ...profile, source: url ?? file } };
  }
  const isReference = hubReference.test(name) && !name.includes('/..');
  if (isReference) return resolveReference(name, options);
  const tagged = tagReference.exec(name)?.groups as { owner: string; repository: string; tag: string } | undefined;
  if (tagged !== undefined && !name.includes('..')) return resolveTag(name, { ...tagged, ...options });
  const digest = parseDigest(name);
  if (digest !== undefined) return resolveBlob(digest, options);
  if (name.toLowerCase().endsWith('.gguf') && !name.startsWith('hf:')) return resolveFile(name, options);
  throw new AppError('model_unknown', {
    detail: told`Use a name of the catalogue, hf:<owner>/<repository>/<file>.gguf, hf:<owner>/<repository>:<quantisation>, the digest of a blob, or the path of a GGUF file.`,
  });
}

/** Ollama's clients add `:latest` to names without a tag. */
function canonicalName(name: string): string {
  return name.toLowerCase().replace(/:latest$/, '');
}

function locate(
  file: string,
  { directory, bundledDirectory, baseUrl }: ResolveOptions,
): { path: string; url: string | null } {
  if (file.startsWith('bundled:')) return { path: join(bundledDirectory, file.slice('bundled:'.length)), url: null };
  const [owner = '', repository = '', ...rest] = file.split('/');
  return {
    path: join(directory, rest.at(-1) ?? ''),
    url: hubUrl({ baseUrl, owner, repository, file: rest.join('/') }),
  };
}

function hubUrl(part: { baseUrl: string; owner: string; repository: string; file: string }): string {
  return `${part.baseUrl.replace(/\/+$/, '')}/${part.owner}/${part.repository}/resolve/main/${part.file}`;
}

async function resolveReference(name: string, options: ResolveOptions): Promise<ResolvedModel> {
  const [owner = '', repository = '', ...rest] = name.slice('hf:'.length).split('/');
  const url = hubUrl({ baseUrl: options.baseUrl, owner, repository, file: rest.join('/') });
  const path = join(options.directory, 'hf', owner, repository, ...rest);
  const profile = await describeFile(name, { path, source: url, ...options });
  return { path, origin: { url }, isRemovable: true, profile };
}

/** Kept under the tag, so that nobody has to ask what it stands for once it is here. `@` is in no name of a repository. */
async function resolveTag(
  name: string,
  { owner, repository, tag, ...options }: ResolveOptions & Omit<TagReference, 'baseUrl'>,
): Promise<ResolvedModel> {
  const { baseUrl, directory } = options;
  const path = join(directory, 'hf', owner, `${repository}@${tag.toUpperCase()}.gguf`);
  const profile = await describeFile(name, { path, source: name, ...options });
  return { path, origin: { baseUrl, owner, repository, tag }, isRemovable: true, profile };
}

/** The file that was uploaded under its hash. */
async function resolveBlob(digest: string, options: ResolveOptions): Promise<ResolvedModel> {
  const path = blobPath(options.directory, digest);
  const profile = await describeFile(digest, { path, source: digest, ...options });
  return { path, origin: null, isRemovable: true, profile: { ...profile, sha256: digestHex(digest) } };
}

/** Where in the folder of models the file with a digest is kept. */
export function blobPath(directory: string, digest: string): string {
  return join(directory, 'blobs', `sha256-${digestHex(digest)}`);
}

async function resolveFile(name: string, options: ResolveOptions): Promise<ResolvedModel> {
  const path = isAbsolute(name) ? name : resolve(name);
  const profile = await describeFile(name, { path, source: path, ...options });
  return { path, origin: null, isRemovable: false, profile };
}

const defaultContextTokens = { language: 8192, embedding: 512, reranker: 1024 } as const;
const largestContextTokens = { language: 8192, embedding: 2048, reranker: 1024 } as const;
/** What any model of the kind can do. */
const capabilitiesOf = { language: ['completion'], embedding: ['embedding'], reranker: ['rerank'] } as const;
/** Sources take at most this share of the context: the rest is for instructions, history and answer. */
const sourceShare = 0.4;

/** What the file says of itself; the usual for a language model while it is not here. */
async function describeFile(
  name: string,
  { path, source, ggufs }: { path: string; source: string; ggufs: GgufFiles },
): Promise<ModelProfile> {
  const file = await ggufs.read(path).catch(() => undefined);
  const content = file && describeContent(file);
  const kind = content?.kind ?? 'language';
  const contextTokens = Math.min(content?.contextTokens ?? defaultContextTokens[kind], largestContextTokens[kind]);
  return {
    name,
    kind,
    capabilities: content?.capabilities ?? capabilitiesOf[kind],
    source,
    sha256: null,
    bytes: null,
    licence: content?.licence ?? 'unknown',
    description: {
      pt: `Modelo do arquivo ${content?.name ?? name}.`,
      en: `Model of the file ${content?.name ?? name}.`,
    },
    contextTokens,
    sourceTokens: kind === 'language' ? Math.floor(contextTokens * sourceShare) : 0,
    queryPrefix: '',
    passagePrefix: '',
    parameters: content?.parameters ?? {},
  };
}
