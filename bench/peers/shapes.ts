import { type BenchRow, percentile } from '../row.ts';
import { shape135m, shape1b, type SyntheticShape } from '../synthetic-gguf.ts';
import { completeAll } from './completion-client.ts';
import { inTurns, onShape, type Peers, uniqueTexts } from './side-by-side.ts';

const clientCounts = [1, 4, 16];
/** Makes about 64 tokens: the synthetic model takes nearly every character for one. */
const promptCharacters = 64;

/** Speed and first token on the shape of SmolLM-135M. */
export async function bench135m(peers: Peers): Promise<BenchRow[]> {
  return benchShape(peers, shape135m, { maxTokens: 64, runs: 5 });
}

/** Speed and first token on the shape of Llama 3.2 1B. */
export async function bench1b(peers: Peers): Promise<BenchRow[]> {
  return benchShape(peers, shape1b, { maxTokens: 24, runs: 3 });
}

async function benchShape(
  peers: Peers,
  shape: SyntheticShape,
  { maxTokens, runs }: { maxTokens: number; runs: number },
): Promise<BenchRow[]> {
  return onShape(peers, shape, async (servers) => {
    const rows: BenchRow[] = [];
    for (const clients of clientCounts) {
      const label = `${clients} client${clients === 1 ? '' : 's'}`;
      const figures = [
        { name: label, unit: 'tokens/s', note: 'end to end; goal ≥ llama-server, at 16 ≥ 2 x Ollama' },
        { name: `${label}, first token`, unit: 'ms', note: 'median of the clients' },
      ];
      rows.push(
        ...(await inTurns(servers, { runs, figures }, async (server) => {
          const texts = uniqueTexts(clients, { characters: promptCharacters, maxTokens });
          const { tokensPerSecond, firstMs } = await completeAll(server, texts);
          return [tokensPerSecond, percentile(firstMs, 0.5)];
        })),
      );
    }
    return rows;
  });
}
