import type { LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../src/app.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { ollamaRoutes } from '../../src/routes/ollama/ollama.ts';
import { ollamaScope } from '../../src/routes/ollama/ollama-scope.ts';
import type { App } from '../../src/routes/http/route.ts';
import { ana } from './principals.ts';
import { createScriptedCompletions, type CompletionsScript, type ScriptedCompletions } from './scripted-completions.ts';

export const time = '2026-03-04T05:06:07.890Z';

export interface OllamaApp {
  app: App;
  completions: ScriptedCompletions;
  post(url: string, body: unknown): Promise<LightMyRequestResponse>;
}

const opened: App[] = [];

/** Ollama's routes over completions whose lines a test writes, at a time that stands still; closed by `closeOllamaApps`. */
export async function openOllamaApp(script: CompletionsScript = {}): Promise<OllamaApp> {
  const completions = createScriptedCompletions(script);
  const app = await buildApp({
    authenticate: async (authorization) => {
      if (authorization !== 'Bearer ana') throw new AppError('unauthenticated');
      return ana;
    },
    routes: [ollamaScope(ollamaRoutes(completions, () => new Date(time)))],
    logLevel: 'silent',
  });
  opened.push(app);
  const post: OllamaApp['post'] = (url, body) =>
    app.inject({
      method: 'POST',
      url,
      headers: { authorization: 'Bearer ana', 'content-type': 'application/x-www-form-urlencoded' },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { app, completions, post };
}

export async function closeOllamaApps(): Promise<void> {
  for (const app of opened.splice(0)) {
    // A client that left keeps connections on which it says nothing.
    app.server.closeAllConnections();
    await app.close();
  }
}

/** The objects of a reply in lines. */
export function linesOf({ body }: LightMyRequestResponse): Record<string, unknown>[] {
  if (!body.endsWith('\n')) throw new Error(`not lines: ${body}`);
  return body
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
