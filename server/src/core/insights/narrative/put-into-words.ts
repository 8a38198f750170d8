import type { Finding, Narrative } from '../../../models/insight.ts';
import type { ModelWords } from './ask-model.ts';
import { builtInTemplates, type NarrativeTemplates } from './built-in-narrative.ts';
import { checkNumbers, sumOfChecks, type NumberCheck } from './check-numbers.ts';
import type { WordingOptions } from './label-text.ts';
import { renderTemplate } from './render-template.ts';

export interface PutIntoWords {
  narrative: Narrative;
  numbers: NumberCheck;
  /** Parts that a model wrote and that built-in sentences stand for. */
  dropped: number;
  /** How many of those had a number that no slot gave, found after they were rendered. */
  ungrounded: number;
}

type Part = keyof NarrativeTemplates;
type ToldPart = { template: string; text: string; numbers: NumberCheck; isOfModel: boolean; isUngrounded: boolean };

/** Renders the words of a model where they passed, and the built-in sentences elsewhere. */
export function putIntoWords(
  finding: Finding,
  { words, ...options }: WordingOptions & { words: ModelWords | null },
): PutIntoWords {
  const { kind, ...builtIn } = builtInTemplates(finding, { language: options.language, tables: options.tables });
  const tell = (part: Part): ToldPart => {
    const written = acceptedPart(words, part);
    const ofModel = written === null ? null : render(written, { finding, options });
    if (ofModel?.numbers.freeNumbers === 0) return { ...ofModel, isOfModel: true, isUngrounded: false };
    return { ...render(builtIn[part], { finding, options }), isOfModel: false, isUngrounded: ofModel !== null };
  };
  const [headline, explanation, action] = [tell('headline'), tell('explanation'), tell('action')];
  const parts = [headline, explanation, action];
  return {
    narrative: {
      headlineTemplate: headline.template,
      explanationTemplate: explanation.template,
      headline: headline.text,
      explanation: explanation.text,
      action: { text: action.text, kind, hypothesis: true },
      origin: parts.some(({ isOfModel }) => isOfModel) ? 'llm' : 'template',
    },
    numbers: sumOfChecks(parts.map(({ numbers }) => numbers)),
    dropped: words?.templates == null ? 0 : parts.filter(({ isOfModel }) => !isOfModel).length,
    ungrounded: parts.filter(({ isUngrounded }) => isUngrounded).length,
  };
}

function acceptedPart(words: ModelWords | null, part: Part): string | null {
  if (words === null || words.templates === null) return null;
  return words.problems.some((problem) => problem.part === part) ? null : words.templates[part];
}

function render(
  template: string,
  { finding, options }: { finding: Finding; options: WordingOptions },
): Pick<ToldPart, 'template' | 'text' | 'numbers'> {
  const { language, tables } = options;
  const text = renderTemplate(template, { source: finding, language, tables });
  return { template, text, numbers: checkNumbers(text, { template, source: finding, language, tables }) };
}
