// How good the product is at what it decides: `npm run eval -- SUBJECT`, without one that of retrieval over the samples.
import { evaluateInVitest } from './evaluate-in-vitest.ts';

const [subject = 'examples/eval', option, ...others] = process.argv.slice(2);
const defaultTables = 200;

switch (subject) {
  case 'planted': {
    const { plantedFigures } = await import('./insights/insight-figures.ts');
    console.log(await plantedFigures(Number(option ?? defaultTables)));
    break;
  }
  case 'noise': {
    const { noiseFigures } = await import('./insights/insight-figures.ts');
    console.log(await noiseFigures(Number(option ?? defaultTables)));
    break;
  }
  case 'evidence': {
    const { evaluateEvidence } = await import('./insights/evaluate-evidence.ts');
    console.log(JSON.stringify(await evaluateEvidence(Number(option ?? defaultTables))));
    break;
  }
  case 'narratives':
    process.exitCode = evaluateInVitest('narrative-evaluation', { seed: option });
    break;
  case 'questions': {
    const { questionFigures } = await import('./eval-questions.ts');
    console.log(await questionFigures(option));
    break;
  }
  case 'answers': {
    const { answerFigures } = await import('./eval-answers.ts');
    const files =
      option === undefined ? ['models/nano/heldout.json', 'models/nano/realistic.json'] : [option, ...others];
    console.log(await answerFigures(files));
    break;
  }
  default: {
    const { runEval, toTable } = await import('./eval.ts');
    const embeddingModel = option ?? process.env['EMBEDDING_MODEL'] ?? null;
    console.log(toTable(await runEval(subject, { embeddingModel })));
  }
}
