import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CompletionRequest, Completions } from '../../core/completions/completions.ts';
import type { Citation } from '../../models/answer.ts';
import type { ToolCall } from '../../models/language-model.ts';
import type { LogprobEntry } from '../../ports/engine.ts';
import { beginCompletion, nameModel, type StartedPart } from '../dialects/begin-completion.ts';
import { signalOf } from '../http/in-flight.ts';
import type { OllamaErrorContext } from './ollama-error.ts';
import { citationFields, doneReason, logprobFields, metricFields, type FinishPart } from './reply-fields.ts';
import { sendJson, sendLines } from './send.ts';

/** What the model said: a part of it, or all. */
export interface Said {
  text?: string;
  thinking?: string;
  toolCalls?: readonly NumberedCall[];
}

export interface NumberedCall extends ToolCall {
  /** Its place among the calls of the reply, from 0. */
  index: number;
}

/** How one route puts what was said. */
export interface ReplyForm {
  /** As the caller wrote it. */
  model: string;
  now(): Date;
  fieldsOf(said: Said): object;
  /** What else the last object tells. */
  lastFieldsOf?(finish: FinishPart): object;
}

export interface CompletionReplyOptions {
  request: FastifyRequest;
  completions: Completions;
  completion: CompletionRequest;
  stream: boolean;
  form: ReplyForm;
  context: OllamaErrorContext;
}

export interface LoadOptions extends Pick<CompletionReplyOptions, 'request' | 'completions' | 'form'> {
  keepAliveMs: number | null;
}

/** Answers with what a model writes: line by line, or whole. */
export async function sendCompletion(
  reply: FastifyReply,
  { request, completions, completion, stream, form, context }: CompletionReplyOptions,
): Promise<FastifyReply> {
  const call = { principal: request.principal, signal: signalOf(request) };
  const { model, parts } = await beginCompletion(completions.complete(completion, call));
  nameModel(reply, model);
  if (stream) return sendLines(reply, { request, lines: toLines(parts, form), context });
  return sendJson(reply, await toWhole(parts, form));
}

/** Loads the model, or lets it go at once when it is not to be kept, and says so in one object without words. */
export async function sendLoaded(
  reply: FastifyReply,
  { request, completions, keepAliveMs, form }: LoadOptions,
): Promise<FastifyReply> {
  const call = { principal: request.principal, signal: signalOf(request) };
  await completions.load({ model: form.model, keepAliveMs }, call);
  const reason = keepAliveMs === 0 ? 'unload' : 'load';
  return sendJson(reply, { ...head(form), ...form.fieldsOf({}), done: true, done_reason: reason });
}

async function* toLines(parts: AsyncIterable<StartedPart>, form: ReplyForm): AsyncGenerator<object> {
  const citations: Citation[] = [];
  let calls = 0;
  for await (const part of parts) {
    switch (part.type) {
      case 'text-delta':
        yield { ...head(form), ...form.fieldsOf({ text: part.delta }), done: false, ...logprobFields(part.logprobs) };
        break;
      case 'thinking-delta':
        yield { ...head(form), ...form.fieldsOf({ thinking: part.delta }), done: false };
        break;
      case 'tool-call':
        yield { ...head(form), ...form.fieldsOf({ toolCalls: [{ ...part.call, index: calls++ }] }), done: false };
        break;
      case 'citations':
        citations.push(...part.citations);
        break;
      case 'finish':
        yield last({ finish: part, said: {}, citations }, form);
        break;
      default:
        part satisfies never;
    }
  }
}

async function toWhole(parts: AsyncIterable<StartedPart>, form: ReplyForm): Promise<object> {
  const texts: string[] = [];
  const thoughts: string[] = [];
  const toolCalls: NumberedCall[] = [];
  const logprobs: LogprobEntry[] = [];
  const citations: Citation[] = [];
  for await (const part of parts) {
    switch (part.type) {
      case 'text-delta':
        texts.push(part.delta);
        logprobs.push(...(part.logprobs ?? []));
        break;
      case 'thinking-delta':
        thoughts.push(part.delta);
        break;
      case 'tool-call':
        toolCalls.push({ ...part.call, index: toolCalls.length });
        break;
      case 'citations':
        citations.push(...part.citations);
        break;
      case 'finish': {
        const said = { text: texts.join(''), thinking: thoughts.join(''), toolCalls };
        return { ...last({ finish: part, said, citations }, form), ...logprobFields(logprobs) };
      }
      default:
        part satisfies never;
    }
  }
  throw new Error('a completion ended without its finish');
}

interface Last {
  finish: FinishPart;
  said: Said;
  citations: readonly Citation[];
}

function last({ finish, said, citations }: Last, form: ReplyForm): object {
  return {
    ...head(form),
    ...form.fieldsOf(said),
    done: true,
    done_reason: doneReason(finish),
    ...form.lastFieldsOf?.(finish),
    ...metricFields(finish),
    ...citationFields(citations),
  };
}

function head({ model, now }: ReplyForm): object {
  return { model, created_at: now().toISOString() };
}

/** Calls of tools as Ollama tells them: the arguments are an object. */
export function toolCallFields(calls: readonly NumberedCall[] = []): object {
  if (calls.length === 0) return {};
  return {
    tool_calls: calls.map(({ id, index, name, arguments: given }) => ({
      id,
      function: { index, name, arguments: given },
    })),
  };
}
