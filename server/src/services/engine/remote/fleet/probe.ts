import { z } from 'zod';
import { isAppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import type { EngineHttp } from '../wire/http.ts';
import { createLlamaServerEngine } from '../llama-server/llama-server-engine.ts';
import { createOllamaEngine } from '../ollama/ollama-engine.ts';
import { createOpenAiEngine } from '../openai/openai-engine.ts';
import type { RemoteServer } from '../remote-server.ts';
import { Trouble } from '../wire/trouble.ts';

const versionReply = z.object({ version: z.string() });
const modelsReply = z.object({ data: z.array(z.object({ owned_by: z.string().nullish().catch(null) })) });

/**
 * Tells what kind of engine is at an address. Rejects with `Trouble` when it cannot be reached, is still loading, does not
 * take the key, or is none of the kinds.
 */
export async function probe(http: EngineHttp, signal: AbortSignal): Promise<RemoteServer> {
  // Ollama offers OpenAI's API too: its own comes first.
  if ((await answer(http.get('/api/version', { reply: versionReply, signal }), signal)) !== undefined) {
    return createOllamaEngine(http);
  }
  const models = await answer(http.get('/v1/models', { reply: modelsReply, signal }), signal);
  if (models === undefined) {
    const detail = told`The ${http.label} is neither Ollama, nor llama-server, nor a server with OpenAI's API.`;
    throw new Trouble('engine', 'model_unavailable', { detail });
  }
  const isLlama = models.data.some(({ owned_by: owner }) => owner === 'llamacpp');
  return isLlama ? createLlamaServerEngine(http) : createOpenAiEngine(http);
}

/** undefined when the address answers, but not like that kind of engine. */
async function answer<T>(reply: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await reply;
  } catch (error) {
    const isReached = isAppError(error, 'model_incapable') || isAppError(error, 'engine_failed');
    if (!signal.aborted && isReached) return undefined;
    throw error;
  }
}
