import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BenchRow } from '../row.ts';
import { shape135m } from '../synthetic-gguf.ts';
import { writeWidenedModel } from '../widened-model.ts';
import { complete } from './completion-client.ts';
import type { MeasuredServer, ServedModel } from './measured-server.ts';
import { inTurns, type Peers, sideBySide, slots } from './side-by-side.ts';

const contextTokens = 2048;
const nano = { path: resolve('models/nano/nano.gguf'), contextTokens, slots, threads: 1 };
const runsOf = { nano: 25, widened: 12 };

/**
 * Answers that copy a sentence of their source, by nano, which was trained to: as it is, where a step costs hardly more
 * than what is around it, and in the shape of a model that people use.
 */
export async function benchQuoting({ llamaServer }: Peers): Promise<BenchRow[]> {
  const peers = { llamaServer, ollama: undefined };
  const folder = await mkdtemp(join(tmpdir(), 'billumy-quoting-'));
  try {
    const path = join(folder, 'nano-135m.gguf');
    await writeWidenedModel(path, { source: nano.path, shape: shape135m });
    const answers = new Map<number, string>();
    return [
      ...(await benchModel(peers, nano, { label: 'nano', runs: runsOf.nano, answers })),
      ...(await benchModel(
        peers,
        { ...nano, path, threads: 2 },
        { label: '135M shape', runs: runsOf.widened, answers },
      )),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
