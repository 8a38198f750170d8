import type { Completions } from '../../core/completions/completions.ts';
import type { App } from '../http/route.ts';
import { accountRoutes } from './account.ts';
import { chatRoute } from './chat.ts';
import { embedRoutes } from './embed.ts';
import { generateRoute } from './generate.ts';
import { heartbeatRoutes } from './heartbeat.ts';

/** What programs that speak with Ollama ask of a model; for `ollamaScope`. */
export function ollamaRoutes(completions: Completions, now: () => Date): (scope: App) => void {
  return (scope) => {
    for (const register of [
      heartbeatRoutes,
      accountRoutes,
      generateRoute(completions, now),
      chatRoute(completions, now),
      embedRoutes(completions),
    ]) {
      register(scope);
    }
  };
}
