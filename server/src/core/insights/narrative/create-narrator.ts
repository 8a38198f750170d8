import type { Finding, Narrative } from '../../../models/insight.ts';
import { builtInTemplates, type NarrativeTemplates } from './built-in-narrative.ts';
import { checkNumbers, sumOfChecks, type NumberCheck } from './check-numbers.ts';
import type { WordingOptions } from './label-text.ts';
import type { Narrator } from './narrator.ts';
import { renderTemplate } from './render-template.ts';

export function createNarrator(): Narrator {
  return {
    tell: async (findings, { language, tables }) => {
      const told = findings.map((finding) => inBuiltInWords(finding, { language, tables }));
      return {
        narratives: told.map(({ narrative }) => narrative),
        rejected: [],
        isDegraded: false,
        sentencesDropped: 0,
        numbers: sumOfChecks(told.map(({ numbers }) => numbers)),
      };
    },
  };
}

function inBuiltInWords(finding: Finding, options: WordingOptions): { narrative: Narrative; numbers: NumberCheck } {
  const { kind, ...templates } = builtInTemplates(finding, options);
  const { headline, explanation, action } = rendered(templates, { finding, options });
  return {
    narrative: {
      headlineTemplate: templates.headline,
      explanationTemplate: templates.explanation,
      headline,
      explanation,
      action: { text: action, kind, hypothesis: true },
      origin: 'template',
    },
    numbers: sumOfChecks(
      (['headline', 'explanation', 'action'] as const).map((part) =>
        checkNumbers({ headline, explanation, action }[part], {
          template: templates[part],
          source: finding,
          ...options,
        }),
      ),
    ),
  };
}

function rendered(
  { headline, explanation, action }: NarrativeTemplates,
  { finding, options }: { finding: Finding; options: WordingOptions },
): NarrativeTemplates {
  const render = (template: string): string => renderTemplate(template, { source: finding, ...options });
  return { headline: render(headline), explanation: render(explanation), action: render(action) };
}
