import { describe, expect, it } from 'vitest';
import { builtInTemplates } from '../../../src/core/insights/narrative/built-in-narrative.ts';
import { lintTemplates } from '../../../src/core/insights/narrative/linter/lint-templates.ts';
import { isDirectionWord, isNumberWord } from '../../../src/core/insights/narrative/linter/forbidden-words.ts';
import { reasonOf } from '../../../src/core/insights/narrative/linter/problem.ts';
import { vocabularyFor } from '../../../src/core/insights/narrative/linter/vocabulary.ts';
import { insightTypes, type InsightType } from '../../../src/models/insight.ts';
import { sampleFinding, sampleTable } from '../../support/sample-findings.ts';

const tables = [sampleTable];
/** Rises and falls, of what should rise and of what should fall. */
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

describe('the linter', () => {
  it.each(['pt', 'en'] as const)(
    'finds numbers, directions and slots of the built-in sentences in %s in order',
    (language) => {
      const samples = insightTypes.flatMap((type) => seeds.map((seed) => sampleFinding(type, { seed })));
      const problems = samples.flatMap((finding) => {
        const templates = builtInTemplates(finding, { language, tables });
        return lintTemplates(templates, { language, tables, finding }).map((problem) => ({
          type: finding.type,
          ...problem,
        }));
      });
      // The list of words is for models.
      expect(problems.filter(({ kind }) => kind !== 'name' && kind !== 'cause')).toEqual([]);
    },
  );

  /** Reasons against an explanation of that kind, beside a headline and an action that are right. */
  function against(
    explanation: string,
    { type = 'change', language = 'pt' }: { type?: InsightType; language?: 'pt' | 'en' } = {},
  ) {
    const finding = sampleFinding(type);
    const { headline } = builtInTemplates(finding, { language, tables });
    const action = language === 'pt' ? 'Verifique os dados.' : 'Check the data.';
    const problems = lintTemplates({ headline, explanation, action }, { language, tables, finding });
    return [...new Set(problems.filter(({ part }) => part === 'explanation').map(reasonOf))];
  }

  it.each([
    ['Foram {{current}} em {{current_period}}, uma diferença de 12.', 'ungrounded_number'],
    ['O valor dobrou: {{change}}.', 'ungrounded_number'],
    ['O valor d\u00adobrou: {{change}}.', 'broken_template'],
    ['Foram {{change}}, um terço do total.', 'ungrounded_number'],
    ['Foram {{change}}, ٣ pontos.', 'ungrounded_number'],
    ['O valor cresceu {{change}}.', 'wrong_direction'],
    ['A diferença foi de {{change.size}}.', 'wrong_direction'],
    ['De {{current}} para {{previous}}.', 'wrong_direction'],
    ['O valor foi para {{previous}}, de {{current}}.', 'wrong_direction'],
    ['Em {{previous_period}} o valor foi {{current}}.', 'wrong_direction'],
    ['O valor foi {{previous}}.', 'wrong_direction'],
    ['Em {{previous_period}}, frente a {{current_period}}, foi {{change}}.', 'wrong_direction'],
    ['O valor de {{current}} {{current.direction}} {{change}}.', 'broken_template'],
    ['Em Norte foram {{change}}.', 'foreign_name'],
    ['No norte foram {{change}}.', 'foreign_name'],
    ['O valor não mudou {{change}}.', 'foreign_name'],
    ['Foram {{change}} porque o valor mudou.', 'unsupported_cause'],
    ['Foram {{change}} em www.evil.example.', 'foreign_name'],
    ['Foram **{{change}}**.', 'broken_template'],
    ['Foram <b>{{change}}</b>.', 'broken_template'],
    ['Foram {{share_pct}}.', 'broken_template'],
    ['Foram {{change|raw}}.', 'broken_template'],
    ['This is what was recorded in the data: {{change}}.', 'broken_template'],
    ['O valor mudou.', 'broken_template'],
    ['', 'broken_template'],
  ])('rejects %j', (explanation, reason) => {
    expect(against(explanation)).toContain(reason);
  });

  it('rejects facts that are told of another group, or in the role of another fact', () => {
    const wrong: [InsightType, string][] = [
      ['group_difference', 'São {{lowest}} em {{highest_member}} e {{highest}} em {{lowest_member}}.'],
      [
        'group_difference',
        '{{lowest_member}} fica {{difference_pct.size}} {{difference_pct.position}} de {{highest_member}}.',
      ],
      ['contribution', '{{member}} {{change.direction}} {{change.size}}.'],
      ['contribution', '{{member}} explica {{share_pct}} de {{subject}}.'],
      ['record_outlier', 'O limite é {{extreme}} e o extremo é {{fence}}.'],
      ['seasonality', 'O pico é em {{trough_season}} e o mínimo é em {{peak_season}}, com {{typical}} de mediana.'],
      ['majority', 'Em seguida vem {{member}}, com {{share_pct}}.'],
      ['steady_share', 'A variação do total é de {{variation_pct}}.'],
      ['steady_share', 'A participação de {{member}} é de {{whole_variation_pct}}.'],
      ['correlation', 'A correlação é de {{pairs}}, com {{rho}} pares.'],
      ['level_shift', 'A mediana foi de {{after}} para {{before}}.'],
      ['contribution', 'O total mudou {{part}}.'],
      ['concentration', 'O principal, {{member}}, concentra {{share_pct}}.'],
      ['time_outlier', 'O esperado era {{value}}.'],
      ['rate_mix', 'Dentro dos grupos são {{mix_effect}}; a participação vale {{rate_effect}}.'],
      ['trend', 'De {{first}} em {{last_period}} para {{last}} em {{first_period}}.'],
    ];
    expect(wrong.filter(([type, explanation]) => !against(explanation, { type }).includes('wrong_direction'))).toEqual(
      [],
    );
  });

  it('lets a decomposition say what explains a change', () => {
    const explanation = '{{member}} explica {{share_pct}} da {{change.noun}}.';
    expect(against(explanation, { type: 'contribution' })).toEqual([]);
    expect(against('O total explica a diferença de {{change}}.')).toEqual(['unsupported_cause']);
  });

  it('has articles, but neither numbers nor directions among the words for all kinds', () => {
    for (const language of ['pt', 'en'] as const) {
      const words = [...vocabularyFor('action', { type: 'change', language })];
      expect(words.filter((word) => isNumberWord(word) || isDirectionWord(word))).toEqual([]);
    }
    expect(against('Houve uma diferença de {{change}} em um período.')).toEqual([]);
  });
});
