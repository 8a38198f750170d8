import { z } from 'zod';
import type { ModelLibrary } from '../../../core/model-library/model-library.ts';
import type { Personas } from '../../../core/personas/personas.ts';
import { isAppError } from '../../../errors/app-error.ts';
import { parseModelName } from '../../../models/model-name.ts';
import { nameSubject } from '../../http/note-deeds.ts';
import type { App } from '../../http/route.ts';
import { quote } from '../go/quote.ts';
import { goBody, goString } from '../go/types.ts';
import { inContext, ollamaError } from '../ollama-error.ts';
import { ollamaSchema } from '../ollama-schema.ts';
import { readBody } from '../read-body.ts';

const copyRequest = goBody('CopyRequest', { source: goString, destination: goString });
const deleteRequest = goBody('DeleteRequest', { model: goString, name: goString });

const reply = z.void();
const copySchema = ollamaSchema({ summary: 'A model or persona under another name too', body: copyRequest, reply });
const deleteSchema = ollamaSchema({ summary: 'Remove a persona, or the file of a model', body: deleteRequest, reply });

/** `POST /api/copy` */
export function copyRoute(personas: Personas): (scope: App) => void {
  return (scope) => {
    scope.post(
      '/api/copy',
      { config: { access: { scope: 'admin' }, idempotency: false, audit: 'persona.create' }, schema: copySchema },
      async (request, response) => {
        const { source = '', destination = '' } = readBody(request, copyRequest);
        if (!isName(source)) throw ollamaError(400, `source ${quote(source)} is invalid`);
        if (!isName(destination)) throw ollamaError(400, `destination ${quote(destination)} is invalid`);
        nameSubject(request, destination);
        await personas.copy(source, destination).catch((error: unknown) => {
          throw isAppError(error, 'model_unknown') ? ollamaError(404, `model ${quote(source)} not found`) : error;
        });
        return response.status(200).send();
      },
    );
  };
}

/** `DELETE /api/delete` */
export function deleteRoute(library: ModelLibrary): (scope: App) => void {
  return (scope) => {
    scope.delete(
      '/api/delete',
      { config: { access: { scope: 'admin' }, idempotency: false, audit: 'model.delete' }, schema: deleteSchema },
      async (request, response) => {
        const { model = '', name = '' } = readBody(request, deleteRequest);
        const asked = model === '' ? name : model;
        if (asked === '') throw ollamaError(400, 'model is required');
        if (!isName(asked)) throw ollamaError(400, `name ${quote(asked)} is invalid`);
        nameSubject(request, asked);
        return inContext({ model: asked }, async () => {
          await library.remove(asked);
          return response.status(200).send();
        });
      },
    );
  };
}

function isName(text: string): boolean {
  return parseModelName(text) !== undefined || text.startsWith('hf:');
}
