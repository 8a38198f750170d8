import { z } from 'zod';
import type { App } from '../http/route.ts';
import { ollamaError } from './ollama-error.ts';
import { ollamaSchema } from './ollama-schema.ts';

const config = { access: 'signed-in', idempotency: false } as const;
const reply = z.never();

/** `POST /api/me` and `POST /api/signout`: what `ollama signin`, `signout` and `push` ask for first. */
export function accountRoutes(scope: App): void {
  for (const [url, summary] of [
    ['/api/me', 'Whose account of ollama.com this is: nobody has one here'],
    ['/api/signout', 'Leave the account of ollama.com: nobody has one here'],
  ] as const) {
    scope.post(url, { config, schema: ollamaSchema({ summary, reply }) }, async () => {
      throw ollamaError(
        501,
        'there are no accounts of ollama.com here: models stay on this machine and are not pushed',
      );
    });
  }
}
