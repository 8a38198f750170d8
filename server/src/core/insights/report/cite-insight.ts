import type { Citation } from '../../../models/answer.ts';
import type { Finding, Label } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';
import type { PassageFilter } from '../../../models/passage-filter.ts';
import { gate, minimumCoverage } from '../../ask/gate.ts';
import { mergeNeighbours } from '../../ask/grounding/merge-neighbours.ts';
import { findQuotations, quote } from '../../ask/grounding/quotation.ts';
import { readSource } from '../../ask/grounding/readable-sources.ts';
import type { Retrieval } from '../../retrieval/retrieval.ts';

export interface CiteOptions {
  language: Language;
  /** What the caller may see, or the person the caller speaks for. */
  filter: PassageFilter;
  embeddingModel: string | undefined;
  signal: AbortSignal;
}

const passagesRetrieved = 6;
const mostCitations = 2;

/**
 * What documents say of what was found: passages that speak of enough of its words, each with the sentence that does.
 * Nothing is concluded from them.
 */
export async function citeInsight(
  finding: Pick<Finding, 'subject' | 'labels'>,
  retrieval: Retrieval,
  { language, filter, embeddingModel, signal }: CiteOptions,
): Promise<readonly Citation[]> {
  const words = wordsOf(finding);
  if (words === '') return [];
  const search = { queries: [words], filter, limit: passagesRetrieved, perDocument: 2 };
  const { passages } = await retrieval.search(search, { signal });
  if (gate(passages, embeddingModel).refusal !== null) return [];
  const sources = mergeNeighbours(passages).map((evidence) => readSource(evidence, language));
  const quotations = findQuotations(words, sources, language).filter(({ coverage }) => coverage >= minimumCoverage);
  return quote(quotations.slice(0, mostCitations)).citations;
}

/** Names of members that a finding is about; the others of its labels only compare. */
const telling = ['member', 'highest_member'];

/**
 * Names of what was found; numbers and periods are in no document. What members are is looked for with them, what was
 * measured only where there are none: documents explain what happened to a region, seldom to a column.
 */
function wordsOf({ subject, labels }: Pick<Finding, 'subject' | 'labels'>): string {
  const members = telling.flatMap((name) => nameIn(labels[name]));
  const filters = subject.filters.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  const named = [...filters, ...members];
  const words = named.length === 0 ? [subject.measure ?? ''] : [subject.breakdown ?? '', ...named];
  return [...new Set(words.map((name) => name.replaceAll('_', ' ').trim()))].join(' ').trim();
}

function nameIn(label: Label | undefined): string[] {
  return label?.kind === 'value' ? [label.text] : [];
}
