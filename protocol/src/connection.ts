import { problemSchema, type Problem } from './problem.ts';
import { readEvents, type ServerEvent } from './event-stream.ts';

/** An error reply of the service. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  /** The whole reply, whatever its form. */
  readonly body: unknown;
  /** Seconds to wait, when the service named them. */
  readonly retryAfterSeconds: number | null;

  constructor(problem: Problem, { body, retryAfterSeconds }: { body: unknown; retryAfterSeconds: number | null }) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
    this.body = body;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface ConnectionOptions {
  /** Such as `http://127.0.0.1:8000`. */
  url: string;
  /** An access token or API key; none for public routes. */
  token?: string | undefined;
  /** In which the service tells what went wrong; English when it is not given. */
  language?: 'pt' | 'en' | undefined;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A value is sent as JSON, a form as multipart. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

/** HTTP to one service: errors become `ProblemError`, a service that cannot be reached a `TypeError` as fetch has it. */
export interface Connection {
  json(path: string, call?: Call): Promise<unknown>;
  text(path: string, call?: Call): Promise<string>;
  blob(path: string, call?: Call): Promise<Blob>;
  events(path: string, call?: Call): AsyncGenerator<ServerEvent>;
  /** A file while it comes; one that breaks off before its end rejects. */
  pieces(path: string, call?: Call): AsyncGenerator<Uint8Array>;
}

/** What an event of a stream says; an event `error`, which is the last one, becomes a `ProblemError`. */
export function eventValue({ event, data }: Pick<ServerEvent, 'event' | 'data'>): unknown {
  const value: unknown = JSON.parse(data);
  if (event === 'error') throw new ProblemError(problemSchema.parse(value), { body: value, retryAfterSeconds: null });
  return value;
}

const languageTags = { pt: 'pt-BR', en: 'en' } as const;

export function connect({ url, token, language }: ConnectionOptions): Connection {
  const base = url.replace(/\/+$/, '');

  async function send(path: string, { method = 'GET', body, headers = {}, signal }: Call): Promise<Response> {
    const isForm = body instanceof FormData;
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(language === undefined ? {} : { 'accept-language': languageTags[language] }),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (!response.ok) throw await toProblemError(response);
    return response;
  }

  return {
    async json(path, call = {}) {
      const response = await send(path, call);
      return response.status === 204 ? undefined : response.json();
    },
    async text(path, call = {}) {
      return (await send(path, call)).text();
    },
    async blob(path, call = {}) {
      return (await send(path, call)).blob();
    },
    async *events(path, call = {}) {
      const response = await send(path, { ...call, headers: { ...call.headers, accept: 'text/event-stream' } });
      if (response.body !== null) yield* readEvents(response.body);
    },
    async *pieces(path, call = {}) {
      const { body } = await send(path, call);
      if (body !== null) yield* body;
    },
  };
}

async function toProblemError(response: Response): Promise<ProblemError> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const body: unknown = await response.json().catch(() => null);
  const parsed = problemSchema.safeParse(body);
  const problem: Problem = parsed.success
    ? parsed.data
    : {
        type: 'about:blank',
        title: `The service answered ${response.status} without an explanation.`,
        status: response.status,
        code: 'unexplained',
        request_id: response.headers.get('x-request-id') ?? '',
        retryable: response.status >= 500,
      };
  return new ProblemError(problem, { body, retryAfterSeconds: Number.isNaN(retryAfter) ? null : retryAfter });
}
