import { AppError } from '../../errors/app-error.ts';
import { verbatim } from '../../errors/told.ts';
import { parseDigest } from '../../models/digest.ts';
import type { ChatMessage, ModelParameters } from '../../models/language-model.ts';
import type { ModelfileCommand, TextCommand } from './modelfile.ts';
import { readParameterLines } from './persona-parameters.ts';

/** What a persona is made of. What is not said is taken over from `from`. */
export interface PersonaRequest {
  /** A persona, a model, or the digest of a blob. */
  from?: string | undefined;
  /** Digests of GGUF files by their names: a model of one's own, in the place of `from`. */
  files?: Readonly<Record<string, string>> | undefined;
  /** The digest of a LoRA adapter, by the name of its file. */
  adapters?: Readonly<Record<string, string>> | undefined;
  /** The id of a version that training made: its adapter, over the model that it was trained over. */
  version?: string | undefined;
  system?: string | undefined;
  template?: string | undefined;
  /** Over those of `from`. */
  parameters?: ModelParameters | undefined;
  /** In the place of those of `from`, when there are any. */
  messages?: readonly ChatMessage[] | undefined;
  /** Beside those of `from`. */
  licence?: readonly string[] | undefined;
  /** Where answers come from; null for the model alone. */
  knowledge?: { collections: readonly string[] | null } | null | undefined;
  pinned?: boolean | undefined;
  insights?: boolean | undefined;
  /** What the request says that means nothing here, as one would tell a person. */
  ignored?: readonly string[] | undefined;
}

const semver = /^v?\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** What a Modelfile asks for. Files are named by their digests in it, since paths are on the machine of the caller. */
export function requestOfModelfile(commands: readonly ModelfileCommand[]): PersonaRequest {
  const textsOf = (name: TextCommand): string[] =>
    commands.flatMap((command) => (command.name === name && 'value' in command ? [command.value] : []));
  const last = (name: TextCommand): string | undefined => textsOf(name).at(-1);
  const requires = last('requires');
  if (requires !== undefined && !semver.test(requires)) {
    throw new AppError('invalid_request', { detail: verbatim('requires must be a valid semver (e.g. 0.14.0)') });
  }
  const { parameters, ignored } = readParameterLines(commands.filter((command) => command.name === 'parameter'));
  const adapters = textsOf('adapter').map((name, index) => [`adapter-${index}`, digestOf(name)]);
  const others = (['draft', 'renderer', 'parser'] as const).filter((name) => last(name) !== undefined);
  return {
    from: blobOf(last('from')),
    ...(adapters.length === 0 ? {} : { adapters: Object.fromEntries(adapters) }),
    system: last('system'),
    template: last('template'),
    parameters,
    messages: commands.flatMap((command) =>
      command.name === 'message' ? [{ role: command.role, text: command.value }] : [],
    ),
    licence: textsOf('license'),
    ignored: [...ignored.map((name) => `the parameter ${name}`), ...others.map((name) => name.toUpperCase())],
  };
}

/** Old clients upload files and write `FROM @sha256:…`. */
function blobOf(from: string | undefined): string | undefined {
  return from === undefined ? undefined : (parseDigest(from.replace(/^@/, '')) ?? from);
}

function digestOf(adapter: string): string {
  const digest = blobOf(adapter);
  if (digest !== undefined && parseDigest(digest) !== undefined) return digest;
  const detail = verbatim('Upload the adapter to /api/blobs/sha256:<digest> first, and name it by its digest.');
  throw new AppError('invalid_request', { detail });
}
