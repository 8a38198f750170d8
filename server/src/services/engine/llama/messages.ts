import { z } from 'zod';
import { toldSchema } from '../../../errors/told-schema.ts';
import type { ModelProfile, TokenUsage, ToolCall } from '../../../models/language-model.ts';
import type { TrainingExample, TrainingRow } from '../../../models/training-example.ts';
import type { GenerateRequest, LogprobEntry, Prompt } from '../../../ports/engine.ts';

/** What the parent asks of the engine's child process. `id` names the call that the answers belong to. */
export type ParentMessage =
  | { type: 'estimate'; id: number; load: LoadOptions }
  | { type: 'load'; id: number; load: LoadOptions }
  | { type: 'unload'; id: number; model: string }
  | ({ type: 'generate'; id: number } & GenerateRequest)
  | { type: 'embed'; id: number; model: string; texts: readonly string[] }
  | { type: 'rerank'; id: number; model: string; query: string; texts: readonly string[] }
  | { type: 'count-tokens'; id: number; model: string; texts: readonly (string | Prompt)[] }
  | { type: 'tokenize'; id: number; model: string; text: string | Prompt }
  | { type: 'row'; id: number; model: string; example: TrainingExample }
  | { type: 'score'; id: number; model: string; row: TrainingRow }
  | { type: 'detokenize'; id: number; model: string; tokens: readonly number[] }
  | { type: 'abort'; id: number };

export interface LoadOptions {
  /** What other messages call it. */
  model: string;
  /** Models of one path share their weights. */
  path: string;
  /** The file of the adapter over the weights. */
  adapterPath?: string;
  kind: ModelProfile['kind'];
  contextTokens: number;
  /** Most calls that may generate at once; fewer when memory is short. */
  maxSlots: number;
  /** Bytes that the context may take. */
  memoryBytes: number;
}

/** What loading a model came to. */
export interface LoadedModel {
  slots: number;
  /** Tokens that one call may take. */
  contextTokens: number;
  /** Memory, estimated; that of the weights is shared with others of their path. */
  weightsBytes: number;
  contextBytes: number;
}

/** Memory that a model would take. */
export interface MemoryNeed {
  weightsBytes: number;
  /** To run one call at a time. */
  leastContextBytes: number;
  /** To run several. */
  comfortableContextBytes: number;
}

export interface GenerateResult {
  reason: 'stop' | 'length' | 'tool-calls';
  stoppedBy?: string | undefined;
  usage: TokenUsage;
  promptMs: number;
  generateMs: number;
  tokens?: readonly number[] | undefined;
}

/** What of an answer is told at once. */
export type ChildPart =
  | { type: 'text'; text: string; logprobs?: readonly LogprobEntry[] | undefined }
  | { type: 'thinking'; text: string }
  | { type: 'tool-call'; call: ToolCall };

/** Plain text, by far the most frequent part, is a string. */
export type WrittenPart = string | ChildPart;

const count = z.number().int().min(0);
const id = count;
const bytes = z.number().min(0);

const tokenLogprob = {
  token: z.string(),
  logprob: z.number(),
  bytes: z.array(z.number().int().min(0).max(255)).readonly(),
};

const writtenPartSchema = z.union([
  z.string(),
  z.discriminatedUnion('type', [
    z.object({
      type: z.literal('text'),
      text: z.string(),
      logprobs: z
        .array(z.object({ ...tokenLogprob, top: z.array(z.object(tokenLogprob)).readonly() }))
        .readonly()
        .optional(),
    }),
    z.object({ type: z.literal('thinking'), text: z.string() }),
    z.object({
      type: z.literal('tool-call'),
      call: z.object({ id: z.string(), name: z.string(), arguments: z.record(z.string(), z.unknown()) }),
    }),
  ]),
]);

const childMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** Sent every second: `progress` grows with each finished native operation; `idle` when there is nothing to do. */
  z.object({ type: z.literal('alive'), progress: count, idle: z.boolean() }),
  z.object({ type: z.literal('written'), parts: z.array(z.tuple([id, writtenPartSchema])) }),
  z.object({
    type: z.literal('finish'),
    id,
    result: z.object({
      reason: z.enum(['stop', 'length', 'tool-calls']),
      usage: z.object({ promptTokens: count, cachedTokens: count, completionTokens: count }),
      promptMs: z.number(),
      generateMs: z.number(),
      stoppedBy: z.string().optional(),
      tokens: z.array(count).readonly().optional(),
    }),
  }),
  z.object({
    type: z.literal('loaded'),
    id,
    loaded: z.object({ slots: count, contextTokens: count, weightsBytes: bytes, contextBytes: bytes }),
  }),
  z.object({
    type: z.literal('estimated'),
    id,
    need: z.object({ weightsBytes: bytes, leastContextBytes: bytes, comfortableContextBytes: bytes }),
  }),
  z.object({
    type: z.literal('vectors'),
    id,
    vectors: z.array(z.custom<Float32Array>((value) => value instanceof Float32Array)),
  }),
  z.object({ type: z.literal('numbers'), id, numbers: z.array(z.number()) }),
  z.object({ type: z.literal('text'), id, text: z.string() }),
  z.object({ type: z.literal('row'), id, tokens: z.array(count).readonly(), answerStart: count }),
  /** NaN where the weights give no numbers. */
  z.object({ type: z.literal('score'), id, nll: z.union([z.number(), z.nan()]) }),
  z.object({ type: z.literal('done'), id }),
  z.object({
    type: z.literal('failed'),
    id,
    code: z.enum([
      'context_too_long',
      'engine_failed',
      'invalid_format',
      'model_incapable',
      'model_unavailable',
      'model_unknown',
    ]),
    detail: toldSchema,
  }),
]);

export type ChildMessage = z.infer<typeof childMessageSchema>;

/** The child runs native code on files from elsewhere: nothing it says is believed unread. */
export function parseChildMessage(message: unknown): ChildMessage | undefined {
  return childMessageSchema.safeParse(message).data;
}
