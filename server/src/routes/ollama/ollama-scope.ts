import type { App } from '../http/route.ts';
import { sendOllamaError } from './ollama-error.ts';
import { parseEveryBody } from './read-body.ts';

/**
 * The part of the server that speaks as Ollama does: `/` and everything under `/api`. Whatever goes wrong there, also
 * before a route is reached, is told in Ollama's way.
 */
export function ollamaScope(...routes: readonly ((scope: App) => void)[]): (app: App) => void {
  return (app) => {
    void app.register(async (scope) => {
      scope.setErrorHandler((error, request, reply) => sendOllamaError(reply, { error, request }));
      parseEveryBody(scope);
      void scope.register(async (unknown) => unknown.setNotFoundHandler(() => undefined), { prefix: '/api' });
      for (const register of routes) register(scope);
    });
  };
}
