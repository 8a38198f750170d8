/** What an Ollama with one model, `tiny:latest`, says of itself. */
export const ollamaKnown = {
  '/api/version': { version: '0.33.0' },
  '/api/tags': {
    models: [{ name: 'tiny:latest', size: 1000, digest: 'a'.repeat(64), modified_at: '2026-01-01T00:00:00Z' }],
  },
  '/api/ps': { models: [] },
  '/api/show': { capabilities: ['completion', 'tools', 'thinking'], model_info: { 'llama.context_length': 4096 } },
};

/** What a server with OpenAI's API says of itself. */
export const openAiKnown = {
  '/v1/models': { object: 'list', data: [{ id: 'tiny', max_model_len: 4096, owned_by: 'vllm' }] },
};

export function ollamaText(content: string): string {
  return `${JSON.stringify({ model: 'tiny', message: { role: 'assistant', content }, done: false })}\n`;
}

export function ollamaDone(more: Record<string, unknown> = {}): string {
  const counts = { prompt_eval_count: 11, eval_count: 3, prompt_eval_duration: 2_000_000, eval_duration: 5_000_000 };
  return `${JSON.stringify({ model: 'tiny', message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop', ...counts, ...more })}\n`;
}

export function openAiEvent(choice: Record<string, unknown>, more: Record<string, unknown> = {}): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }], ...more })}\n\n`;
}

export const openAiEnd =
  openAiEvent({ delta: {}, finish_reason: 'stop' }) +
  `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 3 } })}\n\ndata: [DONE]\n\n`;
