import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BenchRow } from '../row.ts';
import { shape135m, shape1b } from '../synthetic-gguf.ts';
import { writeWidenedModel } from '../widened-model.ts';
import { complete } from './completion-client.ts';
import type { MeasuredServer, ServedModel } from './measured-server.ts';
import { inTurns, type Peers, sideBySide, slots } from './side-by-side.ts';

const nano = { path: resolve('models/nano/nano.gguf'), contextTokens: 2048, slots, threads: 1 };
/** Shapes of models that people use, and how many answers are measured: those of the larger one take seconds. */
const widened = [
  { label: '135M shape', shape: shape135m, runs: 12 },
  { label: '1B shape', shape: shape1b, runs: 6 },
];

/**
 * Answers that copy a sentence of their source, by nano, which was trained to: as it is, where a step costs hardly more
 * than what is around it, and in larger shapes.
 */
export async function benchQuoting({ llamaServer }: Peers): Promise<BenchRow[]> {
  const peers = { llamaServer, ollama: undefined };
  const answers = new Map<number, string>();
  const rows = await benchModel(peers, nano, { label: 'nano', runs: 25, answers });
  for (const { label, shape, runs } of widened) {
    const folder = await mkdtemp(join(tmpdir(), 'billumy-quoting-'));
    try {
      const path = join(folder, 'model.gguf');
      await writeWidenedModel(path, { source: nano.path, shape });
      rows.push(...(await benchModel(peers, { ...nano, path, threads: 2 }, { label, runs, answers })));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return rows;
}

interface QuotingBench {
  label: string;
  runs: number;
  /** What was answered to each question, whoever answered it first. */
  answers: Map<number, string>;
}

function benchModel(peers: Peers, model: ServedModel, { label, runs, answers }: QuotingBench): Promise<BenchRow[]> {
  return sideBySide(peers, model, (servers) => {
    const figures = [
      {
        name: `${label}: an answer that quotes its source`,
        unit: 'tokens/s',
        note: 'end to end; goal ≥ 1.5 x llama-server, on models that people use',
      },
      { name: `${label}: the same after its first token`, unit: 'tokens/s', note: '' },
      { name: `${label}: its first token`, unit: 'ms', note: '' },
    ];
    return inTurns(servers, { runs, figures }, async (server, question) => {
      const { text, tokens, firstMs, totalMs } = await complete(server, {
        prompt: quotingPrompt(question),
        maxTokens: 64,
      });
      checkEqual(answers, { question, text, server });
      return [(tokens / totalMs) * 1000, ((tokens - 1) / (totalMs - firstMs)) * 1000, firstMs];
    });
  });
}

/** Speeds of different answers cannot be compared, and a widened model that says something else was widened wrongly. */
function checkEqual(
  answers: Map<number, string>,
  { question, text, server }: { question: number; text: string; server: MeasuredServer },
): void {
  const expected = answers.get(question) ?? text;
  answers.set(question, expected);
  if (text !== expected) throw new Error(`${server.name} answers “${text}” where the first answer was “${expected}”`);
  if (!text.includes(quotedSentence(question))) throw new Error(`${server.name} does not quote: “${text}”`);
}

function quotedSentence(question: number): string {
  const days = 3 + (question % 27);
  return (
    'O prazo de entrega para Manaus, contado a partir da confirmação do pagamento pela área financeira da empresa, ' +
    `é de ${days} dias úteis.`
  );
}

/** In the form that nano was trained on. */
function quotingPrompt(question: number): string {
  const source = `[1] Política de entregas ${question}\n${quotedSentence(question)}`;
  const system =
    'Responda à pergunta usando apenas as fontes. Cite a fonte como [n]. Se as fontes não respondem, diga que não sabe.';
  const turns = [
    ['system', system],
    ['user', `${source}\n\nPergunta: Qual é o prazo de entrega para Manaus?`],
  ];
  const spoken = turns
    .map(([role, text]) => `<|start_header_id|>${role}<|end_header_id|>\n\n${text}<|eot_id|>`)
    .join('');
  return `${spoken}<|start_header_id|>assistant<|end_header_id|>\n\n`;
}
