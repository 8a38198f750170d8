import { resolve } from 'node:path';
import type { BenchRow } from '../row.ts';
import { complete } from './completion-client.ts';
import { inTurns, type Peers, sideBySide, slots } from './side-by-side.ts';

const runs = 25;

/** Answers that copy a sentence of their source, by nano, which was trained to. */
export async function benchQuoting({ llamaServer }: Peers): Promise<BenchRow[]> {
  const model = { path: resolve('models/nano/nano.gguf'), contextTokens: 2048, slots, threads: 1 };
  let question = 0;
  return sideBySide({ llamaServer, ollama: undefined }, model, (servers) => {
    const figures = [
      {
        name: 'an answer that quotes its source',
        unit: 'tokens/s',
        note: 'nano, end to end; goal ≥ 1.5 x llama-server',
      },
      { name: 'the same after its first token', unit: 'tokens/s', note: 'nano' },
    ];
    return inTurns(servers, { runs, figures }, async (server) => {
      const { tokens, firstMs, totalMs } = await complete(server, { prompt: quotingPrompt(question++), maxTokens: 64 });
      return [(tokens / totalMs) * 1000, ((tokens - 1) / (totalMs - firstMs)) * 1000];
    });
  });
}

/** In the form that nano was trained on. */
function quotingPrompt(question: number): string {
  const days = 3 + (question % 27);
  const source =
    `[1] Política de entregas ${question}\nO prazo de entrega para Manaus, contado a partir da confirmação do pagamento pela ` +
    `área financeira da empresa, é de ${days} dias úteis.`;
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
