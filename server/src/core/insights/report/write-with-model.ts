import { AppError } from '../../../errors/app-error.ts';
import { greedySampling, type ModelProfile, type TokenUsage } from '../../../models/language-model.ts';
import type { CallOptions, GeneratePart, GenerateRequest } from '../../../ports/engine.ts';
import { permittedModel } from '../../ask/permitted-model.ts';
import { callerOf } from '../../queue/caller-of.ts';
import type { InsightContext } from '../insight-request.ts';
import type { InsightPorts } from '../insight-ports.ts';
import type { WriteNarrative } from '../narrative/narrator.ts';
import type { TimeLeft } from './time-left.ts';

/** A model that phrases, within the time of the request and against the quota of whoever asks. */
export interface ModelWriter {
  write: WriteNarrative;
  readonly model: string;
  /** By now. */
  readonly tokens: TokenUsage;
  readonly milliseconds: number;
}

type WriterPorts = Pick<InsightPorts, 'engine' | 'models' | 'adapters' | 'metering'>;

/** Long enough for the sentences of every finding of a request that wants many. */
const mostTokens = 2_048;
/** What comes after the model must find time too. */
const shareOfTime = 0.9;

/**
 * null while there is no model. Rejects with `forbidden` and `model_unknown` for the model that was asked for, and with
 * `quota_exceeded`.
 */
export async function openModelWriter(
  { requested, time }: { requested: string | undefined; time: TimeLeft },
  { principal }: Pick<InsightContext, 'principal'>,
  ports: WriterPorts,
): Promise<ModelWriter | null> {
  await ports.metering.assertTokensLeft(principal);
  const profile = await permittedModel(requested, principal, ports.models);
  if (profile === null) return null;
  const adapter = await ports.adapters.over(profile);
  let tokens: TokenUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
  let milliseconds = 0;

  const write: WriteNarrative = async ({ system, user, schema }, { signal }) => {
    const startedAt = performance.now();
    const call = { signal: time.signal(shareOfTime, signal), caller: callerOf(principal, 'interactive') };
    const request = requestOf(profile, { adapter, system, user, schema });
    const written = await writeWhole(ports.engine.generate(request, call), call);
    milliseconds += performance.now() - startedAt;
    tokens = add(tokens, written.usage);
    await ports.metering.charge(principal, { model: profile.name, usage: written.usage });
    if (written.failure === null) return written.text;
    // Whoever asked has left, or only the time for models is over.
    signal.throwIfAborted();
    throw written.failure;
  };

  return {
    write,
    model: profile.name,
    get tokens() {
      return tokens;
    },
    get milliseconds() {
      return milliseconds;
    },
  };
}

function requestOf(
  { name, contextTokens }: ModelProfile,
  { adapter, system, user, schema }: Parameters<WriteNarrative>[0] & { adapter: string | undefined },
): GenerateRequest {
  const messages = [
    { role: 'system', text: system },
    { role: 'user', text: user },
  ] as const;
  const maxTokens = Math.min(mostTokens, Math.floor(contextTokens / 2));
  return {
    model: name,
    adapter,
    prompt: { type: 'chat', messages },
    sampling: { ...greedySampling, maxTokens },
    format: { type: 'json-schema', schema },
  };
}

interface Written {
  text: string;
  usage: TokenUsage;
  failure: unknown;
}

/** Also tells what a model used that failed half-way. */
async function writeWhole(parts: AsyncIterable<GeneratePart>, { signal }: CallOptions): Promise<Written> {
  let text = '';
  let usage: TokenUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };
  try {
    for await (const part of parts) {
      if (part.type === 'finish') ({ usage } = part);
      if (part.type !== 'text-delta') continue;
      text += part.delta;
      usage = { ...usage, completionTokens: usage.completionTokens + 1 };
    }
    return { text, usage, failure: null };
  } catch (error) {
    return { text, usage, failure: signal.aborted ? new AppError('timeout', { cause: error }) : error };
  }
}

function add(one: TokenUsage, other: TokenUsage): TokenUsage {
  return {
    promptTokens: one.promptTokens + other.promptTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    completionTokens: one.completionTokens + other.completionTokens,
  };
}
