import { answerEventSchemas, answerSchema, type Answer, type AnswerEvent, type AskRequest } from './ask.ts';
import {
  createdApiKeySchema,
  tokensSchema,
  type CreatedApiKey,
  type LoginRequest,
  type NewApiKey,
  type Tokens,
} from './auth.ts';
import { ProblemError, type Connection } from './connection.ts';
import { problemSchema } from './problem.ts';

/** Logs in with a password; rejects with `ProblemError` `invalid_credentials` or `too_many_attempts`. */
export async function logIn(connection: Connection, request: LoginRequest): Promise<Tokens> {
  return tokensSchema.parse(await connection.json('/auth/login', { method: 'POST', body: request }));
}

/** Exchanges a refresh token for new tokens; it works once. */
export async function refreshTokens(connection: Connection, refreshToken: string): Promise<Tokens> {
  const body = { refresh_token: refreshToken };
  return tokensSchema.parse(await connection.json('/auth/refresh', { method: 'POST', body }));
}

/** Asks and waits for the whole answer. */
export async function ask(connection: Connection, request: AskRequest): Promise<Answer> {
  const body = { ...request, stream: false };
  return answerSchema.parse(await connection.json('/ask/question', { method: 'POST', body }));
}

/** Asks and gives the answer while it is written; throws `ProblemError` when an error comes in the middle. */
export async function* readAnswer(
  connection: Connection,
  request: AskRequest,
  signal?: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const body = { ...request, stream: true };
  for await (const { event, data } of connection.events('/ask/question', { method: 'POST', body, signal })) {
    const value: unknown = JSON.parse(data);
    if (event === 'error') throw new ProblemError(problemSchema.parse(value), { body: value, retryAfterSeconds: null });
    const part = toAnswerEvent(event, value);
    if (part !== undefined) yield part;
  }
}

/** Parts of a later version that this one does not know are passed over. */
function toAnswerEvent(event: string, value: unknown): AnswerEvent | undefined {
  switch (event) {
    case 'sources':
      return { type: 'sources', ...answerEventSchemas.sources.parse(value) };
    case 'text-delta':
      return { type: 'text-delta', ...answerEventSchemas['text-delta'].parse(value) };
    case 'citation':
      return { type: 'citation', ...answerEventSchemas.citation.parse(value) };
    case 'finish':
      return { type: 'finish', ...answerEventSchemas.finish.parse(value) };
    default:
      return undefined;
  }
}

/** Makes an API key; the reply holds the key itself, this once. */
export async function createApiKey(connection: Connection, request: NewApiKey): Promise<CreatedApiKey> {
  return createdApiKeySchema.parse(await connection.json('/auth/keys', { method: 'POST', body: request }));
}
