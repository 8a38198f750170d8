import { z } from 'zod';
import type { ModelLibrary } from '../../../core/model-library/model-library.ts';
import { parseModelName } from '../../../models/model-name.ts';
import { signalOf } from '../../http/in-flight.ts';
import { nameSubject } from '../../http/note-deeds.ts';
import type { App } from '../../http/route.ts';
import { goBody, goBool, goString } from '../go/types.ts';
import { ollamaError } from '../ollama-error.ts';
import { ollamaSchema } from '../ollama-schema.ts';
import { readBody } from '../read-body.ts';
import { sendProgress } from './progress-reply.ts';

const fields = { model: goString, name: goString, insecure: goBool, stream: goBool };
const pullRequest = goBody('PullRequest', fields);
const pushRequest = goBody('PushRequest', fields);
const reply = z.looseObject({ status: z.string() });

const pullSchema = ollamaSchema({
  summary: 'Download a model, as Ollama does',
  description:
    'Models of the catalogue, `hf:<owner>/<repository>/<file>.gguf` and `hf:<owner>/<repository>:<quantisation>`.',
  body: pullRequest,
  reply,
  streams: true,
});
const pushSchema = ollamaSchema({ summary: 'Models are not sent to a registry', body: pushRequest, reply });

/** `POST /api/pull` */
export function pullRoute(library: ModelLibrary): (scope: App) => void {
  return (scope) => {
    scope.post(
      '/api/pull',
      { config: { access: { scope: 'admin' }, idempotency: false, audit: 'model.download' }, schema: pullSchema },
      async (request, response) => {
        const { model = '', name = '', stream = true } = readBody(request, pullRequest);
        const asked = model === '' ? name : model;
        const isName = parseModelName(asked) !== undefined || asked.startsWith('hf:');
        if (!isName) throw ollamaError(400, 'invalid model name');
        nameSubject(request, asked);
        const steps = library.pull(asked, { signal: signalOf(request) });
        return sendProgress(response, { request, steps, stream });
      },
    );
  };
}

/** `POST /api/push` */
export function pushRoute(scope: App): void {
  scope.post(
    '/api/push',
    { config: { access: { scope: 'admin' }, idempotency: false }, schema: pushSchema },
    async (request) => {
      const { model = '', name = '' } = readBody(request, pushRequest);
      if (model === '' && name === '') throw ollamaError(400, 'model is required');
      const text =
        'models are not pushed from here: print the Modelfile with /api/show, copy the GGUF file, and create the ' +
        'model on the other machine with /api/blobs and /api/create';
      throw ollamaError(501, text);
    },
  );
}
