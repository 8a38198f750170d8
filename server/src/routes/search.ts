import { searchReplySchema, searchRequestSchema, type FoundPassage } from '@billumy/protocol';
import { permittedPassages } from '../core/auth/permitted-passages.ts';
import type { RetrievedPassage, Retrieval } from '../core/retrieval/retrieval.ts';
import { signalOf } from './http/in-flight.ts';
import type { App } from './http/route.ts';

const perDocument = 3;

/** `POST /search`: retrieval alone. */
export function searchRoutes(retrieval: Retrieval): (app: App) => void {
  return (app) => {
    app.post(
      '/search',
      {
        config: { access: { scope: 'ask' }, idempotency: false },
        schema: {
          tags: ['search'],
          summary: 'Find passages, with the scores of each leg',
          body: searchRequestSchema,
          response: { 200: searchReplySchema },
        },
      },
      async (request) => {
        const { query, collections, limit, act_as: actAs } = request.body;
        const filter = permittedPassages(request.principal, { collections, actAs });
        const { passages, degraded } = await retrieval.search(
          { queries: [query], filter, limit, perDocument },
          { signal: signalOf(request) },
        );
        return { passages: passages.map(toFoundPassage), degraded };
      },
    );
  };
}

function toFoundPassage({ passage, score, lexical, dense, coverage }: RetrievedPassage): FoundPassage {
  const { documentId, title, revision, collection, section, page, start, end, text, language } = passage;
  return {
    document: { id: documentId, title, revision },
    collection,
    section: [...section],
    page,
    start,
    end,
    text,
    language,
    score,
    lexical,
    dense,
    coverage,
  };
}
