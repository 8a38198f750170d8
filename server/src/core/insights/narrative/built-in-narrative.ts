import type { Finding, SuggestedAction } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';
import { builtInAction } from './actions.ts';
import type { WordingOptions } from './label-text.ts';
import { fill } from './render-template.ts';
import { englishSentences } from './sentences-en.ts';
import { portugueseSentences } from './sentences-pt.ts';
import type { SentencesByType } from './sentences.ts';
import { slotsOf } from './template.ts';

const sentences: Readonly<Record<Language, SentencesByType>> = { pt: portugueseSentences, en: englishSentences };

/** The words for a finding, all as templates. */
export interface NarrativeTemplates {
  headline: string;
  explanation: string;
  action: string;
}

/** The sentences of this program for a finding, and what kind of action it suggests. */
export function builtInTemplates(
  finding: Finding,
  options: WordingOptions,
): NarrativeTemplates & { kind: SuggestedAction['kind'] } {
  const { headlines, explanations } = sentences[options.language][finding.type];
  const action = builtInAction(finding, options);
  return {
    headline: firstFillable(headlines, { finding, options }) ?? '{{subject}}',
    explanation: firstFillable(explanations, { finding, options }) ?? '',
    action: firstFillable([action.template], { finding, options }) ?? '',
    kind: action.kind,
  };
}

function firstFillable(
  templates: readonly string[],
  { finding, options }: { finding: Finding; options: WordingOptions },
): string | undefined {
  return templates.find((template) =>
    slotsOf(template).every((slot) => fill(slot, { source: finding, ...options }) !== null),
  );
}
