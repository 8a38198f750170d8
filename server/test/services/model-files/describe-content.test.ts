import { describe, expect, it } from 'vitest';
import { describeContent } from '../../../src/services/model-files/describe-content.ts';
import type { GgufMetadata } from '../../../src/services/model-files/gguf-metadata.ts';

function content(metadata: Record<string, string | number>): GgufMetadata {
  return {
    metadata: new Map(Object.entries(metadata)),
    tensors: [],
    parameters: 0,
    fillsGaps: false,
    offsets: new Map(),
    entriesEnd: 0,
    metadataEnd: 0,
  };
}

describe('what a GGUF file says of itself', () => {
  it('has the sampling that its maker recommends, by the names of Ollama', () => {
    const { parameters } = describeContent(
      content({
        'general.architecture': 'llama',
        'general.sampling.temp': 0,
        'general.sampling.top_k': 20,
        'general.sampling.penalty_repeat': 1.5,
        'general.sampling.penalty_last_n': 32,
        'general.sampling.top_p': Number.NaN,
        'general.sampling.min_p': 'little',
        'general.sampling.mirostat': 2,
      }),
    );
    expect(parameters).toEqual({ temperature: 0, top_k: 20, repeat_penalty: 1.5, repeat_last_n: 32 });
  });

  it('recommends nothing where it does not say', () => {
    expect(describeContent(content({ 'general.architecture': 'llama' })).parameters).toEqual({});
  });
});
