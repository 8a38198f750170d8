import { fold } from '../../../retrieval/fold.ts';

// Causes, what happened, what is noteworthy: no query gives that, but insights do.
const forms = [
  /\b(?:por ?que|pq|why|how come|o que (?:causou|explica|levou|provocou|motivou)|what (?:caused|explains|drove|led))\b/,
  /\b(?:causas?|motivos?|razao|razoes|reasons?|causes?|drivers?) (?:d[aeo]s?|of|for|behind)\b/,
  /\b(?:o que|what)(?: que)? (?:mudou|aconteceu|houve|ha de|esta acontecendo|chama|se destaca|changed|happened|stands? out|is (?:going on|happening|new|unusual|noteworthy|interesting))\b/,
  /\b(?:algo|alguma coisa|anything|something) (?:de )?(?:estranho|anormal|incomum|novo|relevante|interessante|unusual|strange|odd|wrong|interesting)\b/,
  /\b(?:insights?|destaques?|anomalias?|anomaly|anomalies|tendencias?|trends?|highlights?|outliers?|resumo|resuma|summary|summari[sz]e|analise|analisar|analy[sz]e|explique|explain)\b/,
];

/** Whether a question is for insights to answer. */
export function asksWhy(question: string): boolean {
  const folded = fold(question);
  return forms.some((form) => form.test(folded));
}
