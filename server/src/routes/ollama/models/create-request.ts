import { z } from 'zod';
import type { PersonaRequest } from '../../../core/personas/persona-request.ts';
import { parseModelfile } from '../../../core/personas/modelfile.ts';
import { readParameters } from '../../../core/personas/persona-parameters.ts';
import { requestOfModelfile } from '../../../core/personas/persona-request.ts';
import { messagesType, toMessage } from '../chat-messages.ts';
import { goBody, goBool, goMap, goString, goStringMap, type GoType, mismatch } from '../go/types.ts';
import { ollamaError } from '../ollama-error.ts';

/** One text or several. */
const licenceType: GoType<readonly string[]> = {
  zero: [],
  schema: z.union([z.string(), z.array(z.string())]),
  decode(value, field) {
    const texts = [value].flat();
    if (texts.every((text) => typeof text === 'string')) return texts;
    throw mismatch(value, { field, type: '[]string' });
  },
};

/** Names of collections, or `all`: what is said by neither is no field of Ollama. */
const collectionsType: GoType<readonly string[] | 'all'> = {
  zero: [],
  schema: z.union([z.array(z.string()), z.literal('all')]),
  decode(value) {
    if (value === 'all') return value;
    if (Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '')) return value;
    throw new TypeError('collections must be "all" or an array of the names of collections');
  },
};

export const createRequest = goBody('CreateRequest', {
  model: goString,
  name: goString,
  stream: goBool,
  from: goString,
  files: goStringMap,
  adapters: goStringMap,
  draft_files: goStringMap,
  template: goString,
  system: goString,
  license: licenceType,
  parameters: goMap,
  messages: messagesType,
  renderer: goString,
  parser: goString,
  requires: goString,
  info: goMap,
  quantize: goString,
  quantization: goString,
  remote_host: goString,
  modelfile: goString,
  collections: collectionsType,
  pinned: goBool,
  insights: goBool,
  version: goString,
});

type CreateRequest = ReturnType<(typeof createRequest)['decode']>;

/** What a request asks for, in fields or, as old clients write it, in the text of a Modelfile. */
export function toPersonaRequest(body: CreateRequest): PersonaRequest {
  assertPossible(body);
  const { from = '', files, modelfile = '', collections, pinned, insights, version = '' } = body;
  const isText = modelfile !== '' && from === '' && files === undefined;
  const own = {
    ...(collections === undefined ? {} : { knowledge: knowledgeOf(collections) }),
    ...(pinned === undefined ? {} : { pinned }),
    ...(insights === undefined ? {} : { insights }),
    ...(version === '' ? {} : { version }),
  };
  return { ...(isText ? requestOfModelfile(parseModelfile(modelfile)) : requestOfFields(body)), ...own };
}

/** No collections: the persona answers from the model alone. */
function knowledgeOf(collections: readonly string[] | 'all'): PersonaRequest['knowledge'] {
  if (collections === 'all') return { collections: null };
  return collections.length === 0 ? null : { collections };
}

function requestOfFields(body: CreateRequest): PersonaRequest {
  const { from, files, adapters, system, template, license: licence, messages = [] } = body;
  const { parameters, ignored } = readParameters(body.parameters ?? {});
  const others = (['draft_files', 'renderer', 'parser', 'info'] as const).filter((field) => body[field] !== undefined);
  return {
    from,
    files,
    adapters,
    system,
    template,
    licence,
    parameters,
    messages: messages.map(toMessage),
    ignored: [...ignored.map((name) => `the parameter ${name}`), ...others],
  };
}

function assertPossible({ quantize = '', quantization = '', remote_host: host = '' }: CreateRequest): void {
  if (quantize !== '' || quantization !== '') {
    throw ollamaError(400, 'models are not quantized here: upload a GGUF file that is quantized already');
  }
  if (host !== '') {
    throw ollamaError(400, 'bad remote: models of other machines are used through BILLUMY_URL, in the settings');
  }
}
