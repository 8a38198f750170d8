import { z } from 'zod';
import type { GenerateRequest, Prompt } from '../../../../ports/engine.ts';
import type { TokenUsage } from '../../../../models/language-model.ts';
import { estimateTokens } from './estimate-tokens.ts';

/** A number that a server may leave out or get wrong; it is judged before it is used. */
export const anyNumber = z.number().optional().catch(undefined);

/** Tokens that the form of a chat, its tools or pictures may add to what can be seen of a prompt. */
const unseenTokens = 16_384;

export interface ReportedUsage {
  promptTokens: number | undefined;
  cachedTokens: number | undefined;
  completionTokens: number | undefined;
}

/**
 * What was used, as the server reports it where that can be true. A token is at least one byte of text, so that nothing
 * is charged that was not sent: a count beyond that is replaced by an estimate of the prompt, or by what was received.
 */
export function credibleUsage(
  reported: ReportedUsage,
  { request, received }: { request: GenerateRequest; received: number },
): TokenUsage {
  const mostCompletion = Math.min(request.sampling.maxTokens, Number.MAX_SAFE_INTEGER);
  const promptTokens = credibleCount(reported.promptTokens, request.prompt) ?? estimateTokens(request.prompt);
  const completionTokens = countWithin(reported.completionTokens, mostCompletion) ?? received;
  const cachedTokens = countWithin(reported.cachedTokens, promptTokens) ?? 0;
  return { promptTokens, cachedTokens, completionTokens };
}

/** Milliseconds that a server says something took; 0 for what cannot be. */
export function credibleMs(milliseconds: number | undefined): number {
  const dayMs = 86_400_000;
  return milliseconds !== undefined && milliseconds >= 0 && milliseconds <= dayMs ? milliseconds : 0;
}

function countWithin(count: number | undefined, most: number): number | undefined {
  return count !== undefined && Number.isInteger(count) && count >= 0 && count <= most ? count : undefined;
}

/** The prompt is only measured for a count that needs it. */
function credibleCount(count: number | undefined, prompt: Prompt): number | undefined {
  return countWithin(count, unseenTokens) ?? countWithin(count, bytesOf(prompt) + unseenTokens);
}

function bytesOf(prompt: Prompt): number {
  return Buffer.byteLength(JSON.stringify(prompt));
}
