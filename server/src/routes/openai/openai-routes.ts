import { parseLargeJson } from '../dialects/large-json.ts';
import type { App } from '../http/route.ts';
import { chatRoutes } from './chat/chat.ts';
import { completionRoutes } from './completions/completions.ts';
import { embeddingRoutes } from './embeddings.ts';
import { fileRoutes } from './fine-tuning/files.ts';
import { fineTuningRoutes } from './fine-tuning/fine-tuning.ts';
import { modelRoutes } from './models.ts';
import { sendOpenAiError } from './openai-error.ts';
import type { OpenAiParts } from './chat/parts.ts';
import { rerankRoutes } from './rerank.ts';
import { responseRoutes } from './responses/responses.ts';
import { tokenizeRoutes } from './tokenize.ts';

/**
 * The part of the server that speaks as OpenAI does: everything under `/v1`. Whatever goes wrong there, also before a
 * route is reached, is told in OpenAI's way.
 */
export function openAiRoutes(parts: OpenAiParts): (app: App) => void {
  return (app) => {
    void app.register(
      async (scope: App) => {
        scope.setErrorHandler((error, request, reply) => sendOpenAiError(reply, { error, request }));
        scope.setNotFoundHandler(() => undefined);
        parseLargeJson(scope);
        for (const register of [
          chatRoutes,
          completionRoutes,
          embeddingRoutes,
          fileRoutes,
          fineTuningRoutes,
          modelRoutes,
          rerankRoutes,
          responseRoutes,
          tokenizeRoutes,
        ]) {
          register(scope, parts);
        }
      },
      { prefix: '/v1' },
    );
  };
}
