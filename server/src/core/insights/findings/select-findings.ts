import type { Finding, InsightScore, InsightSubject, RejectionReason } from '../../../models/insight.ts';
import type { Candidate } from './investigation.ts';
import type { QuestionFocus } from '../questions/question-answerer.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';

export interface SelectionOptions {
  /** Of what is told as tested, the share (0..1) that may be due to chance. */
  q: number;
  maxInsights: number;
  /** What a question is about: findings about it come first. */
  focus?: QuestionFocus | undefined;
}

export interface Selection {
  /** Best first, with `q` and `confidence` in their scores. */
  findings: readonly Finding[];
  /** Large effects that chance explains (`not_significant`), and what others had told (`redundant`). */
  rejected: readonly { reason: RejectionReason; count: number }[];
}

interface Ranked {
  candidate: Candidate;
  q: number | null;
  rank: number;
  matches: number;
}

/**
 * Chooses what is told of everything that all detectors of a request looked at. Benjamini and Hochberg's correction goes over
 * every test; the rank is what it is about (square root of its share: twice as much is not twice as noteworthy), times how
 * sure, times how striking it is; what better ones have told is left out. Nothing significant is an answer. Rejects
 * with what a session rejects with.
 */
export async function selectFindings(candidates: readonly Candidate[], options: SelectionOptions): Promise<Selection> {
  const large = withQs(candidates).filter(({ candidate }) => candidate.isLarge);
  const significant = large.filter(({ q }) => q === null || q <= options.q);
  const ranked = significant
    .map(({ candidate, q }) => ({
      candidate,
      q,
      rank: rankOf(candidate),
      matches: matchesOf(candidate, options.focus),
    }))
    .toSorted((first, second) => second.matches - first.matches || second.rank - first.rank);
  const { novel, redundant } = withoutRepetitions(ranked);
  const findings: Finding[] = [];
  for (const { candidate, q } of novel.slice(0, options.maxInsights)) {
    const finding = await candidate.finding();
    findings.push({ ...finding, score: { ...finding.score, q, confidence: confidenceOf(finding, q) } });
  }
  const rejected = [
    { reason: 'not_significant' as const, count: large.length - significant.length },
    { reason: 'redundant' as const, count: redundant },
  ];
  return { findings, rejected: rejected.filter(({ count }) => count > 0) };
}

function withQs(candidates: readonly Candidate[]): { candidate: Candidate; q: number | null }[] {
  const tested = candidates.filter(({ p }) => p !== null);
  const qs = benjaminiHochberg(tested.map(({ p }) => p ?? 1));
  const qOf = new Map(tested.map((candidate, index) => [candidate, qs[index] ?? 1]));
  return candidates.map((candidate) => ({ candidate, q: qOf.get(candidate) ?? null }));
}

const rankOf = ({ impact, strength, p }: Candidate): number => Math.sqrt(impact) * strength * (1 - (p ?? 0));

/** How many things that a question named it is about. */
function matchesOf({ subject }: Candidate, focus: QuestionFocus | undefined): number {
  if (focus === undefined) return 0;
  const isAboutMeasure = subject.measure !== null && focus.measures.includes(subject.measure);
  const members = focus.members.filter((member) => isAbout(subject, member));
  const isAboutPeriod = focus.period !== null && subject.period?.current === focus.period;
  return Number(isAboutMeasure) + members.length + Number(isAboutPeriod);
}

function isAbout({ filters }: InsightSubject, { column, value }: QuestionFocus['members'][number]): boolean {
  return filters.some((filter) => filter.column === column && String(filter.value) === value);
}

function withoutRepetitions(ranked: readonly Ranked[]): { novel: Ranked[]; redundant: number } {
  const told = new Set<string>();
  const novel = ranked.filter(({ candidate: { topics, subject } }) => {
    // The same may happen in two tables.
    const names = topics.map((topic) => JSON.stringify([subject.table, topic]));
    const isNovel = names.some((name) => !told.has(name));
    for (const name of names) told.add(name);
    return isNovel;
  });
  return { novel, redundant: ranked.length - novel.length };
}

const surelyQ = 0.01;
const manyValues = 24;

function confidenceOf({ caveats, score }: Finding, q: number | null): InsightScore['confidence'] {
  const codes: readonly string[] = caveats.map(({ code }) => code);
  if (['few_values', 'heavy_tails', 'guessed_aggregation'].some((code) => codes.includes(code))) return 'low';
  return (q ?? 0) <= surelyQ && score.n >= manyValues ? 'high' : 'medium';
}
