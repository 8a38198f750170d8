import { describe, expect, it } from 'vitest';
import { createPartChecks, type PartChecksPorts } from '../../../src/core/health/part-checks.ts';
import { told } from '../../../src/errors/told.ts';
import type { PartHealth } from '../../../src/models/part-health.ts';
import type { IndexStatus } from '../../../src/ports/search-index.ts';
import type { ModelProfile } from '../../../src/models/language-model.ts';
import { shownHealth } from '../../support/shown-health.ts';

const named = (name: string): ModelProfile => ({ name }) as ModelProfile;
const nothing = async (): Promise<undefined> => undefined;

const searchStatus: IndexStatus = { documents: 0, passages: 0, revision: 0, embeddings: [], vectorsUnavailable: null };

function checks(
  change: Partial<PartChecksPorts['languageModels']> = {},
  configured = 'llama3.2:1b',
  search: Partial<IndexStatus> = {},
) {
  return createPartChecks({
    jobs: { list: async () => ({ items: [], next: null }) },
    index: { status: async () => ({ ...searchStatus, ...search }) },
    engine: {
      status: async () => ({ state: 'degraded', reason: told`It is starting.`, loaded: [], waiting: 0, queues: [] }),
    },
    languageModels: {
      forAnswers: async () => named('nano'),
      forEmbedding: nothing,
      forReranking: nothing,
      ...change,
    },
    configured: { language: configured, embedding: '/home/ana/models/e5.gguf', rerank: null },
  });
}

async function shown(check?: () => Promise<PartHealth>) {
  return check && shownHealth(await check());
}

describe('the check of a part', () => {
  it('names the model that answers meanwhile', async () => {
    expect(await shown(checks()['language_model'])).toEqual({
      status: 'degraded',
      why: 'nano answers until llama3.2:1b is on this machine.',
      awaits: 'llama3.2:1b',
    });
  });

  it.each(['nano', 'NANO', 'nano:latest'])('is content when the model of the settings answers: %s', async (name) => {
    expect(await shown(checks({}, name)['language_model'])).toEqual({ status: 'ok', why: null });
  });

  it('says what works without any model', async () => {
    const forAnswers = (): Promise<never> => Promise.reject(new Error('none'));
    expect(await shown(checks({ forAnswers })['language_model'])).toEqual({
      status: 'degraded',
      why: 'No model is on this machine: answers are quotations.',
      awaits: 'llama3.2:1b',
    });
  });

  it('shows no path of this machine', async () => {
    expect(await shown(checks()['embedding_model'])).toEqual({
      status: 'degraded',
      why: 'Search goes by words until e5.gguf is on this machine.',
      awaits: 'e5.gguf',
    });
    expect(await shown(checks()['rerank_model'])).toEqual({ status: 'ok', why: null });
  });

  it('says that there is no search by meaning, and why', async () => {
    expect(await shown(checks({}, 'nano')['search'])).toEqual({ status: 'ok', why: null });
    expect(await shown(checks({}, 'nano', { vectorsUnavailable: told`It lacks a plugin.` })['search'])).toEqual({
      status: 'degraded',
      why: 'Search goes by words. It lacks a plugin.',
    });
  });

  it('passes on what the engine says', async () => {
    expect(await shown(checks()['engine'])).toEqual({ status: 'degraded', why: 'It is starting.' });
  });
});
