import { z } from 'zod';
import type { Personas } from '../../../core/personas/personas.ts';
import { signalOf } from '../../http/in-flight.ts';
import { nameSubject } from '../../http/note-deeds.ts';
import type { App } from '../../http/route.ts';
import { ollamaSchema } from '../ollama-schema.ts';
import { readBody } from '../read-body.ts';
import { createRequest, toPersonaRequest } from './create-request.ts';
import { sendProgress } from './progress-reply.ts';

const schema = ollamaSchema({
  summary: 'Make a persona, as Ollama does',
  description:
    'From a model, another persona or uploaded files, in fields or as the text of a Modelfile. With `collections` it ' +
    'answers from documents; with `pinned` always with its own model; with `insights` it computes from tables in a prompt.',
  body: createRequest,
  reply: z.looseObject({ status: z.string() }),
  streams: true,
});

/** `POST /api/create` */
export function createRoute(personas: Personas): (scope: App) => void {
  return (scope) => {
    scope.post(
      '/api/create',
      { config: { access: { scope: 'admin' }, idempotency: false, audit: 'persona.create' }, schema },
      async (request, reply) => {
        const body = readBody(request, createRequest);
        const { model = '', name = '', stream = true } = body;
        const asked = toPersonaRequest(body);
        const wanted = model === '' ? name : model;
        nameSubject(request, wanted);
        const steps = personas.create(wanted, asked, { signal: signalOf(request) });
        return sendProgress(reply, { request, steps, stream });
      },
    );
  };
}
