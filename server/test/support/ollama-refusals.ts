import type { LightMyRequestResponse } from 'fastify';
import { AppError, type AppErrorOptions } from '../../src/errors/app-error.ts';
import type { ErrorCode } from '../../src/errors/catalogue.ts';
import { openOllamaApp } from './ollama-app.ts';

/** A body with which each route comes as far as the model. */
export const sound = {
  '/api/generate': { model: 'test', prompt: 'a' },
  '/api/chat': { model: 'test', messages: [{ role: 'user', content: 'a' }] },
  '/api/embed': { model: 'test', input: 'a' },
  '/api/embeddings': { model: 'test', prompt: 'a' },
} as const;

type Url = keyof typeof sound;

export interface Refusals {
  /** The reply to a body of which no model is told. */
  refusal(url: Url, body: unknown): Promise<LightMyRequestResponse>;
  /** The reply when the model fails with an error before it says anything; the body is sound but for the changes. */
  failure(url: Url, changes: object, error: readonly [ErrorCode, AppErrorOptions?]): Promise<LightMyRequestResponse>;
}

/** One app for many replies that are errors; closed by `closeOllamaApps`. */
export async function openRefusals(): Promise<Refusals> {
  let thrown: Error | undefined;
  const fail = async (): Promise<never> => {
    throw thrown ?? new Error('a model was told');
  };
  const complete = () => {
    if (thrown === undefined) throw new Error('a model was told');
    return [thrown];
  };
  const { post } = await openOllamaApp({ complete, embed: fail, load: fail });
  return {
    refusal(url, body) {
      thrown = undefined;
      return post(url, body);
    },
    failure(url, changes, [code, options]) {
      thrown = new AppError(code, options);
      return post(url, { ...sound[url], ...changes });
    },
  };
}

/** What a test expects of a reply: its status, and its bytes. */
export const told = ({ statusCode, body }: LightMyRequestResponse): readonly [number, string] => [statusCode, body];

export const error = (text: string): string => JSON.stringify({ error: text });
